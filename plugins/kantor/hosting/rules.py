"""The rules for browsers, from one source: into each page, and into every web server's own form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from kantor.addresses import here

POLICY = "Content-Security-Policy"
NOT_FOUND = "/404.html"
# Browsers ignore these in a page, and say so on the console (CSP Level 3, section 3.3 "The
# <meta> element"; looked up 2026-11-24).
ONLY_IN_HEADERS = frozenset({"frame-ancestors", "report-uri", "sandbox"})

# A former address with any other character has its own meaning in some server's configuration:
# there the page that leads on has to do.
_PLAIN = re.compile(r"[\w./~,()@!+=:&'-]+")


@dataclass(frozen=True, slots=True)
class Rules:
    """What a web server is to do; every path begins with "/" and is below the site's root.

    `everywhere` are headers of every answer. `policies` are those of single pages, by their path,
    which ends with "/". `caching` says how long what is below a path (`/theme/*`) may be kept, and
    `otherwise` how long all else may. `redirects` lead from a former path to the present one.
    """

    everywhere: Mapping[str, str]
    policies: Mapping[str, str]
    caching: Mapping[str, str]
    otherwise: str
    redirects: Mapping[str, str]


def policy(directives: Mapping[str, str]) -> str:
    """Write a content security policy on one line."""
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


def directives_of(settings: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Return the directives of each page that has its own, by path: `cari/`, `en/cari/`."""
    usual, default = settings["CONTENT_SECURITY_POLICY"], settings["DEFAULT_LANG"]
    return {
        path if lang == default else f"{lang}/{path}": {**usual, **own}
        for path, own in settings["CONTENT_SECURITY_POLICY_OF"].items()
        for lang in settings["LANGUAGES"]
    }


@pass_context
def policy_in_page(context: Context) -> str:
    """Write the policy as a page may carry it."""
    usual: Mapping[str, str] = context["CONTENT_SECURITY_POLICY"]
    directives = directives_of(context.get_all()).get(here(context), usual)
    return policy({n: s for n, s in directives.items() if n not in ONLY_IN_HEADERS})


def rules_of(settings: Mapping[str, Any], redirects: Mapping[str, str]) -> Rules:
    """Gather the rules from the settings."""
    usual = policy(settings["CONTENT_SECURITY_POLICY"])
    return Rules(
        everywhere={POLICY: usual, **settings["SECURITY_HEADERS"]},
        policies={f"/{path}": policy(own) for path, own in directives_of(settings).items()},
        caching=settings["CACHE_RULES"],
        otherwise=settings["CACHE_OTHERWISE"],
        redirects={f: p for f, p in redirects.items() if _PLAIN.fullmatch(f)},
    )
