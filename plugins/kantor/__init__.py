"""What the office's site needs and Pelican lacks: languages, phrases, feeds, maps, headers."""

from __future__ import annotations

from pelican.plugins import signals

from kantor import body, furnish, hosting, redirects, sides


def register() -> None:
    """Connect the rooms of this plugin to Pelican's signals, in the order of a build."""
    signals.initialized.connect(body.configure)
    signals.generator_init.connect(furnish.furnish)
    signals.article_generator_pretaxonomy.connect(sides.part_languages)
    signals.all_generators_finalized.connect(sides.collect)
    signals.get_generators.connect(sides.generator)
    signals.get_generators.connect(redirects.generator)
    signals.finalized.connect(hosting.write_headers)
