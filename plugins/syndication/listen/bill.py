"""What a look at a channel costs while it is read, and when that is too much."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from syndication.office import dollars
from syndication.platforms.protocol import Client, Metered


class TooDear(Exception):  # noqa: N818 -- says what reading on would be
    """Reading more would exceed the channel's budget; nothing more was read."""


@dataclass(slots=True)
class Bill:
    """Counts what is read, in posts and US dollars. `left` (None: no budget) is what may be spent.

    A channel whose platform bills nothing costs nothing.
    """

    client: Client
    price: Decimal
    left: Decimal | None
    reads: int = 0

    @property
    def cost(self) -> Decimal:
        """Tell what was spent."""
        return self.reads * self.price

    def note(self) -> None:
        """Count what was read since the last time."""
        if isinstance(self.client, Metered):
            self.reads += self.client.take_reads()

    def afford(self, coming: int = 0) -> None:
        """Make sure that so many more posts can be read, and that not too much was.

        Raises:
            TooDear: they cannot, or it was.
        """
        self.note()
        if self.left is not None and self.cost + coming * self.price > self.left:
            rest = dollars(max(self.left - self.cost, Decimal(0)))
            raise TooDear(f"anggaran bulan ini tidak cukup untuk membaca lagi (sisa {rest})")
