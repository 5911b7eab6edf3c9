"""What a page was told: questions, and the answers that it got.

A page is as it was if each question that was asked while it was rendered has the answer that it
had then.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import unescape
from inspect import getattr_static
from typing import Any
from urllib.parse import unquote, urlparse

from jinja2.utils import missing
from pelican.contents import Content

from incremental.canonical import Canon, Opaque, Plain, name_of, seal
from incremental.contexts import Page
from incremental.files import digest_of
from incremental.trust import Trust
from incremental.watching import BODY, Key, Path, Trace, transparent

Fact = tuple[Any, Plain]
"""A question with its answer, as marshal takes them. ("head" or "body", name) asks a content."""

_UNREAD = frozenset({"settings", "_context", "_content", "_output_location_referenced"})
_GONE = "gone"


class Answers:
    """Answers questions in one build, those about shared things once."""

    def __init__(self, shared: Mapping[str, Any], trust: Trust) -> None:
        """Take the context of all pages."""
        self._shared, self._trust = shared, trust
        self._canon = Canon(self._refer)
        self._names: dict[int, str] = {}
        self._contents: dict[str, Content] = {}
        for kind in ("generated_content", "static_content"):
            for path, content in shared.get(kind, {}).items():
                if content is not None:
                    self._names[id(content)] = f"{kind[0]}:{path}"
                    self._contents[f"{kind[0]}:{path}"] = content
        self._asked: dict[str, tuple[int, int]] = {}
        self._values: dict[Path, Any] = {}
        self._known: dict[Key, Plain] = {}
        self._of_contents: dict[tuple[str, str], Plain] = {}
        self._opaque: dict[str, frozenset[str]] = {}
        self._made: dict[tuple[type, str], bool] = {}
        self._links: dict[bytes, tuple[tuple[str, str], ...]] = {}

    def told(self, trace: Trace, page: Page) -> list[Fact] | None:
        """Return the facts that a page was rendered from; None where not all are known.

        The trace then says why.
        """
        facts: list[Fact] = []
        try:
            facts.extend((key, self.answer(key, page)) for key in trace.keys)
        except Opaque as reason:
            trace.unsure(f"is handed {reason}")
        for content, names in trace.contents.items():
            facts += self._told_of(content, names, trace)
        return None if trace.doubt else facts

    def _told_of(self, content: Content, names: set[str], trace: Trace) -> list[Fact]:
        name = self._names.get(id(content))
        if name is None:
            trace.unsure(f"is handed a copy of {content}")
            return []
        head = ("head", name)
        answer = self.of_content(head)
        if self._opaque[name] & names:
            trace.unsure(f"reads {', '.join(sorted(self._opaque[name] & names))} of {content}")
        if not self._plainly_made(content, names):
            trace.unsure(f"reads what a plugin adds to {type(content).__name__}")
        if names.isdisjoint(BODY):
            return [(head, answer)]
        body = ("body", name)
        return [(head, answer), (body, self.of_content(body))]

    def _plainly_made(self, content: Content, names: set[str]) -> bool:
        """Tell whether all that was read are its own attributes, or methods of those we trust."""
        own, kind = vars(content), type(content)
        return all(self._is_trusted(kind, name) for name in names if name not in own)

    def _is_trusted(self, kind: type, name: str) -> bool:
        known = self._made.get((kind, name))
        if known is None:
            member = getattr_static(kind, name, None)
            known = self._made[kind, name] = self._trust.module(_module_of(member))
        return known

    def holds(self, fact: Fact, page: Page) -> bool:
        """Tell whether a question still has its answer."""
        key, answer = fact
        try:
            now = self.of_content(key) if isinstance(key[0], str) else self.answer(key, page)
        except Opaque:
            return False
        return bool(now == answer)

    def answer(self, key: Key, page: Page) -> Plain:
        """Answer a question about a variable.

        Raises:
            Opaque: the answer is nothing that can be compared.
        """
        path, question = key
        if path[0][0] != "g":
            return self._ask(self._walk(path, page), question)
        if key not in self._known:
            self._known[key] = self._ask(self._value(path), question)
        return self._known[key]

    def grown(self) -> bool:
        """Forget the answers if a shared variable was replaced or grew since they were given."""
        grown = any(_size(self._shared.get(name)) != was for name, was in self._asked.items())
        if grown:
            self._asked.clear()
            self._values.clear()
            self._known.clear()
        return grown

    def _value(self, path: Path) -> Any:  # noqa: ANN401 -- any value
        if path not in self._values:
            if len(path) > 1:
                self._values[path] = _step(self._value(path[:-1]), path[-1])
            else:
                name = path[0][1]
                self._values[path] = self._shared.get(name, missing)
                self._asked[name] = _size(self._shared.get(name))
        return self._values[path]

    def _walk(self, path: Path, page: Page) -> Any:  # noqa: ANN401
        try:
            value = page.root(*path[0])
        except KeyError:
            return missing
        for step in path[1:]:
            value = _step(value, step)
        return value

    def _ask(self, value: Any, question: tuple[Any, ...]) -> Plain:  # noqa: ANN401, PLR0911 -- a table
        if value is missing:
            return _GONE
        match question:
            case ("value",):
                return seal(self._canon.of(value))
            case ("kind",):
                return name_of(type(value))
            case ("len",):
                return len(value)
            case ("bool",):
                return bool(value)
            case ("in", key):
                return key in value
            case ("keys",):
                return seal(self._canon.of(tuple(value)))
        raise Opaque(str(question))

    def _refer(self, content: Content) -> str:
        try:
            return self._names[id(content)]
        except KeyError:
            raise Opaque(f"a copy of {content}") from None

    def of_content(self, key: tuple[str, str]) -> Plain:
        """Answer for a content: its `head` is all but its text, and that is its `body`.

        Raises:
            Opaque: its text is made by what we do not know.
        """
        if key not in self._of_contents:
            part, name = key
            content = self._contents.get(name)
            if content is None:
                self._of_contents[key] = _GONE
            else:
                found = self._head(name, content) if part == "head" else self._body(content)
                self._of_contents[key] = seal(found)
        return self._of_contents[key]

    def _head(self, name: str, content: Content) -> Plain:
        said: list[Plain] = [name_of(type(content))]
        opaque: set[str] = set()
        for attribute, value in vars(content).items():
            if attribute in _UNREAD:
                continue
            try:
                said.append((attribute, self._canon.of(value)))
            except Opaque:
                opaque.add(attribute)
        self._opaque[name] = frozenset(opaque)
        return tuple(said)

    def _body(self, content: Content) -> Plain:
        own = vars(content)
        text = own.get("_content")
        if "_get_content" in own or hasattr(type(content), "_get_content"):
            text = content._get_content()  # noqa: SLF001 -- Pelican's way for plugins to make a text
        if not text:
            return self._canon.of(text)
        digest = digest_of(text.encode("utf-8", "surrogatepass"))
        if digest not in self._links:
            self._links[digest] = tuple(links_in(content, text))
        return (digest, tuple(self._leads_to(content, *link) for link in self._links[digest]))

    def _leads_to(self, content: Content, what: str, value: str) -> Plain:
        """Tell what an internal link may lead to: all that Pelican would find for it."""
        if what not in {"filename", "static", "attach"}:
            return what
        whole = urlparse(value)
        paths = {whole.path, unquote(whole.path), urlparse(unescape(value)).path}
        found = []
        for path in sorted(paths):
            place = (
                path[1:]
                if path.startswith("/")
                else content.get_relative_source_path(f"{content.relative_dir}/{path}".lstrip("/"))
            )
            for kind in ("generated_content", "static_content"):
                target = self._shared[kind].get(place)
                found.append(None if target is None else str(target.url))
        return tuple(found)


def links_in(content: Content, text: str) -> list[tuple[str, str]]:
    """List the internal links of a text: of which kind, and to where."""
    pattern = content._get_intrasite_link_regex()  # noqa: SLF001 -- only Pelican knows it
    return [(match["what"], match["value"]) for match in pattern.finditer(text)]


def _size(value: object) -> tuple[int, int]:
    return (id(value), len(value) if isinstance(value, list | dict | set) else 0)


def _step(value: Any, step: tuple[Any, ...]) -> Any:  # noqa: ANN401 -- any value
    """Go from a value to what is in it; `missing` if it is not there."""
    if value is missing:
        return missing
    try:
        match step:
            case ("a", name):
                return getattr(value, name) if transparent(value) else missing
            case ("k" | "i", key):
                return value[key]
            case ("s", start, stop, stride):
                return value[slice(start, stop, stride)]
    except (AttributeError, LookupError, TypeError, ValueError, ArithmeticError, RuntimeError):
        return missing
    return missing


def _module_of(member: Any) -> str | None:  # noqa: ANN401 -- whatever stands in a class
    """Name the module that made a member of a class; Pelican's own is any plain value."""
    if isinstance(member, property):
        return _module_of(member.fget)
    if member is None or isinstance(member, str | int | tuple):
        return "pelican"
    module: str | None = getattr(member, "__module__", None)
    return module
