"""What the office's site needs and Pelican lacks: languages, phrases, feeds, maps, headers."""

from __future__ import annotations

from pelican.plugins import signals

from kantor import (
    body,
    card,
    components,
    disk,
    feeds,
    files,
    furnish,
    known,
    reader,
    redirects,
    search,
    sides,
    sitemap,
)
from kantor.hosting import publish as hosting
from kantor.pictures import publish as pictures


def register() -> None:
    """Connect the rooms of this plugin to Pelican's signals, in the order of a build."""
    disk.connect()
    signals.initialized.connect(body.configure)
    signals.readers_init.connect(reader.register)
    signals.initialized.connect(pictures.open_album)
    signals.content_object_init.connect(pictures.fit_body)
    signals.static_generator_finalized.connect(pictures.keep_originals_back)
    signals.generator_init.connect(furnish.furnish)
    signals.article_generator_pretaxonomy.connect(sides.part_languages)
    signals.all_generators_finalized.connect(sides.collect)
    signals.all_generators_finalized.connect(pictures.make_copies)
    signals.all_generators_finalized.connect(card.give_cards)
    for part in (
        sides,
        redirects,
        feeds,
        sitemap,
        files,
        components,
        pictures,
        card,
        known,
        hosting,
    ):
        signals.get_generators.connect(part.generator)
    signals.finalized.connect(search.write_index)
