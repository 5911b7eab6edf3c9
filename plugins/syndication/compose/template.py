"""Fill the shape of a post: a sandboxed Jinja template of plain text."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

import regex
from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

TRAILING_SPACE = regex.compile(r"[^\S\n]+(?=\n|\Z)")
BLANK_LINES = regex.compile(r"\n{3,}")


class BadTemplate(ValueError):  # noqa: N818 -- says what the template is
    """A channel's template cannot be filled; the reason is for the operator."""


def fill(shape: str, values: Mapping[str, object]) -> str:
    """Fill a shape and tidy its white space: no blank line at the ends, one at most between.

    Raises:
        BadTemplate: the shape is no template, or asks for what it is not given.
    """
    try:
        filled = _template(shape).render(values)
    except TemplateError as error:
        raise BadTemplate(f"templat tidak dapat diisi: {error}") from error
    return tidy(filled)


def tidy(text: str) -> str:
    """Bring a text into NFC and its white space into order."""
    text = TRAILING_SPACE.sub("", text.replace("\r\n", "\n"))
    return unicodedata.normalize("NFC", BLANK_LINES.sub("\n\n", text).strip())


@lru_cache(maxsize=64)
def _template(shape: str) -> Template:
    environment = ImmutableSandboxedEnvironment(
        autoescape=False,  # the outcome is plain text, never HTML
        undefined=StrictUndefined,
    )
    return environment.from_string(shape)
