"""Which functions a template may call without making its page one that is always built anew.

Trusted are Python's and Jinja's own and Pelican's, but for those that answer otherwise each time,
and those of the modules that the site names: their authors say that they read nothing but what
they are given, the page's context, and the theme.
"""

from __future__ import annotations

import functools
import types
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import jinja2.filters
import jinja2.tests
import jinja2.utils
from jinja2 import Environment, TemplateNotFound, meta, nodes

# The last one asks whether two values are one: what we hand out stands for another.
_FICKLE = (
    jinja2.filters.do_random,
    jinja2.utils.generate_lorem_ipsum,
    jinja2.tests.test_sameas,
)
_OWN = ("jinja2", "markupsafe", "pelican", "incremental")
_OF_BUILTINS = frozenset({"builtins", "_collections_abc"})
_PURE = {
    "builtins": frozenset({"abs", "len", "ord", "repr"}),
    "_operator": frozenset({"eq", "ne", "lt", "le", "gt", "ge", "contains"}),
}
_ASKS_THE_CLOCK = frozenset({"now", "today", "utcnow"})


class Trust:
    """Knows the trusted modules."""

    def __init__(self, modules: Sequence[str]) -> None:
        """Take the names of modules; a module's name stands for all that is below it."""
        self._modules = (*_OWN, *modules)
        self._known: dict[str, bool] = {}
        self.parsed: dict[tuple[int, str], tuple[tuple[str, ...], tuple[str | None, ...]]] = {}
        """The names of filters and tests in a template, and the templates that it includes."""

    def module(self, name: str | None) -> bool:
        """Tell whether a module is trusted."""
        if name is None:
            return False
        known = self._known.get(name)
        if known is None:
            below = (name == each or name.startswith(f"{each}.") for each in self._modules)
            known = self._known[name] = any(below)
        return known

    def callee(self, function: Any) -> bool:  # noqa: ANN401 -- whatever a template calls
        """Tell whether a template may call it."""
        if isinstance(function, functools.partial):
            return self.callee(function.func)
        if isinstance(function, types.MethodType):
            return self.callee(function.__func__)
        if isinstance(function, types.FunctionType):
            return self._function(function)
        if isinstance(function, types.BuiltinFunctionType | types.MethodWrapperType):
            return self._builtin(function)
        kind = function if isinstance(function, type) else type(function)
        return self.module(kind.__module__) or kind.__module__ in _OF_BUILTINS

    def _function(self, function: types.FunctionType) -> bool:
        if function in _FICKLE or not self.module(function.__module__):
            return False
        held = (cell.cell_contents for cell in function.__closure__ or ())
        return all(self.callee(each) for each in held if callable(each))

    def _builtin(self, function: Any) -> bool:  # noqa: ANN401 -- a method of a built-in type
        owner = function.__self__
        if isinstance(owner, types.ModuleType):
            return function.__name__ in _PURE.get(owner.__name__, ())
        kind = owner if isinstance(owner, type) else type(owner)
        return not (issubclass(kind, date) and function.__name__ in _ASKS_THE_CLOCK)


def doubtful(env: Environment, name: str, trust: Trust) -> str:
    """Name a filter or test that a template uses, it or one that it includes, and that we doubt.

    "" where there is none.
    """
    for said in _all_names(env, name, trust, set()):
        for known in (env.filters, env.tests):
            if said in known and not trust.callee(known[said]):
                return said
    return ""


def _all_names(env: Environment, name: str, trust: Trust, seen: set[str]) -> Iterator[str]:
    """Yield the names in a template and in all that it may include; in all where none is named."""
    seen.add(name)
    try:
        source = env.loader.get_source(env, name)[0] if env.loader else ""
    except TemplateNotFound:
        return
    key = (id(env), source)
    if key not in trust.parsed:
        tree = env.parse(source)
        included = tuple(meta.find_referenced_templates(tree))
        trust.parsed[key] = (tuple(_names(tree)), included)
    names, included = trust.parsed[key]
    yield from names
    for other in included:
        for each in env.list_templates() if other is None else [other]:
            if each not in seen:
                yield from _all_names(env, each, trust, seen)


def _names(tree: nodes.Template) -> Iterator[str]:
    """Yield the names of filters and tests; a text may be one, as in `map("upper")`."""
    for node in tree.find_all((nodes.Filter, nodes.Test)):
        yield node.name
        for text in node.find_all(nodes.Const):
            if isinstance(text.value, str):
                yield text.value
