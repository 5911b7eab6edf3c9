"""Takes out of a text's HTML all that `safe_html.toml` does not name, last of all steps."""

from __future__ import annotations

import re
import tomllib
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

import nh3


@cache
def _cleaner() -> nh3.Cleaner:
    rules = tomllib.loads(files("kantor").joinpath("safe_html.toml").read_text("utf-8"))
    attributes = {tag: set(names) for tag, names in rules["attributes"].items()}
    is_id, classes = re.compile(rules["id"]).fullmatch, rules["classes"]

    def fit(tag: str, name: str, value: str) -> str | None:
        """Return what may stay of an attribute that the element may have."""
        del tag
        if name == "id":
            return value if is_id(value) else None
        if name == "class":
            known = (n for n in value.split() if any(fnmatchcase(n, each) for each in classes))
            return " ".join(known) or None
        if name in {"src", "srcset"}:
            return value if _all_ours(value) else None
        return value

    return nh3.Cleaner(
        tags=set(attributes) - {"*"},
        clean_content_tags=set(rules["emptied"]),
        attributes=attributes,
        attribute_filter=fit,
        url_schemes=set(rules["schemes"]),
        link_rel=None,
    )


def is_ours(address: str) -> bool:
    """Tell whether an address stays on the site, as a browser reads it."""
    try:
        parts = urlsplit(re.sub(r"[\t\r\n]", "", address).strip().replace("\\", "/"))
    except ValueError:  # such as "//["
        return False
    return not parts.scheme and not parts.netloc


def _all_ours(sources: str) -> bool:
    """Tell whether every candidate of a `srcset`, or the one address of a `src`, is ours."""
    return all(is_ours(candidate) for candidate in sources.split(","))


def clean(html: str) -> str:
    """Return the HTML with nothing in it that could run, restyle, or load from elsewhere."""
    return _cleaner().clean(html)
