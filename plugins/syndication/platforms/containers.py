"""Meta's containers: a post is laid down, looked after until it is ready, then published.

Nothing is public before the last step, so whatever goes wrong until then is at worst a delay.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from syndication.model import Channel
from syndication.platforms.answers import Answer
from syndication.platforms.meta import fine, number
from syndication.platforms.protocol import Deferred, InDoubt, NotSetUp

CONTAINER = "container"
"""Under this name the id of a container is kept with what was prepared."""

FINISHED = "FINISHED"
IN_PROGRESS = "IN_PROGRESS"
FAILED = "ERROR"
"""States of a container; the others are EXPIRED (after 24 hours) and PUBLISHED.

Source: https://developers.facebook.com/docs/threads/troubleshooting and
https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container
(2026-11-24).
"""

DETAIL = re.compile(r"[\[(].*[\])]")
"""What was heard, in the brackets of a reason; its words are about a post that may be public."""

LOOKS = 10
DEFAULT_PAUSE = 3.0
"""Our own choice: a picture takes a few seconds. One that takes more than half a minute comes
again with the next run; Meta asks not to look more than five minutes on end."""


@dataclass(frozen=True, slots=True)
class Quota:
    """How many posts the account made through the API, and how many it may make in `hours`."""

    used: int
    total: int
    hours: int

    @property
    def spent(self) -> bool:
        """Tell whether nothing more can be posted for now."""
        return self.total > 0 and self.used >= self.total


def pause(channel: Channel) -> float:
    """Read how many seconds pass between two looks at a container.

    Raises:
        NotSetUp: the channel's `pause` is no number from 0 to 60.
    """
    stated = channel.options.get("pause", "") or str(DEFAULT_PAUSE)
    try:
        value = float(stated)
    except ValueError:
        value = -1
    if not 0 <= value <= 60:  # noqa: PLR2004 -- a minute, as the message says
        raise NotSetUp(f'Saluran "{channel.name}": pause "{stated}" bukan 0 sampai 60 detik.')
    return value


def settled(look: Callable[[], Answer], field: str, seconds: float) -> tuple[str, Answer]:
    """Look at a container until it is no longer in progress; return its state and what was said.

    `field` is where the platform tells the state; "" is the state of an unreadable answer.
    """
    state, answer = _state(look(), field)
    for _ in range(LOOKS - 1):
        if state != IN_PROGRESS:
            break
        time.sleep(seconds)
        state, answer = _state(look(), field)
    return state, answer


def quota(answer: Answer) -> Quota | None:
    """Read a publishing limit; None where the answer has none.

    Source: https://developers.facebook.com/docs/threads/overview and
    https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/content_publishing_limit
    (2026-11-24).
    """
    rows = answer.data.get("data")
    row = rows[0] if isinstance(rows, list) and rows else None
    config = row.get("config") if isinstance(row, dict) else None
    if not (fine(answer) and isinstance(row, dict) and isinstance(config, dict)):
        return None
    seconds = number(config.get("quota_duration"))
    return Quota(number(row.get("quota_usage")), number(config.get("quota_total")), seconds // 3600)


@contextmanager
def nothing_public() -> Iterator[None]:
    """Let what is unclear before a post is public be a mere delay."""
    try:
        yield
    except InDoubt as doubt:
        detail = "".join(DETAIL.findall(doubt.reason))
    else:
        return
    raise Deferred(f"Unggahan belum selesai disiapkan; belum ada yang tayang. {detail}".rstrip())


def _state(answer: Answer, field: str) -> tuple[str, Answer]:
    state = answer.data.get(field)
    return (state if fine(answer) and isinstance(state, str) else ""), answer
