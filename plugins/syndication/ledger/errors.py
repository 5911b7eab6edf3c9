"""What can be wrong with a ledger, in the words of the operator who has to mend it."""

# ruff: noqa: N818 -- the class names are the house's words for what is wrong

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class LedgerError(Exception):
    """The ledger could not do what was asked; nothing was changed. The text names the remedy."""


class Missing(LedgerError):
    """There is no ledger at this address."""

    def __init__(self, where: str) -> None:
        """Name the address, without its password."""
        super().__init__(
            f"{where}: buku besar (ledger) tidak ada. Pada pemasangan pertama, buat dengan "
            "`siar init`. Bila dulu sudah ada, jangan buat yang baru: pulihkan cadangan (backup), "
            "atau bila tidak punya, `siar recover`."
        )


class Exists(LedgerError):
    """A ledger is already there; a second `init` would forget what was posted."""

    def __init__(self, where: str) -> None:
        """Name the address."""
        super().__init__(
            f"{where}: buku besar (ledger) sudah ada, jadi tidak dibuat lagi. "
            "Lihat isinya dengan `siar status`."
        )


class Foreign(LedgerError):
    """What is at this address is not a ledger of ours."""

    def __init__(self, where: str) -> None:
        """Name the address."""
        super().__init__(
            f"{where}: bukan buku besar (ledger) Siar, jadi tidak disentuh. Periksa "
            "SYNDICATION_LEDGER_URL, atau pulihkan cadangan (backup) bila berkas ini tertimpa."
        )


class Newer(LedgerError):
    """The ledger was written by a later version of this program."""

    def __init__(self, where: str, version: str) -> None:
        """Name the address and the version found there."""
        super().__init__(
            f"{where}: buku besar (ledger) berasal dari versi Siar yang lebih baru "
            f"(skema {version}). Perbarui Siar di mesin ini, lalu ulangi."
        )


class NewerJobs(LedgerError):
    """The tables for workers were made by a later version of Procrastinate than is installed."""

    def __init__(self, where: str, found: str, known: str) -> None:
        """Name the address, and the last step of each."""
        super().__init__(
            f"{where}: tabel pekerja berasal dari Procrastinate yang lebih baru ({found}; di sini "
            f"{known}). Perbarui Siar di mesin ini, lalu jalankan `siar work` lagi; tidak ada yang "
            "hilang."
        )


class Locked(LedgerError):
    """Another process kept the ledger busy for too long."""

    def __init__(self, where: str) -> None:
        """Name the address."""
        super().__init__(
            f"{where}: buku besar (ledger) sedang dipakai proses lain. Tunggu sampai selesai, "
            "lalu ulangi; tidak ada yang hilang."
        )


class Unwritable(LedgerError):
    """The disk does not take what must be recorded: read-only, full, or no permission."""

    def __init__(self, where: str, detail: str) -> None:
        """Name the address and the database's own word."""
        super().__init__(
            f"{where}: buku besar (ledger) tidak dapat ditulis ({detail}). Periksa apakah disk "
            "penuh atau hanya-baca dan apakah akun ini berhak menulis di foldernya, lalu ulangi."
        )


class Unreachable(LedgerError):
    """The database server does not answer, or does not let us in."""

    def __init__(self, where: str) -> None:
        """Name the address, without its password."""
        super().__init__(
            f"{where}: server basis data tidak dapat dihubungi. Periksa alamat, nama pengguna dan "
            "sandi pada SYNDICATION_LEDGER_URL, lalu ulangi."
        )


class Damaged(LedgerError):
    """The ledger cannot be trusted: broken pages, missing tables, a broken chain of events."""

    def __init__(self, where: str, detail: str) -> None:
        """Name the address and what is broken."""
        super().__init__(
            f"{where}: buku besar (ledger) rusak ({detail}). Jangan membuat yang baru: pulihkan "
            "cadangan (backup), atau bila tidak punya, singkirkan yang rusak dan jalankan "
            "`siar recover`."
        )


class Unfit(LedgerError):
    """The database will not have what the program wanted to write: the program is wrong."""

    def __init__(self, where: str, detail: str) -> None:
        """Name the address and the database's own word."""
        super().__init__(
            f"{where}: basis data menolak yang hendak dicatat ({detail}). Ini kesalahan program; "
            "buku besar (ledger) tidak rusak dan tidak berubah. Laporkan pesan ini kepada "
            "pengembang Siar, dan jangan mengganti buku besarnya."
        )


class BadAddress(LedgerError):
    """`SYNDICATION_LEDGER_URL` does not name a database that we can use."""

    def __init__(self, detail: str) -> None:
        """Say what is wrong with it."""
        super().__init__(
            f"SYNDICATION_LEDGER_URL: {detail}. Tulis sqlite:////folder/ledger.sqlite3 atau "
            "postgresql+psycopg://pengguna@server/basisdata."
        )


class ClockBack(LedgerError):
    """This machine's clock stands well before the last event of the ledger."""

    def __init__(self, now: str, last: str) -> None:
        """Name both times (ISO 8601)."""
        super().__init__(
            f"Jam komputer menunjukkan {now}, padahal catatan terakhir dibuat pada {last}. "
            "Perbaiki jam komputer, lalu ulangi; tidak ada yang dicatat atau dikirim."
        )


class Unrecorded(LedgerError):
    """A post went out, and the ledger could not take its receipt."""

    def __init__(self, entry_id: int, url: str, error: LedgerError) -> None:
        """Keep the post's address where a person sees it: nowhere else does it stand now."""
        super().__init__(
            f"{error}\nUnggahan entri {entry_id} sudah tayang di {url}, tetapi tidak tercatat. "
            "Setelah buku besar dapat ditulis lagi, jalankan `invoke relay`, lalu "
            f"`siar resolve {entry_id} --delivered {url}` bila ia masih “in_doubt”."
        )


class UnrecordedReply(LedgerError):
    """An answer went out, and the ledger could not take its receipt."""

    def __init__(self, number: int, url: str, error: LedgerError) -> None:
        """Keep the answer's address where a person sees it: nowhere else does it stand now."""
        super().__init__(
            f"{error}\nJawaban untuk tanggapan {number} sudah tayang di {url}, tetapi tidak "
            "tercatat. Setelah buku besar dapat ditulis lagi: "
            f"`siar settle {number} --sent {url}`."
        )


class UnknownEntry(LedgerError):
    """No entry has this number."""

    def __init__(self, entry_id: int) -> None:
        """Name the number that was asked for."""
        super().__init__(f"Entri {entry_id} tidak ada. Lihat nomornya dengan `siar status`.")


class UnknownResponse(LedgerError):
    """No response has this number."""

    def __init__(self, number: int) -> None:
        """Name the number that was asked for."""
        super().__init__(f"Tanggapan {number} tidak ada. Lihat nomornya dengan `siar inbox --all`.")


class NotPossible(LedgerError):
    """The entry's state does not allow this step."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A published article that the site no longer has. `source` is the file last seen."""

    article_id: str
    lang: str
    title: str
    source: str
    channels: tuple[str, ...]


class Vanished(LedgerError):
    """Articles with posts in public are gone from the site; the build must stop."""

    def __init__(self, articles: Sequence[Gone]) -> None:
        """Keep the articles, and name each with its channels."""
        self.articles = tuple(articles)
        lines = [
            f"{gone.source or gone.article_id}: “{gone.title}” ({gone.article_id}, {gone.lang}) "
            f"hilang atau menjadi draf, padahal sudah disiarkan di {', '.join(gone.channels)}. "
            "Kembalikan naskahnya; bila beritanya ditarik, isi `Ditarik:` dengan alasannya."
            for gone in self.articles
        ]
        super().__init__("\n".join(lines))
