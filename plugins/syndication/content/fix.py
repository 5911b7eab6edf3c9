"""What can be mended without asking the writer: IDs that are missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from syndication.content import breaks, frontmatter
from syndication.content.document import Document, Source, Terms, parse
from syndication.content.encoding import NotText, decode
from syndication.content.findings import Weight

_LINE_END = re.compile("\r\n|\r|\n")

Identify = Callable[[date], str]


def missing_ids(sources: Iterable[Source], terms: Terms, identify: Identify) -> Mapping[str, bytes]:
    """Return, by file, the new bytes of each article that has no ID yet.

    A translation gets its original's ID: the article of another language with the same slug.
    An article is left alone while its head is broken or its date is none.
    """
    read = [(source, doc) for source in sources if (doc := _document(source, terms))]
    given = _Given(doc for _, doc in read)
    wanting = [(source, doc) for source, doc in read if _wants(doc)]
    wanting.sort(key=lambda pair: (pair[1].lang != terms.default_lang, pair[1].file))
    return {
        source.file: add_id(source.data.decode(), given.to(doc, identify)).encode()
        for source, doc in wanting
    }


def add_id(text: str, identity: str) -> str:
    """Add an ID to a head that has none, and change nothing else.

    `text` has its own line ends and, where the file has one, its byte-order mark. A name `ID`
    without a value is filled in; otherwise the ID becomes the head's last field.
    """
    front = frontmatter.read(text.removeprefix("\ufeff"))
    blank = front.line("id") if "id" in front.fields else 0
    last = max(value.line for values in front.fields.values() for value in values)
    ends = list(_LINE_END.finditer(text))
    line = blank or last
    if line <= len(ends):
        at, end = ends[line - 1].start(), ends[line - 1][0]
    else:
        at, end = len(text), ends[-1][0] if ends else "\n"
    added = f" {identity}" if blank else f"{end}ID: {identity}"
    return f"{text[:at].rstrip(' ') if blank else text[:at]}{added}{text[at:]}"


def _document(source: Source, terms: Terms) -> Document | None:
    try:
        doc = parse(source, decode(source), terms)
    except NotText:
        return None
    return None if doc.page or doc.status == "skip" else doc


def _wants(doc: Document) -> bool:
    whole = all(finding.weight is not Weight.ALWAYS for finding in breaks.find(doc.front))
    return not doc.id and doc.dated is not None and whole


class _Given:
    """The IDs that are taken, in each language, and by slug for translations to find."""

    def __init__(self, docs: Iterable[Document]) -> None:
        self.taken: set[str] = set()
        self.by_lang: set[tuple[str, str]] = set()
        self.of_slug: dict[str, str] = {}
        for doc in docs:
            if doc.id:
                self._remember(doc, doc.id)

    def to(self, doc: Document, identify: Identify) -> str:
        """Give a document its ID: its original's, or a new one that nobody has."""
        shared = self.of_slug.get(doc.slug, "")
        if not shared or (doc.lang, shared) in self.by_lang:
            shared = self._fresh(doc, identify)
        self._remember(doc, shared)
        return shared

    def _fresh(self, doc: Document, identify: Identify) -> str:
        day = doc.dated.date() if doc.dated else date.min
        identity = identify(day)
        while identity in self.taken:
            identity = identify(day)
        return identity

    def _remember(self, doc: Document, identity: str) -> None:
        self.taken.add(identity)
        self.by_lang.add((doc.lang, identity))
        self.of_slug.setdefault(doc.slug, identity)
