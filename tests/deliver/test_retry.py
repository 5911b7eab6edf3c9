from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from syndication.deliver.retry import REASON_CHARACTERS, Policy, after, doubt, not_live, repeated
from syndication.ledger.progress import Outcome, Rest
from syndication.model import Entry, State
from syndication.platforms.protocol import (
    Barred,
    Deferred,
    Failure,
    InDoubt,
    PictureRefused,
    Refused,
)
from tests.deliver.scene import NOON

POLICY = Policy()
FRESH = Entry(
    id=1,
    key="k",
    article_id="a",
    channel="kanal",
    revision=1,
    state=State.QUEUED,
    reason="",
    title="",
    lang="id",
    url="",
    article_digest="",
    payload=None,
    due_at=NOON,
    queued_at=NOON,
    attempts=0,
)


def tried(times: int, *, hours: float = 0) -> Entry:
    return replace(FRESH, deferrals=times, waiting_since=NOON - timedelta(hours=hours))


def again(**later: float) -> Outcome:
    return Outcome(State.QUEUED, "gagal", next_at=NOON + timedelta(**later), channel_failed=True)


def limited(**later: float) -> Outcome:
    until = NOON + timedelta(**later)
    return Outcome(State.QUEUED, "gagal", next_at=until, rest=Rest(until, "gagal"))


def wait(**pause: float) -> Deferred:
    return Deferred("gagal", retry_after=timedelta(**pause))


@pytest.mark.parametrize(
    ("failure", "entry", "outcome"),
    [
        pytest.param(Deferred("gagal"), FRESH, again(minutes=1), id="first time"),
        pytest.param(
            PictureRefused("gagal"),
            FRESH,
            Outcome(State.QUEUED, "gagal", next_at=NOON, plain=True),
            id="without its picture at once",
        ),
        pytest.param(
            PictureRefused("gagal"),
            replace(FRESH, plain=True),
            again(minutes=1),
            id="not for its picture, which did not go along",
        ),
        pytest.param(Deferred("gagal"), tried(1), again(minutes=2), id="second time"),
        pytest.param(Deferred("gagal"), tried(5), again(minutes=32), id="sixth time"),
        pytest.param(Deferred("gagal"), tried(6), again(hours=1), id="never longer than an hour"),
        pytest.param(Deferred("gagal"), tried(5000), again(hours=1), id="however often"),
        pytest.param(
            Deferred("gagal"), tried(8, hours=71), again(hours=1), id="the patience is not over"
        ),
        pytest.param(
            Deferred("gagal"), tried(7, hours=720), again(hours=1),
            id="a month off is no month of trying",
        ),
        pytest.param(
            Deferred("gagal"), tried(8, hours=72),
            Outcome(State.GIVEN_UP, "dihentikan setelah 9 percobaan: gagal", channel_failed=True),
            id="given up",
        ),
        pytest.param(wait(minutes=15), FRESH, limited(minutes=15), id="as long as it said"),
        pytest.param(wait(seconds=0), FRESH, limited(minutes=1), id="said now: a minute"),
        pytest.param(wait(seconds=-9), FRESH, limited(minutes=1), id="said before now: a minute"),
        pytest.param(wait(days=3650), FRESH, limited(days=1), id="said ten years: a day"),
        pytest.param(
            wait(minutes=15), tried(8, hours=72),
            Outcome(State.GIVEN_UP, "dihentikan setelah 9 percobaan: gagal"),
            id="limited for three days",
        ),
        pytest.param(Refused("gagal"), FRESH, Outcome(State.REFUSED, "gagal"), id="refused"),
        pytest.param(
            Barred("gagal"), tried(900, hours=900),
            Outcome(State.QUEUED, "gagal", rest=Rest(NOON + timedelta(hours=1), "gagal")),
            id="barred: the entry is not to blame",
        ),
        pytest.param(
            InDoubt("gagal"), tried(900, hours=900),
            Outcome(State.IN_DOUBT, "gagal", next_at=NOON + timedelta(minutes=1)),
            id="in doubt: never given up",
        ),
        pytest.param(
            Failure("gagal"), FRESH,
            Outcome(
                State.IN_DOUBT, "kegagalan yang tidak dikenal: gagal",
                next_at=NOON + timedelta(minutes=1),
            ),
            id="a fifth kind is a doubt",
        ),
    ],
)  # fmt: skip
def test_what_follows_from_a_failure(failure: Failure, entry: Entry, outcome: Outcome) -> None:
    assert after(failure, entry, NOON, POLICY) == outcome


@pytest.mark.parametrize(
    ("entry", "wait"),
    [
        pytest.param(FRESH, {"seconds": 5}, id="a build wakes before it is deployed"),
        pytest.param(tried(1), {"seconds": 10}, id="second look"),
        pytest.param(tried(3), {"seconds": 40}, id="fourth look"),
        pytest.param(tried(9), {"seconds": 2560}, id="tenth look"),
        pytest.param(tried(10), {"hours": 1}, id="never longer than an hour"),
        pytest.param(tried(5000), {"hours": 1}, id="however often"),
        pytest.param(tried(7, hours=720), {"seconds": 640}, id="a month off is no month of looks"),
    ],
)
def test_a_page_that_is_not_live_is_looked_at_again_soon_at_first(
    entry: Entry, wait: dict[str, float]
) -> None:
    expected = Outcome(State.QUEUED, "belum tayang", next_at=NOON + timedelta(**wait))
    assert not_live("belum tayang", entry, NOON, POLICY) == expected


def test_a_page_that_is_not_live_for_days_is_given_up() -> None:
    outcome = not_live("belum tayang", tried(8, hours=72), NOON, POLICY)
    reason = "dihentikan setelah 9 percobaan: belum tayang"
    assert outcome == Outcome(State.GIVEN_UP, reason)


@pytest.mark.parametrize(
    ("failure", "entry", "outcome"),
    [
        pytest.param(Refused("gagal"), FRESH, Outcome(State.REFUSED, "gagal"), id="refused"),
        pytest.param(
            Deferred("gagal"), tried(2),
            Outcome(State.QUEUED, "gagal", next_at=NOON + timedelta(minutes=4)), id="later",
        ),
        pytest.param(
            wait(minutes=15), FRESH,
            Outcome(State.QUEUED, "gagal", next_at=NOON + timedelta(minutes=15)),
            id="as long as it said",
        ),
        pytest.param(
            Barred("gagal"), tried(1),
            Outcome(State.QUEUED, "gagal", next_at=NOON + timedelta(minutes=2)),
            id="barred: the channel need not rest for it",
        ),
        pytest.param(
            InDoubt("gagal"), tried(3),
            Outcome(State.QUEUED, "gagal", next_at=NOON + timedelta(minutes=8)),
            id="a doubt is no more than a delay",
        ),
        pytest.param(
            Deferred("gagal"), tried(8, hours=72),
            Outcome(State.GIVEN_UP, "dihentikan setelah 9 percobaan: gagal", channel_failed=True),
            id="given up",
        ),
    ],
)  # fmt: skip
def test_what_does_no_harm_twice_is_made_again(
    failure: Failure, entry: Entry, outcome: Outcome
) -> None:
    assert repeated(failure, entry, NOON, POLICY) == outcome


@pytest.mark.parametrize(
    ("minutes", "wait_minutes"),
    [
        pytest.param(0, 1, id="at once"),
        pytest.param(7, 7, id="as long again"),
        pytest.param(600, 600, id="without an end"),
    ],
)
def test_a_doubt_is_looked_into_after_as_long_as_it_has_lasted(
    minutes: float, wait_minutes: float
) -> None:
    began = NOON - timedelta(minutes=minutes)
    assert doubt("r", began, NOON, POLICY).next_at == NOON + timedelta(minutes=wait_minutes)


def test_a_platform_s_words_are_cut() -> None:
    outcome = after(Refused("x" * 9000), FRESH, NOON, POLICY)
    assert outcome.reason == "x" * REASON_CHARACTERS
