"""Old addresses keep working: a small page at each leads to where the article is now."""

from __future__ import annotations

import logging
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from pelican import signals
from pelican.generators import Generator

from kantor.reading import as_list

if TYPE_CHECKING:
    from pelican import Pelican
    from pelican.contents import Article
    from pelican.writers import Writer

log = logging.getLogger(__name__)


def saved_at(address: str) -> str:
    """Return the file that answers for an old address, below the output folder.

    `/a/b.html` is itself; `/a/b/` and `/a/b` are `index.html` in that folder.
    """
    parts = unquote(urlsplit(address).path).split("/")
    kept = [part for part in parts if part not in {"", ".", ".."}]
    is_file = bool(kept) and "." in kept[-1]
    return "/".join(kept if is_file else [*kept, "index.html"])


def address_of(path: str) -> str:
    """Return the address, below the site's root, that a file answers for."""
    address = f"/{path}"
    return address.removesuffix("index.html") if address.endswith("/index.html") else address


def former_paths(article: Article) -> tuple[str, ...]:
    """Return the addresses that another plugin remembers of an article."""
    return tuple(getattr(article, "former_paths", ()))


class RedirectsGenerator(Generator):  # type: ignore[misc]  # Pelican is untyped
    """Writes a page for every former address of every article, after all other pages.

    Former are those that the writer lists (`Lama`), and `former_paths`, which another plugin that
    remembers addresses may set on an article.
    """

    def generate_context(self) -> None:
        """Take note of each page from now on: a redirect must not replace one.

        `REDIRECTS` holds what was written, as paths, for the web server's configuration.
        """
        self.written: set[str] = set()
        self.context["REDIRECTS"] = {}
        signals.content_written.connect(self._note)

    def generate_output(self, writer: Writer) -> None:
        """Write them; an address that two articles claim goes to the first."""
        claimed: dict[str, str] = {}
        for article in chain.from_iterable(s.articles for s in self.context["SIDES"].values()):
            for address in (*as_list(getattr(article, "lama", None)), *former_paths(article)):
                path = saved_at(address)
                owner = claimed.setdefault(path, article.relative_source_path)
                if owner == article.relative_source_path and path not in self.written:
                    self._write(writer, path, article)
                elif owner != article.relative_source_path:
                    log.warning(
                        "%s: alamat lama %s sudah dipakai oleh %s. Hapus salah satunya.",
                        article.relative_source_path,
                        address,
                        owner,
                    )

    def _note(self, path: str, **_context: object) -> None:
        self.written.add(Path(path).relative_to(self.output_path).as_posix())

    def _write(self, writer: Writer, path: str, article: Article) -> None:
        self.context["REDIRECTS"][address_of(path)] = f"/{article.url}"
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
