"""The office's rules at work: a relay, a platform over HTTP, and a watch that is moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType

import pytest

from syndication.deliver.steps import Summary
from syndication.ledger import pauses
from syndication.ledger.approvals import approve, reject
from syndication.ledger.decide import Candidate
from syndication.ledger.errors import NotPossible
from syndication.ledger.events import Stamp
from syndication.ledger.people import retry
from syndication.ledger.queries import entries, receipts
from syndication.model import LACK, Payload, Prepared, State
from syndication.office import Office, Quiet, Terms
from tests.deliver.clients import Plain
from tests.deliver.scene import NOON, Scene
from tests.deliver.test_relay import Picky, with_picture

NIGHT = Quiet(time(21), time(6))
NO_CATEGORIES: Mapping[str, int] = MappingProxyType({})


WITHOUT = (
    "menunggu persetujuan (baru 0 dari 2 orang) tanpa gambarnya, yang tidak dapat dikirim: "
    "`siar approve 1`, atau `siar retry 1` dengan gambarnya"
)


def run(scene: Scene, terms: Terms, categories: Mapping[str, int] = NO_CATEGORIES) -> Summary:
    office = Office(channels=MappingProxyType({"kanal": terms}), categories=categories)
    return replace(scene.relay(), office=office).run()


def waits(summary: Summary) -> list[tuple[int, str]]:
    return [(each.entries, each.reason) for each in summary.waiting]


def urgent(candidate: Candidate) -> Candidate:
    return replace(candidate, priority=True)


def by(scene: Scene, actor: str) -> Stamp:
    return Stamp(scene.watch(), actor)


def test_nothing_goes_before_two_people_approved_it_and_the_rest_is_not_kept(scene: Scene) -> None:
    scene.queue(replace(scene.candidate("a"), category="Pengumuman"), scene.candidate("b"))
    two = {"pengumuman": 2}
    assert waits(run(scene, Terms(), two)) == [
        (1, "menunggu persetujuan (baru 0 dari 2 orang): `siar approve 1`")
    ]
    assert scene.in_public() == {"b": 1}
    approve(scene.ledger, 1, stamp=by(scene, "humas"))
    run(scene, Terms(), two)
    assert scene.in_public() == {"b": 1}
    reason = entries(scene.ledger)[0].reason
    assert reason == "menunggu persetujuan (baru 1 dari 2 orang): `siar approve 1`"
    approve(scene.ledger, 1, stamp=by(scene, "kepala"))
    run(scene, Terms(), two)
    assert scene.in_public() == {"a": 1, "b": 1}


def test_a_text_that_changed_after_its_approval_does_not_go(scene: Scene) -> None:
    scene.queue(scene.candidate("a"))
    approve(scene.ledger, 1, stamp=by(scene, "humas"))
    scene.queue(scene.candidate("a", text="Nilai limit diubah"))
    scene.watch.forward(minutes=1)
    run(scene, Terms(approvals=1))
    assert (scene.only().state, scene.in_public()) == (State.QUEUED, {})
    approve(scene.ledger, 1, stamp=by(scene, "humas"))
    run(scene, Terms(approvals=1))
    assert (scene.only().state, scene.in_public()) == (State.DELIVERED, {"a": 1})


class Careless(Plain):
    """Cannot have the picture, and would send the text alone."""

    def prepare(self, payload: Payload) -> Prepared:
        return Prepared(payload, {LACK: "gambar tidak terbaca"} if payload.media else {})


@pytest.mark.parametrize("kind", [Picky, Careless], ids=["turned down", "not to be had"])
def test_what_two_people_approved_with_a_picture_does_not_go_without(
    scene: Scene, kind: type[Plain]
) -> None:
    def run_with(kind: type[Plain]) -> Summary:
        office = Office(channels=MappingProxyType({"kanal": Terms(approvals=2)}))
        return replace(scene.relay({"kanal": scene.client(kind)}), office=office).run()

    scene.queue(with_picture(scene.candidate("a")))
    for actor in ("humas", "kepala"):
        approve(scene.ledger, 1, stamp=by(scene, actor))
    run_with(kind)
    assert waits(run_with(kind)) == [(1, WITHOUT)]
    assert (scene.only().plain, scene.in_public()) == (True, {})
    retry(scene.ledger, 1, stamp=by(scene, "humas"))
    assert not scene.only().plain
    run_with(kind)
    with pytest.raises(NotPossible, match="sudah berubah"):
        approve(scene.ledger, 1, seen=shown(scene), stamp=by(scene, "humas"))
    for actor in ("humas", "kepala"):
        approve(scene.ledger, 1, stamp=by(scene, actor))
    run_with(kind)
    assert scene.in_public() == {"a": 1}


def test_a_picture_that_is_there_again_goes_with_the_approvals_it_had(scene: Scene) -> None:
    scene.queue(with_picture(scene.candidate("a")))
    approve(scene.ledger, 1, stamp=by(scene, "humas"))
    office = Office(channels=MappingProxyType({"kanal": Terms(approvals=1)}))
    replace(scene.relay({"kanal": scene.client(Careless)}), office=office).run()
    assert scene.only().plain
    retry(scene.ledger, 1, stamp=by(scene, "humas"))
    replace(scene.relay(), office=office).run()
    (posted,) = receipts(scene.ledger)
    assert posted.payload_sha256 == shown(scene)


def test_what_nobody_had_to_approve_goes_without_its_picture_at_once(scene: Scene) -> None:
    scene.queue(with_picture(scene.candidate("a")))
    scene.run({"kanal": scene.client(Careless)})
    assert scene.in_public() == {"a": 1}


def shown(scene: Scene) -> str:
    """Name what the preview shows: the post with its picture."""
    payload = scene.only().payload
    assert payload
    return payload.sha256


def test_what_was_rejected_is_not_sent(scene: Scene) -> None:
    scene.queue(scene.candidate("a"), scene.candidate("b"))
    reject(scene.ledger, 1, why="belum pasti", stamp=by(scene, "humas"))
    run(scene, Terms())
    assert scene.in_public() == {"b": 1}


def test_quiet_hours_end_over_midnight_and_urgent_posts_do_not_wait(scene: Scene) -> None:
    scene.queue(scene.candidate("a"), scene.candidate("b"), urgent(scene.candidate("c")))
    scene.watch.time = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)  # 21.00 in Jakarta
    assert waits(run(scene, Terms(quiet=NIGHT))) == [(2, "jam tenang 21.00–06.00")]
    assert scene.in_public() == {"c": 1}
    scene.watch.time = datetime(2026, 11, 24, 22, 59, tzinfo=UTC)
    run(scene, Terms(quiet=NIGHT))
    assert scene.in_public() == {"c": 1}
    scene.watch.forward(minutes=1)
    run(scene, Terms(quiet=NIGHT))
    assert scene.in_public() == {"a": 1, "b": 1, "c": 1}


def test_a_daily_ceiling_begins_anew_at_the_sites_midnight(scene: Scene) -> None:
    scene.queue(*(scene.candidate(each) for each in "abcde"))
    two = Terms(daily=2)
    assert waits(run(scene, two)) == [(3, "batas 2 unggahan sehari sudah tercapai")]
    assert scene.in_public() == {"a": 1, "b": 1}
    scene.watch.time = datetime(2026, 11, 24, 16, 59, tzinfo=UTC)  # 23.59 in Jakarta
    assert waits(run(scene, two)) == [(3, "batas 2 unggahan sehari sudah tercapai")]
    scene.watch.forward(minutes=1)
    run(scene, two)
    assert scene.in_public() == dict.fromkeys("abcd", 1)


def test_a_budget_is_not_overdrawn_by_a_cent_and_is_new_next_month(scene: Scene) -> None:
    scene.queue(*(scene.candidate(each) for each in "abc"))
    terms = Terms(budget=Decimal("0.5"), price=Decimal("0.2"), price_with_link=Decimal("0.4"))
    (wait,) = waits(run(scene, terms))
    assert wait == (
        1,
        "anggaran bulan ini tidak cukup: US$0,40 dari US$0,50 terpakai, unggahan ini US$0,20",
    )
    assert scene.in_public() == {"a": 1, "b": 1}
    scene.watch.time = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)  # 1 December in Jakarta
    run(scene, terms)
    assert scene.in_public() == {"a": 1, "b": 1, "c": 1}


def test_in_a_crisis_only_what_is_urgent_and_approved_since_goes(scene: Scene) -> None:
    scene.queue(scene.candidate("a"), urgent(scene.candidate("b")), urgent(scene.candidate("c")))
    approve(scene.ledger, 3, stamp=by(scene, "humas"))
    scene.watch.forward(minutes=1)
    pauses.hold(scene.ledger, why="gempa", stamp=by(scene, "humas"))
    assert waits(run(scene, Terms())) == [(1, "gempa"), (2, "gempa")]
    assert scene.in_public() == {}
    scene.watch.forward(minutes=1)
    approve(scene.ledger, 2, stamp=by(scene, "kepala"))
    run(scene, Terms())
    assert scene.in_public() == {"b": 1}
    pauses.resume(scene.ledger, stamp=by(scene, "humas"))
    run(scene, Terms())
    assert scene.in_public() == {"a": 1, "b": 1, "c": 1}


@pytest.mark.parametrize("hours", [1, 24 * 30])
def test_an_embargo_holds_to_the_second(scene: Scene, hours: int) -> None:
    scene.queue(urgent(replace(scene.candidate("a"), due_at=NOON + timedelta(hours=hours))))
    scene.watch.time = NOON + timedelta(hours=hours) - timedelta(seconds=1)
    assert run(scene, Terms()).steps == ()
    scene.watch.forward(seconds=1)
    run(scene, Terms())
    assert scene.in_public() == {"a": 1}


def last_moment(scene: Scene, deed: Callable[[], object]) -> None:
    """Run the relay, and do something when all is prepared and only the call is left."""

    def gate(name: str) -> None:
        if name == "prepared":
            deed()

    client = Plain(scene.platform.url, scene.watch, gate=gate)
    scene.relay({"kanal": client}).run()


def test_a_rejection_wins_in_the_last_moment(scene: Scene) -> None:
    scene.queue(scene.candidate("a"))
    last_moment(scene, lambda: reject(scene.ledger, 1, why="keliru", stamp=by(scene, "humas")))
    assert (scene.only().state, scene.in_public()) == (State.REFUSED, {})


def test_a_hold_wins_in_the_last_moment_even_over_what_is_urgent(scene: Scene) -> None:
    scene.queue(urgent(scene.candidate("a")))
    approve(scene.ledger, 1, stamp=by(scene, "humas"))
    scene.watch.forward(minutes=1)
    last_moment(scene, lambda: pauses.hold(scene.ledger, why="gempa", stamp=by(scene, "humas")))
    assert (scene.only().state, scene.in_public()) == (State.QUEUED, {})
