"""Old addresses keep working: a small page at each that sends readers to the current one."""

from __future__ import annotations

from html import escape

PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="canonical" href="{url}">
<meta http-equiv="refresh" content="0; url={url}">
<meta name="robots" content="noindex">
</head>
<body><p><a href="{url}">{title}</a></p></body>
</html>
"""


def page(*, url: str, title: str, lang: str) -> str:
    """Write the page that leads from an old address to `url`, with and without refresh."""
    return PAGE.format(url=escape(url), title=escape(title), lang=escape(lang))


def file_of(address: str) -> str:
    """Name the output file of an old address, relative to the output folder.

    `/a/b.html` is itself; `/a/b/` and `/a/b` are `index.html` in that folder.
    """
    path = address.split("?", 1)[0].split("#", 1)[0].strip("/")
    parts = [part for part in path.split("/") if part not in {"", ".", ".."}]
    if parts and "." in parts[-1]:
        return "/".join(parts)
    return "/".join([*parts, "index.html"])
