"""The pages of an output: what each was made from, and which of them need not be made again."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from incremental.contexts import Page
from incremental.facts import Answers, Fact
from incremental.files import NOBODY, Sign, digest_of, lasting, sign_of

T = TypeVar("T")

_WASTED = 2
"""So many times as many facts as pages have need another numbering."""


class Entry(NamedTuple):
    """A page: its file as it was left, the digest of its text, its template, and its facts.

    `facts` are the numbers of its own, `common` that of a set which other pages have too. None is
    a page of which not all is known.
    """

    sign: Sign
    digest: bytes
    template: tuple[str, bytes | None]
    common: int
    facts: tuple[int, ...] | None


class Numbered(Generic[T]):
    """Values by number, each once."""

    def __init__(self, values: list[T]) -> None:
        """Take values that are numbered already."""
        self.values = values
        self._numbers: dict[T, int] = {}

    def __len__(self) -> int:
        """Count them."""
        return len(self.values)

    def __getitem__(self, number: int) -> T:
        """Return one."""
        return self.values[number]

    def number(self, value: T) -> int:
        """Return the number of a value, a new one if it has none."""
        if not self._numbers:
            self._numbers = {known: number for number, known in enumerate(self.values)}
        number = self._numbers.setdefault(value, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        return number


class Record:
    """The pages that the last build left, and those of this one."""

    def __init__(self, output: str, kept: Mapping[str, Any]) -> None:
        """Take what was kept; pages are by their file's name below the output folder."""
        self._output = output
        pages: Mapping[str, Any] = kept.get("pages", {})
        self._before = {name: Entry(*entry) for name, entry in pages.items()}
        self._facts = Numbered[Fact](kept.get("facts", []))
        self._sets = Numbered[tuple[int, ...]](kept.get("sets", []))
        self._fact_holds: dict[int, bool] = {}
        self._set_holds: dict[int, bool] = {}
        self.pages: dict[str, Entry] = {}

    def names(self) -> set[str]:
        """Name the pages of the last build."""
        return set(self._before)

    def unchanged(
        self, name: str, template: tuple[str, bytes | None], page: Page, answers: Answers
    ) -> bool:
        """Tell whether a page would be what it is, and leave it at that if so."""
        entry = self._before.get(name)
        if entry is None or entry.facts is None or entry.template != template:
            return False
        if answers.grown():
            self._fact_holds.clear()
            self._set_holds.clear()
        if not self._all_hold(entry.common, entry.facts, page, answers):
            return False
        sign = self._as_left(name, entry)
        if sign is None:
            return False
        self.pages[name] = entry._replace(sign=sign)
        return True

    def _all_hold(self, common: int, own: tuple[int, ...], page: Page, answers: Answers) -> bool:
        if common not in self._set_holds:
            numbers = self._sets[common]
            self._set_holds[common] = all(self._holds(each, page, answers) for each in numbers)
        return self._set_holds[common] and all(self._holds(each, page, answers) for each in own)

    def _holds(self, number: int, page: Page, answers: Answers) -> bool:
        known = self._fact_holds.get(number)
        if known is None:
            fact = self._facts[number]
            known = answers.holds(fact, page)
            if _is_shared(fact) or _is_of_content(fact):
                self._fact_holds[number] = known
        return known

    def _as_left(self, name: str, entry: Entry) -> Sign | None:
        """Return the sign of a page's file if it still holds what we wrote."""
        file = os.path.join(self._output, name)  # noqa: PTH118 -- for every page of a site
        try:
            sign = sign_of(os.stat(file))  # noqa: PTH116 -- the same
            if sign == entry.sign:
                return sign
            same = digest_of(Path(file).read_bytes()) == entry.digest
        except OSError:
            return None
        return lasting(sign) if same else None

    def same_text(self, name: str, text: bytes) -> bool:
        """Tell whether a page's file holds this text already."""
        entry = self._before.get(name)
        return (
            entry is not None
            and entry.digest == digest_of(text)
            and self._as_left(name, entry) is not None
        )

    def add(
        self, name: str, text: bytes, template: tuple[str, bytes | None], facts: list[Fact] | None
    ) -> None:
        """Note a page that was rendered; it stands in its file now."""
        own, common = None, -1
        if facts is not None:
            common = self._sets.number(
                tuple(sorted(self._facts.number(each) for each in facts if _is_shared(each)))
            )
            own = tuple(self._facts.number(each) for each in facts if not _is_shared(each))
        self.pages[name] = Entry(NOBODY, digest_of(text), template, common, own)

    def doubt(self, name: str) -> None:
        """Forget what a page was made from: more than one thing was written to its file."""
        if name in self.pages:
            self.pages[name] = self.pages[name]._replace(facts=None)

    def kept(self) -> dict[str, Any]:
        """Return the pages as they stand in their files now, and the facts, to keep."""
        pages = {name: self._signed(name, entry) for name, entry in self.pages.items()}
        known = [entry for entry in pages.values() if entry.facts is not None]
        sets = {entry.common for entry in known}
        used = {number for entry in known for number in entry.facts or ()}
        used |= {number for each in sets for number in self._sets[each]}
        if len(self._facts) > _WASTED * len(used):
            again = Record(self._output, {})
            for name, entry in pages.items():
                again.pages[name] = again.adopted(entry, self._facts, self._sets)
            pages, self._facts, self._sets = again.pages, again._facts, again._sets
        return {
            "pages": {name: tuple(entry) for name, entry in pages.items()},
            "facts": self._facts.values,
            "sets": self._sets.values,
        }

    def adopted(
        self, entry: Entry, facts: Numbered[Fact], sets: Numbered[tuple[int, ...]]
    ) -> Entry:
        """Return another record's page, its facts numbered as ours."""
        if entry.facts is None:
            return entry
        common = tuple(sorted(self._facts.number(facts[each]) for each in sets[entry.common]))
        own = tuple(self._facts.number(facts[each]) for each in entry.facts)
        return entry._replace(common=self._sets.number(common), facts=own)

    def _signed(self, name: str, entry: Entry) -> Entry:
        if entry.sign != NOBODY:
            return entry
        file = os.path.join(self._output, name)  # noqa: PTH118 -- the same
        try:
            return entry._replace(sign=lasting(sign_of(os.stat(file))))  # noqa: PTH116 -- the same
        except OSError:
            return entry


def _is_of_content(fact: Fact) -> bool:
    return isinstance(fact[0][0], str)


def _is_shared(fact: Fact) -> bool:
    """Tell whether a fact is about a variable that all pages share."""
    return not _is_of_content(fact) and fact[0][0][0][0] == "g"
