"""Whatever a platform answers, reading it raises nothing and names one of the four."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndication.platforms.answers import Answer, Judge, Said, judge, plain
from syndication.platforms.facebook import reading as facebook
from syndication.platforms.protocol import Barred, Deferred, InDoubt, Refused, Secret
from syndication.platforms.secrecy import Blotter
from syndication.platforms.x import reading as x
from tests.platforms.samples import NOW

WORDS = st.sampled_from(
    [
        "data",
        "id",
        "errors",
        "error",
        "code",
        "error_subcode",
        "message",
        "entities",
        "urls",
        "detail",
        "type",
        "text",
        "deleted",
        "attachments",
        "url",
        "expanded_url",
        "is_transient",
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=6),
    max_leaves=30,
)
HEADERS = st.dictionaries(
    st.sampled_from(
        ["retry-after", "x-rate-limit-reset", "x-user-limit-24hour-remaining", facebook.USAGE]
    ),
    st.text(max_size=9) | st.integers().map(str) | JSON.map(json.dumps),
)
ANSWERS = st.builds(
    Answer, st.integers(100, 599), HEADERS, JSON.map(json.dumps) | st.text(max_size=20)
)
FOUR = (Refused, Barred, Deferred, InDoubt)


@given(ANSWERS)
def test_any_answer_of_x_is_read(answer: Answer) -> None:
    failure = judge("X", "syndication.platforms.x").failure(
        x.said(answer), retry_after=x.retry_after(answer, NOW)
    )
    assert isinstance(failure, FOUR)
    assert isinstance(x.created(answer), str)
    assert isinstance(x.deleted(answer), bool)
    assert all(text == plain(text) for _, text in x.timeline(answer))


@given(ANSWERS)
def test_any_answer_of_facebook_is_read(answer: Answer) -> None:
    failure = judge("Facebook", "syndication.platforms.facebook").failure(
        facebook.said(answer), retry_after=facebook.retry_after(answer, NOW)
    )
    assert isinstance(failure, FOUR)
    assert isinstance(facebook.created(answer), str)
    assert facebook.succeeded(answer) in (True, False)
    assert all(text == plain(text) for _, text, _ in facebook.posts(answer))


@given(st.integers(100, 599).filter(lambda status: status // 100 != 4))
def test_only_a_4xx_says_surely_not(status: int) -> None:
    assert type(Judge("P", ()).failure(Said(status, words="No."))) is InDoubt


@pytest.mark.parametrize("status", [400, 413, 415, 422])
def test_a_refusal_needs_the_platforms_own_words(status: int) -> None:
    assert type(Judge("P", ()).failure(Said(status, words="Too long."))) is Refused
    assert type(Judge("P", ()).failure(Said(status))) is InDoubt


@pytest.mark.parametrize(
    "text",
    ["a/b+c", "a%2Fb%2Bc", 'in "a/b+c"', "a/b+ca/b+c"],
    ids=["plain", "in an address", "quoted", "twice"],
)
def test_a_secret_is_blotted_out(text: str) -> None:
    hidden = Blotter([Secret("a/b+c"), Secret("a/b"), Secret("")])(text)
    assert "…" in hidden
    assert "b" not in hidden
