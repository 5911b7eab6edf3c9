"""The rules for Caddy, to be imported in the site block that names the address and the folder."""

from __future__ import annotations

from urllib.parse import quote

from kantor.hosting.rules import NOT_FOUND, POLICY, Rules

_HEAD = """\
# Ditulis ulang oleh setiap pembangunan situs: jangan disunting, ubah pelicanconf.py.
# Cara memasangnya: docs/operator.md, "Server web".
encode gzip
"""


def _quoted(text: str) -> str:
    """Write a string, in which Caddy reads backslash and quote, and "{" as a placeholder.

    Raises:
        ValueError: there is a "{", which would not mean itself.
    """
    if "{" in text:
        raise ValueError(f'Caddy: tanda "{{" tidak dapat dipakai: {text}')
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _steps(rules: Rules) -> list[str]:
    """Write what is done with a request, in this order: later headers replace earlier ones."""
    steps = [f"header {name} {_quoted(value)}" for name, value in rules.everywhere.items()]
    steps += [f"header Cache-Control {_quoted(rules.otherwise)}", "header -Server"]
    steps.append("header /manifest.webmanifest Content-Type application/manifest+json")
    for path, policy in rules.policies.items():
        steps.append(f"header {path}* {POLICY} {_quoted(policy)}")
    for pattern, caching in rules.caching.items():
        steps.append(f"header {pattern} Cache-Control {_quoted(caching)}")
    for former, present in rules.redirects.items():
        steps.append(f"redir {_quoted(former)} {_quoted(quote(present))} 301")
    return [*steps, "error @hidden 404", "file_server"]


def caddy(rules: Rules) -> str:
    """Write the file."""
    return "\n".join(
        [
            _HEAD,
            "@hidden {",
            "\tpath */.* /_headers",
            "\tnot path /.well-known/*",
            "}",
            "route {",
            *(f"\t{step}" for step in _steps(rules)),
            "}",
            "handle_errors {",
            f"\theader Cache-Control {_quoted(rules.otherwise)}",
            f"\trewrite * {NOT_FOUND}",
            "\tfile_server",
            "}",
            "",
        ]
    )
