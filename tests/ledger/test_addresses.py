from __future__ import annotations

import pytest

from syndication.ledger.addresses import old_addresses
from syndication.ledger.outbox import Pages, enqueue
from syndication.ledger.queries import head
from syndication.ledger.store import Ledger
from tests.ledger.samples import GUARD, later

A = ("lelang", "id")
B = ("piutang", "id")
EN = ("lelang", "en")


@pytest.mark.parametrize(
    ("builds", "old"),
    [
        pytest.param([{A: "/a"}], {}, id="never renamed"),
        pytest.param([{A: "/a"}, {A: "/b"}], {A: ("/a",)}, id="renamed"),
        pytest.param([{A: "/a"}, {A: "/b"}, {A: "/c"}], {A: ("/a", "/b")}, id="renamed twice"),
        pytest.param([{A: "/a"}, {A: "/b"}, {A: "/a"}], {A: ("/b",)}, id="renamed back"),
        pytest.param(
            [{A: "/a", EN: "/en/a"}, {A: "/a", EN: "/en/b"}],
            {EN: ("/en/a",)},
            id="only the translation",
        ),
        pytest.param([{A: "/a"}, {A: "/b", B: "/a"}], {}, id="another article is there now"),
        pytest.param(
            [{A: "/a"}, {A: "/b", B: "/a"}, {A: "/b", B: "/c"}],
            {B: ("/a",)},
            id="the last one that was there counts",
        ),
        pytest.param([{A: "/a"}, {}, {A: "/b"}], {A: ("/a",)}, id="a draft in between"),
    ],
)
def test_former_addresses(
    ledger: Ledger, builds: list[Pages], old: dict[tuple[str, str], tuple[str, ...]]
) -> None:
    for minute, pages in enumerate(builds):
        enqueue(ledger, [], pages=pages, guard=GUARD, stamp=later(minute))
    assert old_addresses(ledger, builds[-1]) == old


def test_the_same_addresses_again_change_nothing(ledger: Ledger) -> None:
    enqueue(ledger, [], pages={A: "/a"}, guard=GUARD, stamp=later(0))
    before = head(ledger)
    enqueue(ledger, [], pages={A: "/a"}, guard=GUARD, stamp=later(1))
    assert head(ledger) == before
