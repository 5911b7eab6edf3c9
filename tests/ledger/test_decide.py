from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from syndication.ledger.decide import (
    Action,
    Candidate,
    Cause,
    Standing,
    decide,
    older_than,
    settled,
)
from syndication.model import State
from tests.ledger.samples import CANDIDATE, JAKARTA, NOW, payload

SAME = Standing(
    state=State.QUEUED,
    cause=Cause.NONE,
    title=CANDIDATE.title,
    url=CANDIDATE.url,
    source=CANDIDATE.source,
    article_digest=CANDIDATE.article_digest,
    payload_sha256=CANDIDATE.payload_sha256,
    due_at=CANDIDATE.due_at,
)
CANCELLED = replace(SAME, state=State.CANCELLED)
OTHER_TEXT = replace(CANDIDATE, payload=payload("Lelang rumah dinas diundur."))
OTHER_PAGE = replace(CANDIDATE, article_digest="b" * 64)
WITHDRAWN = replace(CANDIDATE, withdrawn=True)


@pytest.mark.parametrize(
    ("candidate", "older", "action"),
    [
        pytest.param(CANDIDATE, False, Action.QUEUE, id="new"),
        pytest.param(CANDIDATE, True, Action.SKIP, id="new but dated too early"),
        pytest.param(WITHDRAWN, False, Action.NOTHING, id="new and withdrawn at once"),
        pytest.param(WITHDRAWN, True, Action.NOTHING, id="old and withdrawn at once"),
    ],
)
def test_an_article_without_an_entry(candidate: Candidate, action: Action, *, older: bool) -> None:
    assert decide(None, candidate, older=older) is action


@pytest.mark.parametrize(
    ("standing", "candidate", "action"),
    [
        pytest.param(SAME, CANDIDATE, Action.NOTHING, id="queued, unchanged"),
        pytest.param(SAME, OTHER_TEXT, Action.REPLACE, id="queued, other text"),
        pytest.param(SAME, OTHER_PAGE, Action.REFRESH, id="queued, other page, same post"),
        pytest.param(
            SAME, replace(CANDIDATE, due_at=NOW + timedelta(days=1)), Action.REFRESH,
            id="queued, other time",
        ),
        pytest.param(
            SAME, replace(CANDIDATE, source="content/lain.md"), Action.REFRESH,
            id="queued, file moved",
        ),
        pytest.param(
            SAME, replace(CANDIDATE, category="Lelang"), Action.REFRESH, id="queued, other category"
        ),
        pytest.param(
            SAME, replace(CANDIDATE, priority=True), Action.REFRESH, id="queued, now urgent"
        ),
        pytest.param(SAME, WITHDRAWN, Action.CANCEL, id="queued, withdrawn"),
        pytest.param(
            SAME, replace(CANDIDATE, by_hand=True), Action.REPLACE, id="queued, now by hand"
        ),
        pytest.param(
            replace(SAME, state=State.BY_HAND), replace(CANDIDATE, by_hand=True), Action.NOTHING,
            id="by hand, unchanged",
        ),
        pytest.param(
            replace(SAME, state=State.BY_HAND), replace(OTHER_TEXT, by_hand=True), Action.REPLACE,
            id="by hand, other text",
        ),
        pytest.param(
            replace(SAME, state=State.BY_HAND), replace(WITHDRAWN, by_hand=True), Action.CANCEL,
            id="by hand, withdrawn",
        ),
        pytest.param(
            replace(CANCELLED, cause=Cause.VANISHED), CANDIDATE, Action.AGAIN, id="came back"
        ),
        pytest.param(
            replace(CANCELLED, cause=Cause.VANISHED), WITHDRAWN, Action.NOTHING,
            id="came back withdrawn",
        ),
        pytest.param(
            replace(CANCELLED, cause=Cause.UNCHOSEN), CANDIDATE, Action.AGAIN, id="chosen again"
        ),
        pytest.param(
            replace(CANCELLED, cause=Cause.WITHDRAWN), CANDIDATE, Action.NOTHING,
            id="withdrawn before it went, even if the notice is gone",
        ),
    ],
)  # fmt: skip
def test_an_entry_that_waits_or_was_cancelled(
    standing: Standing, candidate: Candidate, action: Action
) -> None:
    assert decide(standing, candidate, older=False) is action


@pytest.mark.parametrize(
    ("state", "candidate", "action"),
    [
        pytest.param(State.REFUSED, CANDIDATE, Action.NOTHING, id="refused, unchanged"),
        pytest.param(State.REFUSED, OTHER_TEXT, Action.AGAIN, id="refused, other text"),
        pytest.param(State.REFUSED, OTHER_PAGE, Action.NOTHING, id="refused, same post"),
        pytest.param(State.REFUSED, WITHDRAWN, Action.CANCEL, id="refused, withdrawn"),
        pytest.param(State.GIVEN_UP, CANDIDATE, Action.NOTHING, id="given up, unchanged"),
        pytest.param(State.GIVEN_UP, OTHER_TEXT, Action.AGAIN, id="given up, other text"),
        pytest.param(State.GIVEN_UP, OTHER_PAGE, Action.AGAIN, id="given up, other page"),
        pytest.param(State.GIVEN_UP, WITHDRAWN, Action.CANCEL, id="given up, withdrawn"),
    ],
)
def test_an_entry_that_failed(state: State, candidate: Candidate, action: Action) -> None:
    assert decide(replace(SAME, state=state), candidate, older=False) is action


@pytest.mark.parametrize(
    "state",
    [State.SKIPPED, State.SENDING, State.IN_DOUBT, State.DELIVERED, State.WITHDRAWN],
)
@pytest.mark.parametrize(
    "candidate",
    [
        pytest.param(CANDIDATE, id="unchanged"),
        pytest.param(OTHER_TEXT, id="other text"),
        pytest.param(OTHER_PAGE, id="other page"),
        pytest.param(WITHDRAWN, id="withdrawn"),
    ],
)
def test_what_is_settled_stays(state: State, candidate: Candidate) -> None:
    assert decide(replace(SAME, state=state), candidate, older=False) is Action.NOTHING
    assert settled(state, Cause.NONE)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("cause", Cause)
def test_settled_says_so_exactly_when_no_candidate_matters(state: State, cause: Cause) -> None:
    standing = replace(SAME, state=state, cause=cause)
    candidates = [CANDIDATE, OTHER_TEXT, OTHER_PAGE, WITHDRAWN]
    actions = {decide(standing, each, older=False) for each in candidates}
    assert settled(state, cause) == (actions == {Action.NOTHING})


@pytest.mark.parametrize(
    ("moment", "older"),
    [
        pytest.param(datetime(2026, 10, 31, 16, 59, tzinfo=UTC), True, id="23:59 the day before"),
        pytest.param(datetime(2026, 10, 31, 17, 0, tzinfo=UTC), False, id="midnight in Jakarta"),
    ],
)
def test_a_day_begins_in_the_zone_of_the_site(moment: datetime, *, older: bool) -> None:
    since = date(2026, 11, 1)
    assert older_than(replace(CANDIDATE, date=moment), since, JAKARTA) is older
