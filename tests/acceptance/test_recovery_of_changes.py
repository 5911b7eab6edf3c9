"""A ledger is lost amid corrections and withdrawals: none is lost with it, none is made twice."""

from __future__ import annotations

from collections import Counter

import pytest

from syndication.model import State
from tests.acceptance.test_recovery import ledger, office, siar, write
from tests.acceptance.test_run import Office

__all__ = ["office"]

RALAT = "25 November 2026: uang jaminan {name} semula tertulis Rp10 juta."
MORE = (
    "25 November 2026: jadwal melihat barang semula tertulis tiap hari, padahal hanya jam kerja; "
    "alamat pendaftaran pada paragraf kedua dan nomor telepon panitia pada paragraf terakhir juga "
    "dibetulkan, seperti pengumuman di papan kantor."
)
"""Too long for X together with the first one: there the post tells a beginning of both."""
DITARIK = "Lelang dibatalkan pemohon."
REGISTER = ("register.json", "head.json")


def deploy(office: Office) -> None:
    built = office.project.build()
    assert built.returncode == 0, built.stderr
    assert office.project.invoke("deploy").returncode == 0


def correct(office: Office, name: str) -> None:
    write(office.project, name, Ralat=f"{RALAT.format(name=name)}\nRalat: {MORE}")


def shown(office: Office) -> dict[str, Counter[str]]:
    """Count what the public sees of each article on each channel, corrections apart."""
    posts = {
        "x": [(str(post), str(post["text"])) for post in office.x.published()],
        "facebook": [(str(post), str(post["message"])) for post in office.facebook.published()],
    }
    return {
        channel: Counter(
            f"ralat {name}" if text.startswith(f"Ralat {RALAT.format(name=name)}") else name
            for name in NAMES
            for everything, text in some
            if f"/artikel/{name}/" in everything
        )
        for channel, some in posts.items()
    }


NAMES = ("utuh", "diralat", "telanjur", "tertunda", "ditarik", "tersisa", "ragu", "antre")


SAID = {
    "Ralat belum terlihat": "tertunda",
    "Artikelnya ditarik": "tersisa",
    "Tidak ditemukan, jadi tidak diunggah": "antre",
}
"""What a person is told, and of which article."""


@pytest.fixture
def lost(office: Office) -> Office:
    """Lose the ledger of an office amid everything that can happen to a post."""
    for name in ("utuh", "diralat", "telanjur", "tertunda", "ditarik", "tersisa"):
        write(office.project, name)
    assert office.run().startswith("0\n")
    correct(office, "diralat")
    write(office.project, "ditarik", Ditarik=DITARIK)
    assert office.run().startswith("0\n")
    folder = office.live / "verifikasi"
    register = {name: (folder / name).read_text("utf-8") for name in REGISTER}

    correct(office, "telanjur")
    write(office.project, "ragu")
    deploy(office)
    assert siar(office, "relay")[0] == 0  # in public, and unknown to the register below
    correct(office, "tertunda")
    write(office.project, "tersisa", Ditarik=DITARIK)
    write(office.project, "antre")
    deploy(office)
    for name, text in register.items():
        (folder / name).unlink()
        (folder / name).write_text(text, "utf-8")
    ledger(office).unlink()
    return office


def test_what_was_told_is_not_told_again_and_what_was_not_is(lost: Office) -> None:
    before = shown(lost)
    status, said = siar(lost, "recover")
    assert status == 0, said
    for line, name in SAID.items():
        (found,) = (each for each in said.splitlines() if each.startswith(line))
        named = {each for each in NAMES if f"Lelang {each} " in found}
        assert named == {name}, line
    assert lost.run().startswith("0\n")

    edited = ["utuh", "ralat diralat", "ralat telanjur", "ralat tertunda", "ragu"]
    linked = ["diralat", "telanjur", "tertunda"]
    assert shown(lost) == {"x": Counter(edited + linked), "facebook": Counter(edited)}
    assert before["x"] == Counter([*edited, *linked, "tersisa"]) - Counter(["ralat tertunda"])
    states = {(each.article_id, each.channel): each.state for each in lost.project.entries()}
    assert states["id-tersisa", "x"] is states["id-tersisa", "facebook"] is State.WITHDRAWN
    assert states["id-antre", "x"] is states["id-antre", "facebook"] is State.SKIPPED

    told = shown(lost)
    assert "tidak ada yang baru" in lost.run()
    assert shown(lost) == told
    assert siar(lost, "verify")[0] == 0
    assert siar(lost, "audit")[0] == 0
