"""Jinja's context, with notes of which variables a page reads and which functions it calls."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment
from jinja2.runtime import Context
from jinja2.utils import missing

from incremental.trust import Trust
from incremental.watching import Trace, current, note, tracing, watch

_NEVER = object()


class Page:
    """What a page is rendered with: `said` is all of it, `shared` what all pages have.

    `fixed` is what its template has anyway: Jinja's globals.
    """

    def __init__(
        self, said: Mapping[str, Any], shared: Mapping[str, Any], fixed: Mapping[str, Any]
    ) -> None:
        """Take all three."""
        self._said, self._shared, self._fixed = said, shared, fixed

    def path(self, name: str) -> tuple[tuple[str, str], ...]:
        """Return where a variable is: in what all pages share, or in what this one got."""
        value = self._said.get(name, missing)
        if value is missing and name in self._fixed:
            return (("e", name),)
        return (("g" if self._shared.get(name, missing) is value else "p", name),)

    def root(self, scope: str, name: str) -> Any:  # noqa: ANN401 -- any value
        """Return the value of a variable.

        Raises:
            KeyError: there is none.
        """
        return {"g": self._shared, "p": self._said, "e": self._fixed}[scope][name]

    def holds(self, name: str, value: object) -> bool:
        """Tell whether a value is the page's variable of this name, and no template's own."""
        said = self._said.get(name, missing)
        return value is (self._fixed.get(name, missing) if said is missing else said)


class _Now:
    """The page being rendered, and whom we trust."""

    page: Page | None = None
    trust: Trust | None = None


class _All(dict[str, Any]):
    """All variables at once: Jinja itself copies them for a template that another includes."""

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401
        return _noted(name, super().__getitem__(name))

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401
        """Return a variable, or else a default."""
        return self[name] if name in self else default  # noqa: SIM401 -- this is what is noted

    def __contains__(self, name: object) -> bool:
        if not super().__contains__(name):
            _noted(str(name), missing)
        return super().__contains__(name)


def _unsure_of_all(name: str) -> Any:  # noqa: ANN401 -- a method of dict
    method = getattr(dict, name)

    def look(self: _All) -> Any:  # noqa: ANN401
        trace = current()
        if trace is not None:
            trace.unsure("all variables at once")
        return method(self)

    return look


for _name in ("items", "values", "keys", "copy"):
    setattr(_All, _name, _unsure_of_all(_name))


def _noted(name: str, value: Any) -> Any:  # noqa: ANN401
    page = _Now.page
    if page is None or current() is None or not page.holds(name, value):
        return value
    path = page.path(name)
    if value is missing:
        note(path, ("value",))
        return value
    return watch(value, path)


class NotingContext(Context):
    """Notes what is resolved and called while a page is traced; else it is Jinja's own."""

    def resolve_or_missing(self, key: str) -> Any:  # noqa: ANN401
        """Look a variable up."""
        if key in self.vars:
            return self.vars[key]
        # Of `_All` too the value itself: it is noted here.
        value = dict.get(self.parent, key, missing)
        trace = current()
        if trace is None:
            return value
        if trace.resolved.get(key, _NEVER) is value:
            return value
        told = _noted(key, value)
        if told is value:
            trace.resolved[key] = value
        return told

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401
        """Look a variable up, or return a default."""
        value = self.resolve_or_missing(key)
        return default if value is missing else value

    def __contains__(self, name: str) -> bool:
        """Tell whether there is a variable."""
        return self.resolve_or_missing(name) is not missing

    def get_all(self) -> dict[str, Any]:
        """Return all variables."""
        found = super().get_all()
        return found if current() is None or type(found) is _All else _All(found)

    def call(self, function: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Call a function for a template."""
        trace, trust = current(), _Now.trust
        if trace is not None and trust is not None and not _trusted(function, trace, trust):
            trace.unsure(f"calls {getattr(function, '__name__', function)!s}")
            if dict.get(self.parent, "output_file") is None:
                trace.unsure("a template imported by all calls it")
        return super().call(function, *args, **kwargs)


def _trusted(function: Any, trace: Trace, trust: Trust) -> bool:  # noqa: ANN401
    """Tell whether a page may call a function, and decide it once a page."""
    if isinstance(function, types.MethodType):
        function = function.__func__
    if trace.trusted.get(id(function)) is function:
        return True
    trusted = trust.callee(function)
    if trusted and not isinstance(function, types.BuiltinFunctionType):  # these are made anew
        trace.trusted[id(function)] = function
    return trusted


def prepare(env: Environment) -> bool:
    """Let an environment take notes; tell whether it can."""
    if env.context_class is not Context:
        return env.context_class is NotingContext
    env.context_class = NotingContext
    return True


def render(template: Any, page: Page, said: Mapping[str, Any], trust: Trust) -> tuple[str, Trace]:  # noqa: ANN401
    """Render a page and return it with what it read."""
    trace = Trace()
    _Now.page, _Now.trust = page, trust
    try:
        with tracing(trace):
            return template.render(said), trace
    finally:
        _Now.page = _Now.trust = None
