"""The whole run, `invoke siar`, as the office's timer does it: real programs, real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from syndication.model import State
from tests.platforms.fakes.facebook import Facebook
from tests.platforms.fakes.stage import playing
from tests.platforms.fakes.x import X
from tests.project import NOWHERE, Project

SECRETS = {
    "SIAR_X_CONSUMER_KEY": "kunci-0",
    "SIAR_X_CONSUMER_SECRET": "rahasia-1",
    "SIAR_X_ACCESS_TOKEN": "token-0",
    "SIAR_X_ACCESS_TOKEN_SECRET": "rahasia-2",
    "SIAR_FACEBOOK_ACCESS_TOKEN": "rahasia-3",
}
PAGE = "1029384756"
SEED = {
    "Title": "Potensi Media Sosial bagi Publikasi Berita Instansi Pemerintah",
    "Date": "2022-07-18",
    "ID": "15170",
    "Slug": "potensi-media-sosial",
    "Tags": "media sosial, humas",
    "Author": "Seksi Hukum dan Informasi",
}
BODY = """\
Salah satu tugas humas pemerintah adalah menyebarluaskan informasi dan kebijakan kepada publik.
Pengguna media sosial di Indonesia mencapai 170 juta orang atau setara dengan 61,8 persen penduduk.

Media sosial terbukti mampu melibatkan khalayak secara aktif dan menjaring masukan.
"""


@dataclass
class Office:
    """A project whose channels are a fake X and a fake Facebook Page."""

    project: Project
    x: X
    facebook: Facebook

    @property
    def live(self) -> Path:
        """Return the folder that readers are served from."""
        return self.project.root / "deploy" / "current"

    def published(self) -> tuple[int, int]:
        return len(self.x.published()), len(self.facebook.published())

    def run(self, **said: str) -> str:
        done = self.project.invoke("siar", **(SECRETS | said))
        text = done.stdout + done.stderr
        assert "Traceback" not in text
        assert not any(value in text for value in SECRETS.values())
        return f"{done.returncode}\n{text}"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    x, facebook = X(), Facebook(page_id=PAGE)
    with playing(x) as x_stage, playing(facebook) as facebook_stage:
        project = Project(tmp_path / "kantor")
        project.configure(
            SYNDICATION_CHANNELS={
                "x": {"platform": "x", "account": "kpknl", "host": x_stage.url},
                "facebook": {"platform": "facebook", "page_id": PAGE, "host": facebook_stage.url},
            }
        )
        with project.served():
            project.article("potensi", BODY, **SEED)
            assert project.siar("init", "--since", "2022-07-01").returncode == 0
            yield Office(project, x, facebook)
    assert x.complaints == facebook.complaints == []


def test_the_seed_article_goes_out_once_whatever_is_done_to_it_later(office: Office) -> None:
    url = f"{office.project.siteurl}/artikel/potensi-media-sosial/"
    assert office.run().startswith("0\n")
    assert office.published() == (1, 1)
    assert str(office.x.published()).count(f"'expanded_url': '{url}'") == 1
    assert office.facebook.published()[0]["link"] == url

    page = office.live / "artikel" / "potensi-media-sosial" / "index.html"
    links = BeautifulSoup(page.read_text("utf-8"), "html.parser").select("a.u-syndication")
    receipts = {entry.receipt.url for entry in office.project.entries() if entry.receipt}
    assert len(receipts) == 2
    assert {link["href"] for link in links} == receipts
    register = (office.live / "verifikasi" / "register.json").read_text("utf-8")
    assert all(receipt in register for receipt in receipts)

    again = office.run()
    assert "tidak ada yang baru" in again
    assert "Menerbitkan tautan" not in again
    assert office.published() == (1, 1)

    touched = BODY.replace("aktif", "sangat aktif")
    office.project.article("potensi", touched, **SEED | {"Slug": "potensi-baru"})
    office.project.article("lelang-mobil")
    assert office.run().startswith("0\n")
    assert office.published() == (2, 2)
    assert "artikel/potensi-baru/" in page.read_text("utf-8")


def test_a_channel_without_its_secret_waits_and_the_others_go_on(office: Office) -> None:
    said = office.run(SIAR_X_ACCESS_TOKEN="")
    assert "x: belum disiapkan (SIAR_X_ACCESS_TOKEN belum ada)" in said
    assert office.published() == (0, 1)
    states = {entry.channel: entry.state for entry in office.project.entries()}
    assert states == {"x": State.QUEUED, "facebook": State.DELIVERED}
    assert office.project.siar("relay", **SECRETS).returncode == 0
    assert office.published() == (1, 1)


def test_what_was_posted_must_not_be_forgotten(office: Office) -> None:
    office.run()
    file = office.project.root / "content" / "artikel" / "potensi-id.md"
    kept = file.read_text("utf-8")
    file.unlink()
    gone = office.project.build()
    assert gone.returncode == 1
    assert "Ditarik" in gone.stderr

    file.write_text(kept, "utf-8")
    (office.project.root / "var" / "ledger.sqlite3").unlink()
    assert office.project.siar("init", "--since", "2022-07-01").returncode == 0
    lost = office.run()
    assert lost.startswith("1\n")
    assert "Pulihkan cadangan" in lost
    assert office.published() == (1, 1)


def test_a_bare_pelican_run_syndicates_where_the_output_is_served(office: Office) -> None:
    office.live.parent.mkdir()
    office.live.symlink_to(office.project.root / "output")
    office.project.configure(**office.project.extra, SYNDICATION_AFTER_BUILD=True)
    done = office.project.run("pelican", "content", "--settings", "publishconf.py", **SECRETS)
    assert done.returncode == 0
    assert "terkirim" in done.stdout
    assert office.published() == (1, 1)


def test_a_page_that_is_not_live_holds_its_posts_back(office: Office) -> None:
    office.project.build()
    done = office.project.siar("relay", **SECRETS)
    assert done.returncode == 0
    assert "belum tayang" in done.stdout
    assert office.published() == (0, 0)


def test_a_site_that_cannot_be_reached_is_said_and_nothing_is_sent(office: Office) -> None:
    office.project.siteurl = NOWHERE
    office.project.configure(**office.project.extra)
    office.project.build()
    done = office.project.siar("relay", **SECRETS)
    assert done.returncode == 1
    assert f"Tidak ada yang dikirim: {NOWHERE}" in done.stderr
    assert office.published() == (0, 0)
