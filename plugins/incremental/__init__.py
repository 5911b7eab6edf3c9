"""Builds of a Pelican site that cost what changed: see README.md beside this file."""

from __future__ import annotations

import logging
from typing import Any

from blinker import signal
from pelican import Pelican
from pelican.generators import Generator
from pelican.plugins import signals
from pelican.writers import Writer

from incremental import addresses, grouping, listing, parsers
from incremental.build import Build
from incremental.surroundings import settings_digest

log = logging.getLogger(f"pelican.{__name__}")

SITE_FILE = signal("site_file")
"""Another plugin sends it with the path of each file of its own that is part of the site now."""

_digests: dict[int, bytes] = {}
_builds: list[Build] = []
"""The build under way, last; a plugin may build another site within one."""


def register() -> None:
    """Connect to Pelican's signals."""
    signals.initialized.connect(_initialized)
    signals.get_generators.connect(_begin)
    signals.generator_init.connect(_adopt)
    signals.get_writer.connect(_choose_writer)
    # Before other receivers, if this is the first of the site's plugins: a search index must not
    # find what is gone.
    signals.finalized.connect(_take_away)


def _initialized(pelican: Pelican) -> None:
    _digests[id(pelican)] = settings_digest(pelican.settings)


def _begin(pelican: Pelican) -> None:
    for build in [each for each in _builds if each.pelican.output_path == pelican.output_path]:
        build.folder.release()  # it did not come to its end
        _builds.remove(build)
    listing.use(pelican.settings)
    grouping.restore()
    addresses.forget()
    parsers.restore()
    if pelican.settings.get("INCREMENTAL", True):
        grouping.improve()
        build = Build(pelican, _digests[id(pelican)])
        build.clean()
        _builds.append(build)


def _adopt(generator: Generator) -> None:
    if _builds and _builds[-1].settings is generator.settings:
        _builds[-1].adopt(generator)


def _choose_writer(pelican: Pelican) -> type[Writer] | None:
    for build in _builds:
        if build.pelican is pelican:
            signals.content_written.connect(_note)
            signals.feed_written.connect(_note)
            SITE_FILE.connect(_note)
            # Last of all receivers: what is kept says that all else is done.
            signals.finalized.disconnect(_finish)
            signals.finalized.connect(_finish)
            return build.begin_output()
    return None


def _note(path: str, **_said: Any) -> None:  # noqa: ANN401 -- Pelican's
    for build in _builds:
        build.wrote(path)


def _take_away(pelican: Pelican) -> None:
    for build in _builds:
        if build.pelican is pelican:
            build.take_pages_away()


def _finish(pelican: Pelican) -> None:
    addresses.forget()
    parsers.restore()
    for build in [each for each in _builds if each.pelican is pelican]:
        build.finish()
        _builds.remove(build)
