"""May this entry go now? The office's rules, as tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from decimal import Decimal
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest

from syndication.model import Entry, Payload, State
from syndication.office import Facts, Obstacle, Office, Quiet, Terms, dollars

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
"""Noon in Jakarta."""
LATE = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
"""Half past nine in the evening there."""

LINK = "https://kpknl.example/lelang/"
ENTRY = Entry(
    id=7, key="k" * 64, article_id="lelang", channel="x", revision=1, state=State.QUEUED,
    reason="", title="Lelang", lang="id", url=LINK, article_digest="d" * 64,
    payload=Payload("x", f"Lelang dibuka. {LINK}", LINK, {}), due_at=NOON, queued_at=NOON,
    attempts=0, category="Lelang",
)  # fmt: skip
URGENT = replace(ENTRY, priority=True)
NIGHT = Quiet(time(21), time(6))
PAID = Terms(budget=Decimal(20), price=Decimal("0.015"), price_with_link=Decimal("0.2"))
SHORT = "anggaran bulan ini tidak cukup: US$19,85 dari US$20,00 terpakai, unggahan ini US$0,20"
ASKED = "menunggu persetujuan: `siar approve 7`"


def office(terms: Terms, **categories: int) -> Office:
    return Office(channels=MappingProxyType({"x": terms}), categories=MappingProxyType(categories))


@pytest.mark.parametrize(
    ("terms", "facts", "entry", "now", "reason"),
    [
        pytest.param(Terms(), Facts(), ENTRY, NOON, "", id="no rules"),
        pytest.param(Terms(), Facts(held="gempa"), ENTRY, NOON, "gempa", id="held"),
        pytest.param(Terms(), Facts(held="gempa"), URGENT, NOON, "gempa", id="urgent, but held"),
        pytest.param(Terms(approvals=1), Facts(), ENTRY, NOON, ASKED, id="unapproved"),
        pytest.param(Terms(approvals=1), Facts(), URGENT, NOON, ASKED, id="urgent, unapproved"),
        pytest.param(Terms(approvals=1), Facts({"a"}), ENTRY, NOON, "", id="approved"),
        pytest.param(
            Terms(approvals=2), Facts({"a"}), ENTRY, NOON,
            "menunggu persetujuan (baru 1 dari 2 orang): `siar approve 7`", id="one of two",
        ),
        pytest.param(Terms(approvals=2), Facts({"a", "b"}), ENTRY, NOON, "", id="both"),
        pytest.param(Terms(quiet=NIGHT), Facts(), ENTRY, NOON, "", id="by day"),
        pytest.param(
            Terms(quiet=NIGHT), Facts(), ENTRY, LATE, "jam tenang 21.00–06.00", id="by night"
        ),
        pytest.param(Terms(quiet=NIGHT), Facts(), URGENT, LATE, "", id="urgent, by night"),
        pytest.param(Terms(daily=3), Facts(sent_today=2), ENTRY, NOON, "", id="third of the day"),
        pytest.param(
            Terms(daily=3), Facts(sent_today=3), URGENT, NOON,
            "batas 3 unggahan sehari sudah tercapai", id="fourth of the day",
        ),
        pytest.param(PAID, Facts(spent=Decimal("19.8")), ENTRY, NOON, "", id="the last dollar"),
        pytest.param(PAID, Facts(spent=Decimal("19.85")), ENTRY, NOON, SHORT, id="over budget"),
        pytest.param(
            replace(PAID, budget=Decimal(0)), Facts(), URGENT, NOON,
            "anggaran bulan ini tidak cukup: US$0,00 dari US$0,00 terpakai, unggahan ini US$0,20",
            id="no budget at all",
        ),
        pytest.param(
            replace(PAID, approvals=1, quiet=NIGHT), Facts(), ENTRY, LATE, ASKED,
            id="what a person can do is said first",
        ),
    ],
)  # fmt: skip
def test_an_entry_goes_or_waits_with_a_reason(
    terms: Terms, facts: Facts, entry: Entry, now: datetime, reason: str
) -> None:
    obstacle = office(terms).obstacle(entry, facts, now)
    assert (obstacle.reason if obstacle else "") == reason


@pytest.mark.parametrize(
    ("terms", "facts", "entry", "alone"),
    [
        pytest.param(Terms(approvals=1), Facts(), ENTRY, True, id="approval"),
        pytest.param(Terms(), Facts(held="gempa"), ENTRY, False, id="hold"),
        pytest.param(Terms(), Facts(held="gempa"), URGENT, True, id="hold, urgent"),
        pytest.param(Terms(daily=1), Facts(sent_today=1), ENTRY, False, id="ceiling"),
        pytest.param(PAID, Facts(spent=Decimal(20)), ENTRY, False, id="budget"),
    ],
)
def test_it_waits_alone_or_all_behind_it_wait(
    terms: Terms, facts: Facts, entry: Entry, *, alone: bool
) -> None:
    obstacle = office(terms).obstacle(entry, facts, NOON)
    assert obstacle == Obstacle(obstacle.reason if obstacle else "", alone=alone)


@pytest.mark.parametrize(
    ("channel", "category", "said", "needed"),
    [
        pytest.param(0, {}, "Lelang", 0, id="none"),
        pytest.param(1, {}, "Lelang", 1, id="channel"),
        pytest.param(0, {"lelang": 2}, " LELANG", 2, id="category, however it is written"),
        pytest.param(1, {"lelang": 2}, "Lelang", 2, id="the stricter one: category"),
        pytest.param(2, {"lelang": 1}, "Lelang", 2, id="the stricter one: channel"),
        pytest.param(0, {"lelang": 2}, "", 0, id="no category"),
    ],
)
def test_the_stricter_of_channel_and_category_counts(
    channel: int, category: dict[str, int], said: str, needed: int
) -> None:
    assert office(Terms(approvals=channel), **category).approvals("x", said) == needed


@pytest.mark.parametrize(
    ("quiet", "moment", "covered"),
    [
        pytest.param(NIGHT, time(20, 59), False, id="before"),
        pytest.param(NIGHT, time(21), True, id="first minute"),
        pytest.param(NIGHT, time(0), True, id="midnight"),
        pytest.param(NIGHT, time(5, 59, 59), True, id="last second"),
        pytest.param(NIGHT, time(6), False, id="over"),
        pytest.param(Quiet(time(12), time(13)), time(12, 30), True, id="at noon"),
        pytest.param(Quiet(time(12), time(13)), time(13), False, id="noon is over"),
        pytest.param(Quiet(time(12), time(13)), time(0), False, id="noon is not midnight"),
    ],
)
def test_quiet_hours_may_go_over_midnight(quiet: Quiet, moment: time, *, covered: bool) -> None:
    assert quiet.covers(moment) is covered


@pytest.mark.parametrize(
    ("zone", "day", "month"),
    [
        pytest.param("Asia/Jakarta", "2026-12-01T00:00+07:00", "2026-12-01T00:00+07:00", id="WIB"),
        pytest.param("Asia/Jayapura", "2026-12-01T00:00+09:00", "2026-12-01T00:00+09:00", id="WIT"),
        pytest.param("UTC", "2026-11-30T00:00+00:00", "2026-11-01T00:00+00:00", id="UTC"),
    ],
)
def test_days_and_months_begin_in_the_sites_zone(zone: str, day: str, month: str) -> None:
    here = Office(zone=ZoneInfo(zone))
    now = datetime(2026, 11, 30, 17, 30, tzinfo=UTC)
    assert here.day(now) == datetime.fromisoformat(day)
    assert here.month(now) == datetime.fromisoformat(month)


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        pytest.param(f"Lelang. {LINK}", "0.2", id="with its link"),
        pytest.param("Lelang.", "0.015", id="without"),
    ],
)
def test_a_link_has_its_price(text: str, cost: str) -> None:
    assert PAID.cost(Payload("x", text, LINK, {})) == Decimal(cost)


@pytest.mark.parametrize(
    ("amount", "written"),
    [("0.015", "US$0,015"), ("0.2", "US$0,20"), ("20", "US$20,00"), ("1234.5", "US$1234,50")],
)
def test_money_is_written_as_readers_expect_it(amount: str, written: str) -> None:
    assert dollars(Decimal(amount)) == written
