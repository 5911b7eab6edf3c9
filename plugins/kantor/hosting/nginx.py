"""The rules for nginx, to be included in the `server` block that names address and certificate."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from kantor.hosting.rules import NOT_FOUND, POLICY, Rules

_HEAD = f"""\
# Ditulis ulang oleh setiap pembangunan situs: jangan disunting, ubah pelicanconf.py.
# Cara memasangnya: docs/operator.md, "Server web".
index index.html;
server_tokens off;
absolute_redirect off;
charset utf-8;
charset_types text/plain text/css text/xml application/javascript application/json application/xml;
gzip on;
gzip_vary on;
gzip_types text/plain text/css text/xml application/javascript application/json application/xml
    application/manifest+json image/svg+xml;
error_page 404 {NOT_FOUND};
location ~ /\\.(?!well-known/) {{ return 404; }}
location = /_headers {{ return 404; }}
location = /manifest.webmanifest {{ default_type application/manifest+json; }}
"""


def _quoted(text: str) -> str:
    """Write a string, in which nginx reads backslash and quote, and "$" as a variable.

    Raises:
        ValueError: there is a "$", which nginx knows no way to write.
    """
    if "$" in text:
        raise ValueError(f'nginx: tanda "$" tidak dapat dipakai: {text}')
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _add(headers: Mapping[str, str], caching: str) -> list[str]:
    every = {**headers, "Cache-Control": caching}
    return [f"add_header {name} {_quoted(value)} always;" for name, value in every.items()]


def _below(path: str, headers: Mapping[str, str], caching: str) -> list[str]:
    """Write a location, with all headers: one that adds any inherits none (nginx, "add_header")."""
    return [f"location ^~ {_quoted(path)} {{", *(f"    {a}" for a in _add(headers, caching)), "}"]


def nginx(rules: Rules) -> str:
    """Write the file."""
    lines = [_HEAD, *_add(rules.everywhere, rules.otherwise)]
    for path, policy in rules.policies.items():
        lines += _below(path, {**rules.everywhere, POLICY: policy}, rules.otherwise)
    for pattern, caching in rules.caching.items():
        lines += _below(pattern.removesuffix("*"), rules.everywhere, caching)
    for former, present in rules.redirects.items():
        lines.append(f"location = {_quoted(former)} {{ return 301 {_quoted(quote(present))}; }}")
    return "\n".join(lines) + "\n"
