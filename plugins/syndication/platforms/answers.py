"""What a platform answered, and which of the four failures it means."""

from __future__ import annotations

import json
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from importlib import resources

from syndication.model import JSON
from syndication.platforms.protocol import Barred, Deferred, Failure, InDoubt, Refused

LONGEST_WAIT = timedelta(days=31)
"""A wait longer than a month is no time that a platform means."""

QUOTED_CHARACTERS = 300
"""How much of a platform's own words is quoted; enough for a sentence, too little for a page."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer, complete. Header names are in lower case; secrets are hidden already."""

    status: int
    headers: Mapping[str, str]
    text: str

    @classmethod
    def heard(
        cls, status: int, headers: Mapping[str, str], body: bytes, hide: Callable[[str], str]
    ) -> Answer:
        """Make an answer of what came over the wire, with the account's secrets hidden.

        JSON is written anew first, for a secret may stand in it with its characters escaped.
        """
        text = body.decode("utf-8", errors="replace")
        with suppress(ValueError, RecursionError):
            text = json.dumps(json.loads(text), ensure_ascii=False)
        return cls(
            status, {name.lower(): hide(value) for name, value in headers.items()}, hide(text)
        )

    @property
    def ok(self) -> bool:
        """Tell whether the status says that the request was done."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    @property
    def data(self) -> Mapping[str, JSON]:
        """Read the body as a JSON object; anything else is an empty one."""
        try:
            data = json.loads(self.text)
        except (ValueError, RecursionError):
            return {}
        return data if isinstance(data, dict) else {}


@dataclass(frozen=True, slots=True)
class Said:
    """The platform's error in its own terms: 0 and "" where it gave none."""

    status: int
    code: int = 0
    subcode: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class DocumentedError:
    """A row of a platform's `errors.toml`: what it is known by, and what it means for a post.

    A field that is 0 or "" matches everything; `until` makes `code` the start of a range.
    `says` is a part of the platform's words, in any case. `source` is where it is documented.
    """

    outcome: str
    reason: str
    source: str
    status: int = 0
    code: int = 0
    until: int = 0
    subcode: int = 0
    says: str = ""

    def matches(self, said: Said) -> bool:
        """Tell whether the platform said this."""
        return (
            self.status in (0, said.status)
            and (not self.code or self.code <= said.code <= max(self.code, self.until))
            and self.subcode in (0, said.subcode)
            and self.says.casefold() in said.words.casefold()
        )


UNDOCUMENTED: Mapping[int, str] = {
    HTTPStatus.UNAUTHORIZED: "barred",
    HTTPStatus.PAYMENT_REQUIRED: "barred",
    HTTPStatus.FORBIDDEN: "barred",
    HTTPStatus.NOT_FOUND: "barred",
    HTTPStatus.METHOD_NOT_ALLOWED: "barred",
    HTTPStatus.PROXY_AUTHENTICATION_REQUIRED: "barred",
    HTTPStatus.TOO_MANY_REQUESTS: "deferred",
    HTTPStatus.TOO_EARLY: "deferred",
    HTTPStatus.BAD_REQUEST: "refused",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "refused",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "refused",
    HTTPStatus.UNPROCESSABLE_ENTITY: "refused",
}
"""What a status means by HTTP alone (RFC 9110, 6585, 8470); every other one leaves doubt."""

ONLY_WITH_WORDS = frozenset({"refused"})
"""Outcomes that need the platform's own word: a page of a proxy does not condemn a post."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Names the failure that an answer means, by the platform's documented errors."""

    platform: str
    errors: tuple[DocumentedError, ...] = field(repr=False)

    def failure(self, said: Said, *, retry_after: timedelta | None = None) -> Failure:
        """Turn an error of the platform into one of the four failures."""
        for error in self.errors:
            if error.matches(said):
                return _failure(error.outcome, self._reason(error.reason, said), retry_after)
        outcome = UNDOCUMENTED.get(said.status, "in_doubt")
        if outcome in ONLY_WITH_WORDS and not said.words:
            outcome = "in_doubt"
        return _failure(outcome, self._reason(UNKNOWN_REASONS[outcome], said), retry_after)

    def _reason(self, reason: str, said: Said) -> str:
        numbers = "/".join(str(number) for number in (said.code, said.subcode) if number)
        words = printable(said.words)[:QUOTED_CHARACTERS]
        heard = " ".join(part for part in (f"HTTP {said.status}", numbers, words) if part)
        return f"{self.platform}: {reason} [{heard}]"


UNKNOWN_REASONS: Mapping[str, str] = {
    "refused": "Unggahan ditolak.",
    "barred": "Akun ini sedang tidak boleh mengunggah.",
    "deferred": "Terlalu banyak permintaan; dicoba lagi nanti.",
    "in_doubt": "Jawaban tidak menyatakan apakah unggahan sudah tayang.",
}


def judge(platform: str, package: str) -> Judge:
    """Read the `errors.toml` of a platform's package; its first matching row decides."""
    text = (resources.files(package) / "errors.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["error"]
    return Judge(platform, tuple(DocumentedError(**row) for row in rows))


def _failure(outcome: str, reason: str, retry_after: timedelta | None) -> Failure:
    if outcome == "deferred":
        return Deferred(reason, retry_after=retry_after)
    return {"refused": Refused, "barred": Barred, "in_doubt": InDoubt}[outcome](reason)


def standard_wait(answer: Answer, now: datetime) -> timedelta | None:
    """Read `Retry-After`: seconds or a date (RFC 9110, 10.2.3); None where it is neither."""
    stated = answer.headers.get("retry-after", "")
    try:
        if stated.isdecimal():
            wait = timedelta(seconds=int(stated))
        else:
            wait = max(parsedate_to_datetime(stated) - now, timedelta(0))
    except (ValueError, TypeError, OverflowError):
        return None
    return wait if wait <= LONGEST_WAIT else None


def objects(value: JSON) -> list[Mapping[str, JSON]]:
    """Read a list of JSON objects, whatever else may stand in it."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def printable(text: str) -> str:
    """Drop what a terminal or a database would choke on: controls, escapes, half surrogates."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def plain(text: str) -> str:
    """Write a text in the form in which two are compared: NFC, spaces made alike."""
    return " ".join(unicodedata.normalize("NFC", text).split())
