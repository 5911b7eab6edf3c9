from __future__ import annotations

from pathlib import Path

from tests.deliver import crew
from tests.deliver.faults import run
from tests.postgres import Server


def test_fifty_kills_lose_nothing_and_send_nothing_twice(tmp_path: Path) -> None:
    tally = run(f"sqlite:///{tmp_path}/ledger.sqlite3", kills=50, seed=4)
    assert (tally.duplicates, tally.lost, tally.early) == (0, 0, 0)
    assert tally.in_doubt["key"] == 0
    assert tally.good, str(tally)


def test_workers_on_one_server_lose_nothing_and_send_nothing_twice(server: Server) -> None:
    tally, held = crew.run(server.make(), kills=12, entries=120, workers=3, seed=4)
    assert (tally.duplicates, tally.lost, tally.early) == (0, 0, 0)
    assert tally.entries >= 120
    assert held > 0
    assert tally.good, str(tally)
