from __future__ import annotations

from datetime import date
from decimal import Decimal

from syndication.ledger.reads import cost_since, record_reads
from syndication.ledger.store import Ledger

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def test_what_was_read_adds_up_to_the_cent(ledger: Ledger) -> None:
    with ledger.writing() as connection:
        record_reads(connection, "x-id", MONDAY, 1, Decimal("0.005"))
        for _ in range(3):
            record_reads(connection, "x-id", TUESDAY, 2, Decimal("0.1"))
        record_reads(connection, "x-en", TUESDAY, 1, Decimal("0.005"))
        record_reads(connection, "x-id", TUESDAY, 0, Decimal("0E-7"))
    with ledger.reading() as connection:
        assert cost_since(connection, "x-id", MONDAY) == Decimal("0.305")
        assert cost_since(connection, "x-id", TUESDAY) == Decimal("0.3")
        assert cost_since(connection, "x-id", date(2026, 11, 25)) == 0
