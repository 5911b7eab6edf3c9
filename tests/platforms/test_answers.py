"""Whatever a platform answers, reading it raises nothing and names one of the four."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndication.model import Channel, Figures, Receipt
from syndication.platforms import container_reading, containers, meta
from syndication.platforms.answers import Answer, Judge, Said, judge, plain
from syndication.platforms.bluesky import reading as bluesky
from syndication.platforms.bluesky.record import card
from syndication.platforms.container_account import Account
from syndication.platforms.facebook import reading as facebook
from syndication.platforms.instagram import comments
from syndication.platforms.mastodon import reading as mastodon
from syndication.platforms.mastodon.limits import limits
from syndication.platforms.protocol import Barred, Deferred, Health, InDoubt, Refused, Secret
from syndication.platforms.secrecy import Blotter
from syndication.platforms.telegram import probing as bot
from syndication.platforms.telegram import reading as telegram
from syndication.platforms.threads import replies
from syndication.platforms.threads.profile import HOST, THREADS
from syndication.platforms.x import reading as x
from syndication.platforms.x import trouble
from tests.platforms.samples import NOW, clock

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
        "ok",
        "result",
        "message_id",
        "chat",
        "username",
        "status",
        "status_code",
        "caption",
        "timestamp",
        "permalink",
        "config",
        "quota_usage",
        "quota_duration",
        "paging",
        "cursors",
        "next",
        "after",
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=6),
    max_leaves=30,
)
HEADERS = st.dictionaries(
    st.sampled_from(
        ["retry-after", "x-rate-limit-reset", "x-user-limit-24hour-remaining", meta.USAGE]
    ),
    st.text(max_size=9) | st.integers().map(str) | JSON.map(json.dumps),
)
ANSWERS = st.builds(
    Answer, st.integers(100, 599), HEADERS, JSON.map(json.dumps) | st.text(max_size=20)
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {"id": st.just("1") | JSON, "timestamp": st.just("2026-11-24T03:00:00+0000") | JSON},
        optional=dict.fromkeys(
            (
                "text",
                "username",
                "from",
                "user",
                "replies",
                "replied_to",
                "permalink",
                "name",
                "values",
                "total_value",
            ),
            JSON,
        ),
    ),
    max_size=3,
)
LISTS = ANSWERS | st.builds(lambda rows: Answer(200, {}, json.dumps({"data": rows})), ROWS)
SLOWLY = settings(deadline=None)
"""How long a busy machine takes shows nothing."""

FOUR = (Refused, Barred, Deferred, InDoubt)


@SLOWLY
@given(ANSWERS)
def test_any_answer_of_x_is_read(answer: Answer) -> None:
    failure = judge("X", "syndication.platforms.x").failure(
        trouble.said(answer), retry_after=trouble.retry_after(answer, NOW)
    )
    assert isinstance(failure, FOUR)
    assert isinstance(x.created(answer), str)
    assert isinstance(x.deleted(answer), bool)
    assert all(post.text == plain(post.text) for post in x.timeline(answer))


@SLOWLY
@given(ANSWERS)
def test_any_answer_of_facebook_is_read(answer: Answer) -> None:
    assert isinstance(facebook.created(answer), str)
    assert all(post.text == plain(post.text) for post in facebook.posts(answer))


@pytest.mark.parametrize("name", ["facebook", "instagram", "threads"])
@SLOWLY
@given(answer=ANSWERS)
def test_any_answer_of_meta_is_read(name: str, answer: Answer) -> None:
    failure = judge(name, f"syndication.platforms.{name}").failure(
        meta.said(answer), retry_after=meta.retry_after(answer, NOW)
    )
    assert isinstance(failure, FOUR)
    assert isinstance(meta.created(answer), str)
    assert isinstance(meta.next_page(answer), str)
    assert meta.succeeded(answer) in (True, False)


@SLOWLY
@given(ANSWERS)
def test_any_answer_about_a_container_is_read(answer: Answer) -> None:
    for field in ("status", "status_code"):
        state, last = containers.settled(lambda: answer, field, 0)
        assert isinstance(state, str)
        assert last is answer
        assert container_reading.said_of_container(answer, field).words
    allowed = containers.quota(answer)
    assert allowed is None or isinstance(allowed.spent, bool)


@SLOWLY
@given(LISTS)
def test_any_answer_of_instagram_and_threads_is_read(answer: Answer) -> None:
    for words in ("caption", "text"):
        shown = container_reading.posts(answer, words)
        assert all(post.text == plain(post.text) for post in shown)
    assert isinstance(container_reading.health(answer, answer, NOW, "x"), Health)
    assert isinstance(container_reading.figures(answer, {"views": ("views",)}), Figures)


class Deaf(Account):
    """An account that hears the same answer to whatever it asks."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(
            Channel("t", "threads", "id", options={"user_id": "1"}), THREADS, HOST, clock
        )
        self.answer = answer

    def get(self, place: str, **query: str) -> Answer:
        del place, query
        return self.answer

    def post(self, place: str, body: object) -> Answer:
        del place, body
        return self.answer

    def delete(self, place: str) -> Answer:
        del place
        return self.answer


@SLOWLY
@given(LISTS)
def test_any_answer_about_what_people_say_is_read(answer: Answer) -> None:
    receipt = Receipt("1", "https://www.instagram.com/p/D1/", NOW)
    for said_below in (comments.said_below, replies.said_below):
        with suppress(*FOUR):
            assert all(each.post_id == "1" for each in said_below(receipt, Deaf(answer)))


@SLOWLY
@given(ANSWERS)
def test_any_answer_of_telegram_is_read(answer: Answer) -> None:
    failure = judge("Telegram", "syndication.platforms.telegram").failure(
        telegram.said(answer), retry_after=telegram.retry_after(answer, NOW)
    )
    assert isinstance(failure, FOUR)
    assert isinstance(telegram.username(telegram.message(answer)), str)
    assert telegram.done(answer) in (True, False)
    assert isinstance(bot.health(answer, [answer, answer], NOW), Health)


@given(ANSWERS)
def test_any_answer_of_mastodon_is_read(answer: Answer) -> None:
    failure = judge("Mastodon", "syndication.platforms.mastodon").failure(
        mastodon.said(answer), retry_after=mastodon.retry_after(answer, NOW)
    )
    assert isinstance(failure, FOUR)
    assert isinstance(mastodon.object_id(answer), str)
    assert all(post.text == plain(post.text) for post in mastodon.statuses(answer))
    assert limits(answer.data).characters > 0


@given(ANSWERS)
def test_any_answer_of_bluesky_is_read(answer: Answer) -> None:
    failure = judge("Bluesky", "syndication.platforms.bluesky").failure(
        bluesky.said(answer), retry_after=bluesky.retry_after(answer, NOW)
    )
    assert isinstance(failure, FOUR)
    assert not bluesky.written(answer, "at://did:plc:a/app.bsky.feed.post/3k")
    assert all(isinstance(card(post.value), dict) for post in bluesky.listed(answer))
    assert isinstance(bluesky.cursor(answer), str)


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
