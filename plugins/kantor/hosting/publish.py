"""Writes the rules after all pages: `_headers` to the site, the rest beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pelican.generators import Generator

from kantor.hosting.caddy import caddy
from kantor.hosting.headers_file import headers_file
from kantor.hosting.nginx import nginx
from kantor.hosting.rules import rules_of

if TYPE_CHECKING:
    from pelican import Pelican
    from pelican.writers import Writer

BESIDE = {"nginx.conf": nginx, "situs.caddy": caddy}


class HostingGenerator(Generator):  # type: ignore[misc]  # Pelican is untyped
    """Writes `_headers`, and for a site that knows its own address the files of `BESIDE`."""

    def generate_output(self, writer: Writer) -> None:
        """Write them."""
        del writer
        output = Path(self.output_path)
        rules = rules_of(self.settings, self.context["REDIRECTS"])
        (output / "_headers").write_text(headers_file(rules), encoding="utf-8")
        if not self.settings["SITEURL"]:
            return
        folder = output.parent / self.settings["HOSTING_PATH"]
        folder.mkdir(parents=True, exist_ok=True)
        for name, write in BESIDE.items():
            _replace(folder / name, write(rules))


def _replace(file: Path, text: str) -> None:
    """Put the text in place at once, since a server may read it; leave what is the same."""
    if file.is_file() and file.read_text("utf-8") == text:
        return
    fresh = file.with_name(f"{file.name}.baru")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(file)


def generator(pelican: Pelican) -> type[Generator]:
    """Hand Pelican the generator."""
    del pelican
    return HostingGenerator
