"""One round: what is live against what was told, each listener by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import httpx

from announce import memory
from announce.listeners import Listener, NotTold
from announce.site import Site

Say = Callable[[str], None]


def tell_all(
    http: httpx.Client, listeners: Sequence[Listener], live: Site, file: Path, say: Say
) -> bool:
    """Tell each listener what changed since it was told last; return whether all took it.

    What one took is remembered at once in `file`, so that it does not hear it twice.
    """
    took = [_tell(http, each, live, file, say) for each in listeners]
    return all(took)


def _tell(http: httpx.Client, listener: Listener, live: Site, file: Path, say: Say) -> bool:
    told, now = memory.read(file), listener.hears(live)
    news = listener.news(told.get(listener.name), now)
    try:
        if news:
            listener.tell(http, news)
    except NotTold as lack:
        say(f"Belum diberitahukan: {lack}. Akan dicoba lagi pada jalan berikutnya.")
        return False
    memory.write(file, {**told, listener.name: now})
    say(
        f"{listener.name}: {len(news)} alamat diberitahukan."
        if news
        else f"{listener.name}: tidak ada yang baru."
    )
    return True
