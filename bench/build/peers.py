"""The generators of sites that are measured beside each other."""

from __future__ import annotations

from bench.build.eleventy import Eleventy
from bench.build.hugo import Hugo
from bench.build.office import Office
from bench.build.peer import CHANGES, Peer
from bench.build.plain import CACHED, INCREMENTAL, Plain

PEERS: tuple[Peer, ...] = (
    Plain("pelican", "Pelican"),
    Plain("pelican-cache", "Pelican, its generator cache", CACHED, CHANGES),
    Hugo(),
    Eleventy(),
    Plain("incremental", "Pelican with `incremental`", INCREMENTAL, CHANGES),
    Office("office-off", "Siar, everything on, `INCREMENTAL = False`", incremental=False),
    Office("office", "Siar, everything on", incremental=True),
)
"""In the order in which a round measures them; those with a plain theme write equal pages."""
