"""Old addresses keep working: a small page at each leads to where the article is now."""

from __future__ import annotations

import logging
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from pelican.generators import Generator

from kantor.reading import as_list

if TYPE_CHECKING:
    from pelican import Pelican
    from pelican.contents import Article
    from pelican.writers import Writer

log = logging.getLogger(__name__)


def saved_at(address: str) -> str:
    """Return the file that answers for an old address, below the output folder."""
    path = unquote(urlsplit(address).path).lstrip("/")
    is_file = "." in path.rpartition("/")[2]
    return path if is_file else f"{path.rstrip('/')}/index.html".lstrip("/")


class RedirectsGenerator(Generator):
    """Writes a page for every `Lama` of every article."""

    def generate_output(self, writer: Writer) -> None:
        """Write them; an address that two articles claim goes to the first."""
        claimed: dict[str, str] = {}
        for article in chain.from_iterable(s.articles for s in self.context["SIDES"].values()):
            for address in as_list(getattr(article, "lama", None)):
                path = saved_at(address)
                if path in claimed:
                    log.warning(
                        "%s: alamat lama %s sudah dipakai oleh %s. Hapus salah satunya.",
                        article.relative_source_path,
                        address,
                        claimed[path],
                    )
                    continue
                claimed[path] = article.relative_source_path
                self._write(writer, path, article)

    def _write(self, writer: Writer, path: str, article: Article) -> None:
        writer.write_file(
            path,
            self.get_template("redirect"),
            self.context,
            relative_urls=self.settings["RELATIVE_URLS"],
            url=path,
            article=article,
        )


def generator(pelican: Pelican) -> type[Generator]:
    """Hand Pelican the generator."""
    del pelican
    return RedirectsGenerator
