"""Every component of the theme on one page, `/_komponen/`, of a development build only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pelican.generators import Generator

if TYPE_CHECKING:
    from pelican import Pelican
    from pelican.writers import Writer

PATH = "_komponen/"


class ComponentsGenerator(Generator):  # type: ignore[misc]  # Pelican is untyped
    """Writes the page where there is no public address yet."""

    def generate_output(self, writer: Writer) -> None:
        """Write it."""
        if not self.settings["SITEURL"]:
            writer.write_file(
                f"{PATH}index.html",
                self.get_template("components"),
                self.context,
                relative_urls=self.settings["RELATIVE_URLS"],
                url=PATH,
            )


def generator(pelican: Pelican) -> type[Generator]:
    """Hand Pelican the generator."""
    del pelican
    return ComponentsGenerator
