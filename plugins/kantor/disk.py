"""A disk that is full or may not be written, said in a sentence instead of Pelican's traceback."""

from __future__ import annotations

import logging

SAID = (
    "Build berhenti karena berkas tidak dapat ditulis atau dibaca: %s. Periksa sisa ruang disk "
    "dan hak akses, lalu ulangi. Situs yang tayang dan antrean unggahan tidak berubah."
)


class DiskTrouble(logging.Filter):
    """Turns what Pelican logs of an `OSError` into our words; all else passes as it is."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record where it is about the disk; drop none."""
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, OSError):
            file = f"{error.filename}: " if error.filename else ""
            record.msg, record.args = SAID, (f"{file}{error.strerror or error}",)
            record.exc_info = record.exc_text = None
        return True


def connect() -> None:
    """Listen to Pelican's own logger, once."""
    log = logging.getLogger("pelican")
    if not any(isinstance(each, DiskTrouble) for each in log.filters):
        log.addFilter(DiskTrouble())
