"""Fill the shape of a post: a sandboxed Jinja template of plain text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from syndication.compose.text import tidy


class BadTemplate(ValueError):  # noqa: N818 -- says what the template is
    """A channel's template cannot be filled; the reason is for the operator."""


def fill(shape: str, values: Mapping[str, object]) -> str:
    """Fill a shape and tidy its white space.

    Raises:
        BadTemplate: the shape is no template, or asks for what it is not given.
    """
    try:
        return tidy(_template(shape).render(values))
    except (TemplateError, TypeError, ArithmeticError) as error:
        raise BadTemplate(f"templat tidak dapat diisi: {error}") from error


@lru_cache(maxsize=64)
def _template(shape: str) -> Template:
    environment = ImmutableSandboxedEnvironment(
        autoescape=False,  # the outcome is plain text, never HTML
        undefined=StrictUndefined,
    )
    return environment.from_string(shape)
