"""What happens in public after a `Ralat`, a `Ditarik` and a `siar repost`: the servers count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from syndication.model import State
from tests.acceptance.test_run import PAGE, SECRETS
from tests.platforms.fakes.facebook import Facebook
from tests.platforms.fakes.local import Through, timeline
from tests.platforms.fakes.stage import Stage, playing
from tests.platforms.fakes.x import X
from tests.project import BODY, Project

RALAT = "25 November 2026: uang jaminan semula tertulis Rp10 juta."
TEXTS = {"x": "said", "facebook": "message", "linimasa": "text"}


@dataclass
class Office:
    """A project with a channel that cannot be edited, one that can, and the local timeline."""

    project: Project
    stages: dict[str, Stage]

    def run(self) -> str:
        done = self.project.invoke("siar", **SECRETS)
        assert (done.returncode, done.stderr.count("Traceback")) == (0, 0), done.stdout
        return done.stdout + done.stderr

    def siar(self, *arguments: str, status: int = 0) -> str:
        done = self.project.siar(*arguments)
        assert done.returncode == status, done.stderr
        return done.stdout + done.stderr

    def texts(self) -> dict[str, list[str]]:
        """Read what each server shows the public now, the oldest first."""
        return {
            name: [str(post[TEXTS[name]]) for post in stage.platform.published()]
            for name, stage in self.stages.items()
        }

    def counts(self) -> dict[str, tuple[int, int]]:
        """Count what is in public, and the calls that published, on each server."""
        return {
            name: (len(stage.platform.published()), stage.attempts)
            for name, stage in self.stages.items()
        }

    def links(self) -> set[str]:
        page = self.project.root / "deploy" / "current" / "artikel" / "mobil" / "index.html"
        found = re.findall(r'<a class="u-syndication" href="([^"]+)"', page.read_text("utf-8"))
        return set(found)

    def old_ones(self) -> int:
        page = self.project.root / "deploy" / "current" / "artikel" / "mobil" / "index.html"
        return page.read_text("utf-8").count("masih menampilkan teks sebelum ralat")

    def receipts(self, state: State) -> set[str]:
        entries = self.project.entries()
        return {each.receipt.url for each in entries if each.state is state and each.receipt}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    x, facebook = X(), Facebook(page_id=PAGE)
    with (
        timeline(tmp_path / "linimasa.sqlite3") as real,
        playing(x) as on_x,
        playing(facebook) as on_facebook,
        playing(Through(real)) as on_timeline,
    ):
        stages = {"x": on_x, "facebook": on_facebook, "linimasa": on_timeline}
        project = Project(tmp_path / "kantor")
        project.configure(
            SYNDICATION_CHANNELS={
                "x": {"platform": "x", "account": "kpknl", "host": on_x.url},
                "facebook": {"platform": "facebook", "page_id": PAGE, "host": on_facebook.url},
                "linimasa": {"platform": "local", "host": on_timeline.url},
            }
        )
        with project.served():
            project.article("mobil")
            assert project.siar("init", "--since", "2026-11-01").returncode == 0
            made = Office(project, stages)
            made.run()
            yield made
    assert x.complaints == facebook.complaints == []


def test_a_correction_reaches_each_channel_once_in_its_own_way(office: Office) -> None:
    assert office.counts() == {"x": (1, 1), "facebook": (1, 1), "linimasa": (1, 1)}
    office.project.article("mobil", BODY.replace("sehari", "satu hari"))
    office.run()
    assert office.counts() == {"x": (1, 1), "facebook": (1, 1), "linimasa": (1, 1)}

    office.project.article("mobil", Ralat=RALAT)
    assert "3 unggahan ralat diantrekan" in office.run()
    assert office.counts() == {"x": (2, 2), "facebook": (1, 1), "linimasa": (1, 1)}
    assert all(texts[-1].startswith(f"Ralat {RALAT}") for texts in office.texts().values())
    assert office.links() == office.receipts(State.DELIVERED)
    assert office.old_ones() == 1
    listed = office.siar("corrections")
    assert listed.count("masih menampilkan teks lama") == 1

    again = office.run()
    assert "tidak ada yang baru" in again
    assert office.counts() == {"x": (2, 2), "facebook": (1, 1), "linimasa": (1, 1)}


def test_a_withdrawn_article_takes_its_posts_back(office: Office) -> None:
    office.project.article("mobil", Ditarik="Lelang dibatalkan pemohon.")
    assert "3 unggahan akan diambil kembali" in office.run()
    assert office.counts() == {"x": (0, 1), "facebook": (0, 1), "linimasa": (0, 1)}
    assert len(office.receipts(State.WITHDRAWN)) == 3
    assert office.links() == set()
    office.run()
    assert office.counts() == {"x": (0, 1), "facebook": (0, 1), "linimasa": (0, 1)}


def test_a_post_is_replaced_where_the_channel_says_so(office: Office) -> None:
    channels = office.project.extra["SYNDICATION_CHANNELS"]
    assert isinstance(channels, dict)
    for channel in channels.values():
        channel["correction"] = "replace"
    office.project.configure(SYNDICATION_CHANNELS=channels)
    office.project.article("mobil", Ralat=RALAT)
    office.run()
    assert office.counts() == {"x": (1, 2), "facebook": (1, 2), "linimasa": (1, 2)}
    assert all(texts[0].startswith(f"Ralat {RALAT}") for texts in office.texts().values())
    assert office.links() == office.receipts(State.DELIVERED)


def test_a_reminder_goes_out_once_and_only_with_a_reason(office: Office) -> None:
    number = str(next(each.id for each in office.project.entries() if each.channel == "x"))
    assert "--why" in office.siar("repost", number, status=2)
    assert "alasannya" in office.siar("repost", number, "--why", " ", status=1)
    office.siar("repost", number, "--why", "batas jaminan besok")
    assert "masih" in office.siar("repost", number, "--why", "sekali lagi", status=1)
    office.run()
    office.run()
    assert office.counts() == {"x": (2, 2), "facebook": (1, 1), "linimasa": (1, 1)}
    assert office.texts()["x"][1].startswith("Pengingat: ")


def test_a_wrong_post_goes_though_the_register_cannot_be_read(office: Office) -> None:
    office.project.article("mobil", Ditarik="Lelang dibatalkan pemohon.")
    office.project.article("rumah")
    assert office.project.build().returncode == 0
    assert office.project.invoke("deploy").returncode == 0
    shown = office.project.root / "deploy" / "current" / "verifikasi"
    (shown / "head.json").unlink()
    (shown / "register.json").unlink()
    (shown / "register.json").write_text("<html>", "utf-8")
    done = office.project.siar("relay", **SECRETS)
    assert done.returncode == 1
    assert "Hanya penarikan yang tetap dijalankan" in done.stderr
    assert "3 ditarik" in done.stdout
    assert office.counts() == {"x": (0, 1), "facebook": (0, 1), "linimasa": (0, 1)}
    assert len(office.receipts(State.WITHDRAWN)) == 3


def test_nothing_is_taken_back_on_the_word_of_a_ledger_that_is_not_the_last(
    office: Office,
) -> None:
    kept = (office.project.root / "var" / "ledger.sqlite3").read_bytes()
    office.project.article("rumah", BODY.replace("kendaraan", "rumah"))
    office.run()
    (office.project.root / "var" / "ledger.sqlite3").write_bytes(kept)
    office.project.article("mobil", Ditarik="Lelang dibatalkan pemohon.")
    assert office.project.build().returncode == 0
    done = office.project.siar("relay", **SECRETS)
    assert done.returncode == 1
    assert "siar recover" in done.stderr
    assert office.counts()["linimasa"] == (2, 2)
