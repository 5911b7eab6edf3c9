"""Which address is which article: written by a build, read when logs are counted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from pelican.generators import Generator

from kantor.reading import as_list
from kantor.redirects import former_paths, saved_at

if TYPE_CHECKING:
    from pelican import Pelican
    from pelican.contents import Article
    from pelican.writers import Writer

INDEX = "index.html"


def paths_of(article: Article) -> Iterator[str]:
    """List the paths at which an article is or was, as a server's log has them, decoded."""
    old = (*as_list(getattr(article, "lama", None)), *former_paths(article))
    for path in (article.url, *map(saved_at, old)):
        file = unquote(path)
        yield f"/{file}"
        folder = file.removesuffix(INDEX)
        yield f"/{folder}" if folder != file else f"/{file.rstrip('/')}/{INDEX}"


class AddressesGenerator(Generator):  # type: ignore[misc]  # Pelican is untyped
    """Writes them for a site that knows its own address, beside the content and not into the site.

    An address that is two articles' belongs to the one that is there now.
    """

    def generate_output(self, writer: Writer) -> None:
        """Write `ADDRESSES_FILE`."""
        del writer
        if not self.settings["SITEURL"]:
            return
        root = urlsplit(self.settings["SITEURL"]).path.rstrip("/")
        articles = chain.from_iterable(side.articles for side in self.context["SIDES"].values())
        known: dict[str, str] = {}
        for article in articles:
            if identity := str(getattr(article, "id", "")):
                now, *before = paths_of(article)
                known[root + now] = identity
                for path in before:
                    known.setdefault(root + path, identity)
        file = Path(self.settings["PATH"]).parent / self.settings["ADDRESSES_FILE"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def generator(pelican: Pelican) -> type[Generator]:
    """Hand Pelican the generator."""
    del pelican
    return AddressesGenerator
