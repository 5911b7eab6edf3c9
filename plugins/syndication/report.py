"""What a build says of the queue, in the words of the people who read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from syndication.drafts import Draft
from syndication.ledger.changes import Change
from syndication.ledger.decide import Action
from syndication.ledger.outbox import Enqueued

SHOWN = 5
"""How many articles a message names before it says how many more there are (our choice)."""

HEADINGS = {
    Action.QUEUE: "diantrekan",
    Action.AGAIN: "diantrekan lagi",
    Action.REPLACE: "diganti dengan naskah baru",
    Action.CANCEL: "dibatalkan",
    Action.SKIP: "dilewati",
    Action.CORRECT: "ralat diantrekan",
    Action.NOTE: "dicatat ralatnya",
    Action.TAKE_BACK: "akan diambil kembali",
    Action.KEEP: "tidak jadi diambil kembali",
}


def of_queue(done: Enqueued, *, ceiling: int) -> Iterator[str]:
    """Say what changed, each with its reason; and loudly what was too much to queue."""
    for action, heading in HEADINGS.items():
        changes = done.by(action)
        if changes:
            yield f"{len(changes)} unggahan {heading}:"
            yield from _named(changes)
    if done.blocked:
        articles = len({change.article_id for change in done.blocked})
        yield (
            f"PERHATIAN: {articles} artikel baru atau ralat sekaligus, padahal batasnya {ceiling} "
            "(SYNDICATION_MAX_NEW). Tidak satu pun diantrekan. Bila memang semuanya harus "
            "diunggah, naikkan batas itu; bila tidak, setel SYNDICATION_SINCE:"
        )
        yield from _named(done.blocked)
    if not done.changes and not done.blocked:
        yield "Antrean: tidak ada yang baru."


def of_refusals(drafts: Iterable[Draft]) -> Iterator[str]:
    """Say for which article no honest post is possible, and why."""
    for each in drafts:
        yield f"{each.article.source}: tidak ada unggahan untuk {each.channel.name}. {each.refusal}"


def _named(changes: Sequence[Change]) -> Iterator[str]:
    for change in changes[:SHOWN]:
        yield f"  {change.channel}: {change.title} ({change.reason})"
    if len(changes) > SHOWN:
        yield f"  … dan {len(changes) - SHOWN} lagi"
