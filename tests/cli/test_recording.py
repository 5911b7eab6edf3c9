"""A run is on record from its beginning, however it ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from syndication import clock
from syndication.cli.overview import last_run
from syndication.cli.recording import CUT_SHORT, recorded
from syndication.deliver.journal import Journal
from syndication.ledger import runs
from syndication.ledger.errors import LedgerError, Unwritable
from syndication.ledger.events import Stamp
from syndication.ledger.store import Ledger, create_ledger
from tests.ledger.samples import JAKARTA, later

SILENT = Journal(None, clock.now, "timer")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = create_ledger(f"sqlite:///{tmp_path}/ledger.sqlite3", stamp=Stamp(clock.now(), "uji"))
    yield made
    made.close()


def said(ledger: Ledger) -> str | None:
    last = runs.last(ledger)
    return last.said if last and last.ended_at else None


def test_a_run_says_how_it_ended(ledger: Ledger) -> None:
    with recorded(ledger, SILENT) as say:
        assert said(ledger) is None
        say("2 terkirim.")
    assert said(ledger) == "2 terkirim."


@pytest.mark.parametrize("error", [SystemExit(1), Unwritable("x", "penuh")])
def test_a_run_that_stops_early_says_so_and_its_error_is_not_lost(
    ledger: Ledger, error: BaseException
) -> None:
    with pytest.raises(type(error)), recorded(ledger, SILENT):
        raise error
    assert said(ledger) == CUT_SHORT


def test_a_ledger_that_fails_at_the_end_hides_nothing(ledger: Ledger) -> None:
    def fail_early() -> None:
        with recorded(ledger, SILENT):
            with ledger.writing() as connection:
                connection.exec_driver_sql("DROP TABLE runs")
            raise Unwritable("x", "penuh")

    with pytest.raises(LedgerError, match="penuh"):
        fail_early()


@pytest.mark.parametrize(
    ("run", "words"),
    [
        pytest.param(None, "`siar relay` belum pernah berjalan.", id="never"),
        pytest.param(
            runs.Run("relay", later(0).at, None, "timer", ""),
            "Pengiriman terakhir dimulai 24-11-2026 10.00 (oleh timer): masih berjalan, atau "
            "terputus.",
            id="killed",
        ),
        pytest.param(
            runs.Run("relay", later(0).at, later(1).at, "timer", "1 terkirim."),
            "Pengiriman terakhir 24-11-2026 10.00 (oleh timer): 1 terkirim.",
            id="ended",
        ),
    ],
)
def test_the_last_run_in_words(run: runs.Run | None, words: str) -> None:
    assert last_run(run, zone=JAKARTA) == words
