"""Old addresses keep working: a small page at each that sends readers to the current one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from urllib.parse import urlsplit

from syndication.model import Article

Former = Mapping[tuple[str, str], tuple[str, ...]]
"""(article ID, language) → the URLs that an article had before."""

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


def pages(articles: Iterable[Article], former: Former, *, site: str) -> Iterator[tuple[str, str]]:
    """Yield (output file, page) for every old address: `Lama`'s, and those the ledger remembers.

    A page that stands at such an address today must be left alone by the caller.
    """
    for article in articles:
        known = (path_in(site, url) for url in former.get((article.id, article.lang), ()))
        for file in map(file_of, (*article.old_paths, *known)):
            yield file, page(url=article.url, title=article.title, lang=article.lang)


def path_in(site: str, url: str) -> str:
    """Return where a URL is below the site's address, which may have moved since."""
    return url.removeprefix(site) if site and url.startswith(site) else urlsplit(url).path
