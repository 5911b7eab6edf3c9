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
from syndication.model import CORRECTIONS, Deed, State
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
A, B = "24 November 2026: harganya keliru.", "25 November 2026: tanggalnya keliru."
CORRECTED = replace(CANDIDATE, correction=A)


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
    ("correction", "cause", "candidate", "action"),
    [
        pytest.param("", Cause.NONE, CANDIDATE, Action.NOTHING, id="unchanged"),
        pytest.param("", Cause.NONE, OTHER_TEXT, Action.NOTHING, id="a silent typo fix"),
        pytest.param("", Cause.NONE, OTHER_PAGE, Action.NOTHING, id="other page"),
        pytest.param("", Cause.NONE, WITHDRAWN, Action.NOTHING, id="withdrawn: taken back apart"),
        pytest.param("", Cause.NONE, CORRECTED, Action.CORRECT, id="corrected"),
        pytest.param(
            "", Cause.NONE, replace(WITHDRAWN, correction=A), Action.NOTHING,
            id="corrected and withdrawn",
        ),
        pytest.param(A, Cause.NONE, CORRECTED, Action.NOTHING, id="told already"),
        pytest.param(A, Cause.NONE, CANDIDATE, Action.NOTHING, id="correction taken out again"),
        pytest.param(
            A, Cause.NONE, replace(CANDIDATE, correction=B), Action.CORRECT, id="corrected anew"
        ),
        pytest.param(None, Cause.NONE, CORRECTED, Action.NOTE, id="nobody knows what was told"),
        pytest.param(None, Cause.NONE, CANDIDATE, Action.NOTE, id="the same, without a correction"),
        pytest.param("", Cause.WITHDRAWN, CORRECTED, Action.NOTHING, id="being taken back"),
        pytest.param("", Cause.REPLACED, CORRECTED, Action.NOTHING, id="being replaced"),
        pytest.param("", Cause.STANDING, CORRECTED, Action.CORRECT, id="stands for good"),
    ],
)  # fmt: skip
def test_a_post_in_public(
    correction: str | None, cause: Cause, candidate: Candidate, action: Action
) -> None:
    standing = replace(SAME, state=State.DELIVERED, cause=cause, correction=correction)
    assert decide(standing, candidate, older=False) is action


@pytest.mark.parametrize("deed", sorted(CORRECTIONS))
@pytest.mark.parametrize(
    ("state", "cause", "correction", "action"),
    [
        pytest.param(State.QUEUED, Cause.NONE, A, Action.NOTHING, id="queued, unchanged"),
        pytest.param(State.QUEUED, Cause.NONE, "", Action.CANCEL, id="queued, taken out"),
        pytest.param(State.QUEUED, Cause.NONE, B, Action.CANCEL, id="queued, back to what is told"),
        pytest.param(State.REFUSED, Cause.NONE, "", Action.CANCEL, id="refused, taken out"),
        pytest.param(State.CANCELLED, Cause.UNCORRECTED, A, Action.AGAIN, id="put in again"),
        pytest.param(State.CANCELLED, Cause.UNCORRECTED, "", Action.NOTHING, id="still out"),
        pytest.param(State.CANCELLED, Cause.UNCHOSEN, "", Action.NOTHING, id="chosen, but out"),
        pytest.param(State.IN_DOUBT, Cause.NONE, "", Action.NOTHING, id="in doubt waits"),
        pytest.param(State.SENDING, Cause.NONE, "", Action.NOTHING, id="sending waits"),
    ],
)
def test_a_correction_under_way(
    deed: Deed, state: State, cause: Cause, correction: str, action: Action
) -> None:
    standing = replace(SAME, state=state, cause=cause, deed=deed, correction=A, told=B)
    assert decide(standing, replace(CANDIDATE, correction=correction), older=False) is action


@pytest.mark.parametrize(
    ("public", "candidate", "action"),
    [
        pytest.param(True, CORRECTED, Action.AGAIN, id="the post was kept"),
        pytest.param(True, replace(WITHDRAWN, correction=A), Action.NOTHING, id="still withdrawn"),
        pytest.param(False, CORRECTED, Action.NOTHING, id="its post is gone"),
    ],
)
def test_a_correction_that_a_withdrawal_cancelled(
    candidate: Candidate, action: Action, *, public: bool
) -> None:
    standing = replace(
        SAME, state=State.CANCELLED, cause=Cause.UNCORRECTED, deed=Deed.CORRECT, public=public
    )
    assert decide(standing, candidate, older=False) is action


@pytest.mark.parametrize(
    "state",
    [State.SKIPPED, State.SENDING, State.IN_DOUBT, State.WITHDRAWN],
)
@pytest.mark.parametrize(
    "candidate",
    [
        pytest.param(CANDIDATE, id="unchanged"),
        pytest.param(OTHER_TEXT, id="other text"),
        pytest.param(OTHER_PAGE, id="other page"),
        pytest.param(WITHDRAWN, id="withdrawn"),
        pytest.param(CORRECTED, id="corrected"),
    ],
)
def test_what_is_settled_stays(state: State, candidate: Candidate) -> None:
    assert decide(replace(SAME, state=state), candidate, older=False) is Action.NOTHING
    assert settled(state, Cause.NONE)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("cause", Cause)
def test_settled_says_so_exactly_when_no_candidate_matters(state: State, cause: Cause) -> None:
    standing = replace(SAME, state=state, cause=cause)
    candidates = [CANDIDATE, OTHER_TEXT, OTHER_PAGE, WITHDRAWN, CORRECTED]
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
