"""Which file a writer meant: one slip away, found without comparing every name with every other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from posixpath import basename, splitext

SHORTEST, LONGEST = 5, 255
"""Characters: shorter names are all near each other, and no file system has longer ones."""


def nearest(path: str, known: frozenset[str]) -> str:
    """Return the file of that name in another folder or case, or of a name one slip away, or "".

    A slip is a character too many, too few, or wrong, or two that changed places.
    """
    index = _index(known)
    return next((index[form] for form in _forms(basename(path)) if form in index), "")


@lru_cache(maxsize=4)
def _index(known: frozenset[str]) -> Mapping[str, str]:
    """Map each name, and each name without one of its characters, to the first such file."""
    whole = {basename(name).casefold(): name for name in sorted(known, reverse=True)}
    forms = {form: name for name in sorted(known, reverse=True) for form in _forms(basename(name))}
    return forms | whole


def _forms(name: str) -> Iterator[str]:
    folded = name.casefold()
    yield folded
    if SHORTEST <= len(splitext(folded)[0]) <= LONGEST:
        yield from (folded[:at] + folded[at + 1 :] for at in range(len(folded)))
