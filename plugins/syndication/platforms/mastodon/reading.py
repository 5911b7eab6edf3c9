"""What an answer of a Mastodon server says: the error, when to come back, and what was found."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bs4 import BeautifulSoup, Tag

from syndication.model import JSON, Figures
from syndication.platforms.answers import (
    LONGEST_WAIT,
    Answer,
    Said,
    objects,
    plain,
    standard_wait,
)

ID = re.compile(r"[\w.:~-]{1,200}", re.ASCII)
"""Mastodon numbers its objects; other servers use ULIDs, UUIDs, hashes."""

CUT = ("\u2026", "...")
"""How some servers end an address that they show in part."""

TOLD = ("error", "error_description", "message", "detail")
"""Where the words of an error stand: Mastodon's Error entity, then other servers' habits.

Source: https://docs.joinmastodon.org/entities/Error/ (2026-11-24).
"""


@dataclass(frozen=True, slots=True)
class Status:
    """A post as the server shows it: text and links as they were sent; "" is what it leaves out.

    Spaces in `text` are the server's own: it breaks paragraphs and lines as it likes. `warning`
    is what readers see before the text. `author` is the account's address without the first "@"
    (without a server where it is on this one), `answers` the id of the post above.
    """

    id: str
    url: str
    text: str
    at: datetime | None
    links: tuple[str, ...] = ()
    media_ids: tuple[str, ...] = ()
    warning: str = ""
    author: str = ""
    author_id: str = ""
    answers: str = ""
    visibility: str = ""
    figures: Figures = field(default_factory=Figures)


def said(answer: Answer) -> Said:
    """Read the words of an error; Mastodon has no codes."""
    words = (answer.data.get(name) for name in TOLD)
    return Said(answer.status, words=" ".join(word for word in words if isinstance(word, str)))


def retry_after(answer: Answer, now: datetime) -> timedelta | None:
    """Tell how long the server wants us to wait.

    Mastodon tells the reset of its limit as a date, others as seconds since 1970.
    Source: https://docs.joinmastodon.org/api/rate-limits/ (2026-11-24).
    """
    stated = answer.headers.get("x-ratelimit-reset", "")
    try:
        if stated.isdecimal():
            reset = datetime.fromtimestamp(int(stated), UTC)
        else:
            reset = datetime.fromisoformat(stated)
        wait = max(reset - now, timedelta(0))
    except (ValueError, TypeError, OverflowError, OSError):
        return standard_wait(answer, now)
    return wait if wait <= LONGEST_WAIT else standard_wait(answer, now)


def status(answer: Answer) -> Status | None:
    """Read the post that an answer shows; None where it shows none."""
    return _status(answer.data) if answer.ok else None


def statuses(answer: Answer) -> Iterator[Status]:
    """Read a list of posts."""
    shown: JSON = None
    with suppress(ValueError, RecursionError):
        shown = json.loads(answer.text)
    for each in map(_status, objects(shown)):
        if each:
            yield each


def below(answer: Answer) -> Iterator[Status]:
    """Read the posts below the one whose context an answer shows, however deep.

    Source: https://docs.joinmastodon.org/entities/Context/ (2026-11-24).
    """
    for each in map(_status, objects(answer.data.get("descendants"))):
        if each:
            yield each


def oldest(answer: Answer) -> str:
    """Read the id of the last post of a list, after which the next page begins; "" for none."""
    return next((post.id for post in reversed(list(statuses(answer)))), "")


def object_id(answer: Answer) -> str:
    """Read the id of the account or the file that an answer shows; "" where it shows none."""
    return _id(answer.data.get("id")) if answer.ok else ""


def bare(text: str) -> str:
    """Write a text in the form in which two are compared: NFC, without any space.

    Servers break paragraphs in their own ways.
    """
    return "".join(unicodedata.normalize("NFC", text).split())


def _status(data: Mapping[str, JSON]) -> Status | None:
    post_id, content, url = _id(data.get("id")), data.get("content"), data.get("url")
    if not post_id:
        return None
    files = (_id(each.get("id")) for each in objects(data.get("media_attachments")))
    account = data.get("account")
    author = account if isinstance(account, Mapping) else {}
    shown = BeautifulSoup(_words(content), "html.parser")
    for end in shown.find_all(("br", "p")):
        end.insert_after("\n")
    links = [each for each in shown.find_all("a", href=True) if _plain(each)]
    for link in links:
        if link.text.endswith(CUT):
            link.string = str(link["href"])
    return Status(
        id=post_id,
        url=_words(url),
        text=plain(shown.text),
        at=_moment(data.get("created_at")),
        links=tuple(str(link["href"]) for link in links),
        media_ids=tuple(each for each in files if each),
        warning=plain(_words(data.get("spoiler_text"))),
        author=_words(author.get("acct")) or _words(author.get("username")),
        author_id=_id(author.get("id")),
        answers=_id(data.get("in_reply_to_id")),
        visibility=_words(data.get("visibility")),
        figures=_figures(data),
    )


def _figures(data: Mapping[str, JSON]) -> Figures:
    """Read what the server counts; quotes, which newer ones count apart, are shares, too.

    Source: https://docs.joinmastodon.org/entities/Status/ (2026-11-24).
    """
    told = (_count(data.get(name)) for name in ("reblogs_count", "quotes_count"))
    shares = [each for each in told if each is not None]
    return Figures(
        likes=_count(data.get("favourites_count")),
        replies=_count(data.get("replies_count")),
        shares=sum(shares) if shares else None,
    )


def _count(value: JSON) -> int | None:
    return value if type(value) is int and value >= 0 else None


def _words(value: JSON) -> str:
    return value if isinstance(value, str) else ""


def _plain(anchor: Tag) -> bool:
    """Tell a link that the writer put there from the server's own: hashtags and mentions."""
    return not {"hashtag", "mention"} & set(anchor.get_attribute_list("class"))


def _moment(value: JSON) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _id(value: JSON) -> str:
    return value if isinstance(value, str) and ID.fullmatch(value) else ""
