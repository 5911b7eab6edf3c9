"""Platforms in memory, for what follows a post: its correction, and its way back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from syndication.ledger import queries
from syndication.ledger.outbox import enqueue
from syndication.model import Correcting, Deed, Payload, Prepared, Receipt, State
from syndication.platforms.protocol import Refused
from tests.deliver.scene import GUARD, NOON, START, Scene

RALAT = "24 November 2026: harganya keliru."


@dataclass
class Board:
    """A platform in memory that keeps what is public.

    `failures` come first, one a call; those in `fail_at` come at the call of that number.
    """

    posts: dict[str, str] = field(default_factory=dict)
    failures: list[BaseException] = field(default_factory=list)
    refuse_deletions: bool = False
    fail_at: dict[int, Exception] = field(default_factory=dict)
    calls: int = 0
    given: int = 0

    def prepare(self, payload: Payload) -> Prepared:
        return Prepared(payload)

    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:
        del key
        return self._put(str(self.given + 1), prepared.payload)

    def _call(self) -> None:
        self.calls += 1
        if self.calls in self.fail_at:
            raise self.fail_at[self.calls]
        if self.failures:
            raise self.failures.pop(0)

    def _put(self, post_id: str, payload: Payload) -> Receipt:
        self._call()
        self.given = max(self.given, int(post_id))
        self.posts[post_id] = payload.text
        return Receipt(post_id, f"http://platform/{post_id}", NOON)


class Editable(Board):
    """A platform on which posts can be edited."""

    def revise(self, receipt: Receipt, payload: Payload) -> Receipt:
        return self._put(receipt.post_id, payload)


class Deletable(Board):
    """A platform from which posts can be taken back."""

    def withdraw(self, receipt: Receipt) -> None:
        self._call()
        if self.refuse_deletions:
            raise Refused("terlalu lama")
        self.posts.pop(receipt.post_id, None)


class Full(Editable, Deletable):
    """A platform that offers both."""


def build(scene: Scene, *, ralat: str = "", withdrawn: bool = False, also: str = "") -> None:
    """Build once: the article "a", with or without a correction, and what there is `also`."""
    text = f"Ralat {ralat}" if ralat else ""
    each = replace(scene.candidate("a", text=text), correction=ralat, withdrawn=withdrawn)
    offered = [each, *(scene.candidate(name) for name in also)]
    enqueue(
        scene.ledger,
        offered,
        pages={(made.article_id, "id"): made.url for made in offered},
        guard=GUARD,
        stamp=START,
        withdrawn={("a", "id")} if withdrawn else set(),
    )
    for made in offered:
        scene.site.put(f"/{made.article_id}.html")


def publish(scene: Scene, board: Board, *, ralat: str = "", withdrawn: bool = False) -> None:
    """Build once, and let the relay run."""
    build(scene, ralat=ralat, withdrawn=withdrawn)
    scene.run({"kanal": board})


def correct(scene: Scene, board: Board, correcting: Correcting, ralat: str = RALAT) -> None:
    """Publish a correction on a channel that corrects in this way."""
    build(scene, ralat=ralat)
    replace(scene.relay({"kanal": board}), correcting={"kanal": correcting}).run()


def states(scene: Scene) -> list[tuple[State, Deed]]:
    return [(each.state, each.deed) for each in queries.entries(scene.ledger)]
