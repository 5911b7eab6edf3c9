"""What the office's site needs and Pelican lacks: languages, phrases, feeds, maps, headers."""

from __future__ import annotations

from pelican.plugins import signals

from kantor import (
    body,
    components,
    feeds,
    files,
    furnish,
    hosting,
    reader,
    redirects,
    sides,
    sitemap,
)


def register() -> None:
    """Connect the rooms of this plugin to Pelican's signals, in the order of a build."""
    signals.initialized.connect(body.configure)
    signals.readers_init.connect(reader.register)
    signals.generator_init.connect(furnish.furnish)
    signals.article_generator_pretaxonomy.connect(sides.part_languages)
    signals.all_generators_finalized.connect(sides.collect)
    for part in (sides, redirects, feeds, sitemap, files, components):
        signals.get_generators.connect(part.generator)
    signals.finalized.connect(hosting.write_headers)
