"""Small files with fixed names that machines look for at a site's root."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pelican.generators import Generator

from syndication import clock

if TYPE_CHECKING:
    from pelican import Pelican
    from pelican.writers import Writer

NAMES = {
    "robots.txt": "robots.txt",
    "humans.txt": "humans.txt",
    ".well-known/security.txt": "security.txt",
    "manifest.webmanifest": "manifest.webmanifest",
}
SEARCH = "opensearch.xml"  # on each side: how a browser searches the site by itself
# Browsers that know no SVG icon ask for this one unbidden.
COPIES = {"favicon.ico": "img/favicon.ico"}
# RFC 9116, section 2.5.5: "less than a year into the future"; a site is built far more often.
SECURITY_TXT_HOLDS = timedelta(days=180)


class FilesGenerator(Generator):  # type: ignore[misc]  # Pelican is untyped
    """Writes each from its template, for a site that knows its own address, and copies icons."""

    def generate_output(self, writer: Writer) -> None:
        """Write them."""
        for path, source in COPIES.items():
            shutil.copyfile(Path(self.theme, "static", source), Path(self.output_path, path))
        if not self.settings["SITEURL"]:
            return
        expires = (clock.now() + SECURITY_TXT_HOLDS).replace(microsecond=0)
        for path, template in NAMES.items():
            text = expires.isoformat().replace("+00:00", "Z")
            self._write(writer, path, template, expires=text)
        if key := self.settings.get("INDEXNOW_KEY"):  # how search engines know it is the site
            Path(self.output_path, f"{key}.txt").write_text(key, encoding="utf-8")
        for side in self.context["SIDES"].values():
            if side.exists:
                self._write(writer, side.prefix + SEARCH, SEARCH, lang=side.lang)

    def _write(self, writer: Writer, path: str, template: str, **more: str) -> None:
        writer.write_file(
            path,
            self.env.get_template(template),
            self.context,
            relative_urls=False,
            url=path,
            **more,
        )


def generator(pelican: Pelican) -> type[Generator]:
    """Hand Pelican the generator."""
    del pelican
    return FilesGenerator
