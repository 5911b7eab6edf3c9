"""The key of a post's record: a TID, as Bluesky wants it, and the same at every rendering."""

from __future__ import annotations

from datetime import datetime

DIGITS = "234567abcdefghijklmnopqrstuvwxyz"
"""Base 32, in the order of ASCII.

Source: https://atproto.com/specs/tid (2026-11-24).
"""

LENGTH = 13
MICROSECONDS = 1_000_000
CLOCK_BITS = 10


def tid(moment: datetime, origin: str) -> str:
    """Write a TID: the moment in whole seconds, its fraction and clock id taken from `origin`.

    So two posts of one second differ, as surely as 30 bits of a digest do. `origin` is
    hexadecimal.
    """
    number = int(origin, 16)
    clock, rest = number % (1 << CLOCK_BITS), number >> CLOCK_BITS
    microseconds = int(moment.timestamp()) * MICROSECONDS + rest % MICROSECONDS
    value, digits = microseconds << CLOCK_BITS | clock, ""
    for _ in range(LENGTH):
        value, digit = divmod(value, len(DIGITS))
        digits = DIGITS[digit] + digits
    return digits
