"""The rules for browsers, from one source: into each page, and into the web server's headers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import pass_context
from jinja2.runtime import Context

if TYPE_CHECKING:
    from pelican import Pelican

# Browsers ignore these in a page, and say so on the console (CSP Level 3, section 3.3 "The
# <meta> element"; looked up 2026-11-24).
ONLY_IN_HEADERS = frozenset({"frame-ancestors", "report-uri", "sandbox"})


def policy(directives: Mapping[str, str]) -> str:
    """Write a content security policy on one line."""
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


@pass_context
def policy_in_page(context: Context) -> str:
    """Write the policy as a page may carry it."""
    directives: Mapping[str, str] = context["CONTENT_SECURITY_POLICY"]
    return policy({n: s for n, s in directives.items() if n not in ONLY_IN_HEADERS})


def headers(settings: Mapping[str, Any]) -> str:
    """Write the headers of all addresses in the form that Netlify and Cloudflare Pages read."""
    everywhere = {
        "Content-Security-Policy": policy(settings["CONTENT_SECURITY_POLICY"]),
        **settings["SECURITY_HEADERS"],
    }
    lines = ["/*", *(f"  {name}: {value}" for name, value in everywhere.items())]
    for address, rule in settings["CACHE_RULES"].items():
        lines += [address, f"  Cache-Control: {rule}"]
    return "\n".join(lines) + "\n"


def write_headers(pelican: Pelican) -> None:
    """Write `_headers` into the output."""
    Path(pelican.output_path, "_headers").write_text(headers(pelican.settings), encoding="utf-8")
