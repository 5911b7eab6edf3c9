"""What an account's timeline says of one post that the ledger knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from syndication.deliver.timelines import Claims
from syndication.model import Entry, Receipt
from syndication.platforms.answers import plain
from syndication.platforms.protocol import Seen

REAPPEARED = "tercatat sudah ditarik, tetapi masih tampil: hapus dengan tangan"


class Verdict(StrEnum):
    """What reading back says of a post that the ledger holds for delivered."""

    PRESENT = "present"
    MISSING = "missing"
    ALTERED = "altered"
    DUPLICATED = "duplicated"
    STILL_SHOWN = "still_shown"
    NOT_CHECKABLE = "not_checkable"


@dataclass(frozen=True, slots=True)
class Checked:
    """An entry with a post, and the verdict on it; `says` is for the operator.

    One that was taken back is only named where its post is still shown.
    """

    entry: Entry
    receipt: Receipt
    verdict: Verdict
    says: str = ""


def is_shown(receipt: Receipt, shown: Iterable[Seen]) -> bool:
    """Tell whether a timeline has the post of a receipt."""
    own = Claims([receipt])
    return any(seen in own for seen in shown)


def gone_or_not(entry: Entry, receipt: Receipt, shown: Sequence[Seen] | None) -> Checked:
    """Judge a post that should be gone: the ledger says that it stands."""
    if shown is None or is_shown(receipt, shown):
        return Checked(entry, receipt, Verdict.STILL_SHOWN, entry.reason)
    says = f"sudah tidak tampil; catat: `siar removed {entry.id} --why ALASAN`"
    return Checked(entry, receipt, Verdict.MISSING, says)


def judge(entry: Entry, receipt: Receipt, shown: Sequence[Seen], claimed: Claims) -> Checked:
    """Judge a post that should be there; `claimed` are all that the ledger knows on its channel."""
    twins = [seen for seen in shown if _says(seen, entry) and seen not in claimed]
    own = Claims([receipt])
    mine = [seen for seen in shown if seen in own]
    if not mine:
        hint = f"; yang serupa ada di {twins[0].url}" if twins else ""
        return Checked(entry, receipt, Verdict.MISSING, f"tidak ada di linimasa{hint}")
    if twins:
        where = ", ".join(twin.url for twin in twins)
        return Checked(entry, receipt, Verdict.DUPLICATED, f"ada lagi di {where}")
    if entry.payload and not _says(mine[0], entry):
        return Checked(entry, receipt, Verdict.ALTERED, "teks atau tautannya lain")
    return Checked(entry, receipt, Verdict.PRESENT)


def _says(seen: Seen, entry: Entry) -> bool:
    """Tell whether a post says what the entry says; a timeline may show no links at all."""
    if entry.payload is None or seen.text != plain(entry.payload.text):
        return False
    return not seen.links or entry.payload.link in seen.links
