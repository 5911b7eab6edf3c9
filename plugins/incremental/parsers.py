"""One Markdown parser for the files of a build: to make one takes as long as to read a short text.

Python-Markdown means its parsers to be used again after `reset()`. One is, if all of its parts are
its own or of modules that the site trusts: of others nobody knows what they remember.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pelican.readers

from incremental.trust import Trust

_Markdown = pelican.readers.Markdown
"""Python-Markdown's class, or False where it is not installed."""


class _Parsers:
    """The parser that waits for the next file, its parts, and what it was made with.

    It is handed out once for each file, for a reader may read another file meanwhile.
    """

    trust: Trust | None = None
    waiting: Any = None
    parts: tuple[tuple[dict[str, Any], list[Any]], ...] = ()
    made_with = ""
    free = False


def _parser(**said: Any) -> Any:  # noqa: ANN401 -- whatever Markdown takes
    """Return a parser as if it had just been made."""
    if not _Parsers.free or _Parsers.trust is None:
        return _Markdown(**said)
    _Parsers.free, made_with = False, repr(said)
    waiting = _Parsers.waiting
    if waiting is not None and _Parsers.made_with == made_with and _has_its_extensions(waiting):
        return _as_made(waiting)
    made = _Markdown(**said)
    _Parsers.waiting = made if _is_known(made, _Parsers.trust) else None
    _Parsers.parts = tuple((dict(each._data), list(each._priority)) for each in _registries(made))  # noqa: SLF001 -- no other way
    _Parsers.made_with = made_with
    return made


def _registries(parser: Any) -> tuple[Any, ...]:  # noqa: ANN401
    return (
        parser.preprocessors,
        parser.parser.blockprocessors,
        parser.treeprocessors,
        parser.inlinePatterns,
        parser.postprocessors,
    )


def _as_made(parser: Any) -> Any:  # noqa: ANN401
    """Give a parser its parts back, of which Pelican takes one away, and let it forget."""
    for registry, (parts, order) in zip(_registries(parser), _Parsers.parts, strict=True):
        registry._data, registry._priority = dict(parts), list(order)  # noqa: SLF001 -- the same
        registry._is_sorted = False  # noqa: SLF001 -- the same
    return parser.reset()


def _has_its_extensions(parser: Any) -> bool:  # noqa: ANN401
    """Tell whether no other parser was made with the same extensions since."""
    return all(getattr(each, "md", parser) is parser for each in parser.registeredExtensions)


def _is_known(parser: Any, trust: Trust) -> bool:  # noqa: ANN401
    parts = [part for registry in _registries(parser) for part in registry]
    for part in (*parts, *parser.registeredExtensions):
        module = type(part).__module__
        if not trust.module(module) and module.split(".", 1)[0] != "markdown":
            return False
        # Footnotes then count the documents that their parser has read.
        if hasattr(part, "getConfig") and part.getConfig("UNIQUE_IDS", default=False):
            return False
    return True


@contextmanager
def reading() -> Iterator[None]:
    """Let the file that is read meanwhile have the parser; make another if that fails."""
    _Parsers.free, read = True, False
    try:
        yield
        read = True
    finally:
        _Parsers.free = False
        if not read:
            _Parsers.waiting = None


def share(trust: Trust) -> None:
    """Let Pelican's readers use it, unless somebody gave them another Markdown."""
    if _Markdown and pelican.readers.Markdown is _Markdown:
        pelican.readers.Markdown = _parser
        _Parsers.trust = trust


def restore() -> None:
    """Let each file have a parser of its own."""
    _Parsers.waiting = _Parsers.trust = None
    if pelican.readers.Markdown is _parser:
        pelican.readers.Markdown = _Markdown
