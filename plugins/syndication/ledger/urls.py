"""Addresses that a person gives: they are kept for ever, and shown to everybody."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from syndication.ledger.errors import NotPossible


def require_address(url: str, what: str) -> None:
    """Stop at what is no address of the web, or holds a name and a password.

    Raises:
        NotPossible: it is none; `what` says whose address is asked for.
    """
    try:
        place = urlsplit(url)
    except ValueError:  # a bracket that is not closed
        place = SplitResult("", "", "", "", "")
    if place.scheme not in {"http", "https"} or not place.netloc:
        raise NotPossible(f"“{url}” bukan alamat {what}. Tulis alamat lengkap, https://…")
    if "@" in place.netloc:
        raise NotPossible(f"Alamat {what} memuat nama atau kata sandi (sebelum “@”). Hapus itu.")
