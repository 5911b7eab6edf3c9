"""What Pelican's builds do to the queue and to the site, with the real Pelican."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from bs4 import BeautifulSoup

from syndication.model import State
from tests.project import Project


def states(project: Project) -> Counter[tuple[str, str]]:
    return Counter((entry.channel, entry.state.value) for entry in project.entries())


def test_a_new_article_is_queued_once_for_each_channel_of_its_language(project: Project) -> None:
    project.article("mobil")
    assert project.build().returncode == 0
    again = project.build()
    assert again.returncode == 0
    assert "tidak ada yang baru" in again.stderr
    assert states(project) == {("warta", "queued"): 1, ("kabar", "queued"): 1}


def test_a_translation_goes_to_the_channels_of_its_own_language(project: Project) -> None:
    project.article("mobil")
    project.article("mobil", Lang="en", Title="Cars for auction")
    project.build()
    assert states(project)[("news", "queued")] == 1
    assert len(project.entries()) == 3


@pytest.mark.parametrize(
    ("said", "channels"),
    [
        pytest.param("warta", {"warta"}, id="only this one"),
        pytest.param("-warta", {"kabar"}, id="all but this one"),
        pytest.param("warta, kabar", {"warta", "kabar"}, id="both by name"),
    ],
)
def test_a_writer_chooses_channels(project: Project, said: str, channels: set[str]) -> None:
    project.article("mobil", Saluran=said)
    project.build()
    assert {entry.channel for entry in project.entries()} == channels


def test_a_queued_text_follows_the_article(project: Project) -> None:
    project.article("mobil", Summary="Lelang mobil dibuka.")
    project.build()
    project.article("mobil", Summary="Lelang mobil ditunda.")
    project.build()
    texts = {entry.payload.text for entry in project.entries() if entry.payload}
    assert len(project.entries()) == 2
    assert all("ditunda" in text and "dibuka" not in text for text in texts)


def test_the_page_carries_the_digest_that_the_queue_expects(project: Project) -> None:
    project.article("mobil")
    project.build()
    soup = BeautifulSoup(project.output("artikel/mobil/index.html"), "html.parser")
    digest = soup.find("meta", {"name": "siar:digest"})
    canonical = soup.find("link", rel="canonical")
    assert digest
    assert canonical
    entry = project.entries()[0]
    assert (digest["content"], canonical["href"]) == (entry.article_digest, entry.url)


def test_a_renamed_slug_leaves_a_redirect_and_no_second_entry(project: Project) -> None:
    project.article("mobil")
    project.build()
    project.article("mobil", Slug="kendaraan")
    project.build()
    page = BeautifulSoup(project.output("artikel/mobil/index.html"), "html.parser")
    refresh = page.find("meta", {"http-equiv": "refresh"})
    assert refresh
    assert refresh["content"] == f"0; url={project.siteurl}/artikel/kendaraan/"
    assert len(project.entries()) == 2
    assert {entry.url for entry in project.entries()} == {f"{project.siteurl}/artikel/kendaraan/"}


def test_an_old_address_is_a_redirect_page(project: Project) -> None:
    project.article("mobil", Lama="/kpknl/baca-artikel/7/Mobil.html")
    project.build()
    assert "/artikel/mobil/" in project.output("kpknl/baca-artikel/7/Mobil.html")


def test_an_old_address_never_replaces_a_page(project: Project) -> None:
    project.article("mobil", Lama="/artikel/motor/")
    project.article("motor")
    project.build()
    assert "Lelang motor" in project.output("artikel/motor/index.html")


def test_a_withdrawn_article_stays_as_a_page_and_leaves_the_queue(project: Project) -> None:
    project.article("mobil")
    project.build()
    project.article("mobil", Ditarik="Lelang dibatalkan pemohon.")
    project.build()
    assert "Lelang dibatalkan pemohon." in project.output("artikel/mobil/index.html")
    assert {entry.state for entry in project.entries()} == {State.CANCELLED}


def test_an_article_that_leaves_before_it_was_posted_leaves_the_queue(project: Project) -> None:
    file = project.article("mobil")
    project.build()
    file.unlink()
    assert project.build().returncode == 0
    assert {entry.state for entry in project.entries()} == {State.CANCELLED}


def test_a_back_dated_article_is_skipped_and_the_build_says_why(project: Project) -> None:
    project.article("arsip", Date="2022-07-18")
    done = project.build()
    assert {entry.state for entry in project.entries()} == {State.SKIPPED}
    assert "bertanggal sebelum 2026-11-01" in done.stderr


def test_more_new_articles_than_the_ceiling_queue_nothing(project: Project) -> None:
    project.configure(SYNDICATION_MAX_NEW=2)
    for name in ("a-satu", "b-dua", "c-tiga"):
        project.article(name)
    done = project.build()
    assert done.returncode == 0
    assert "SYNDICATION_MAX_NEW" in done.stderr
    assert project.entries() == []


def test_the_register_is_public_and_empty_before_the_first_post(project: Project) -> None:
    project.article("mobil")
    project.build()
    register = json.loads(project.output("verifikasi/register.json"))
    assert register["posts"] == []
    assert len(register["head"]) == 64


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"SYNDICATION_PUBLISH": False}, id="a build for the writer's eyes"),
        pytest.param({"SITEURL": "http://kantor.example"}, id="a public site without https"),
        pytest.param(
            {"SYNDICATION_CHANNELS": {"x": {"platform": "x"}}}, id="a real channel, loopback site"
        ),
    ],
)
def test_any_other_build_works_without_a_ledger_and_queues_nothing(
    project: Project, settings: dict[str, object]
) -> None:
    (project.root / "var" / "ledger.sqlite3").unlink()
    project.configure(**settings)
    project.article("mobil")
    assert project.build().returncode == 0
    assert "Lelang mobil" in project.output("artikel/mobil/index.html")
    assert not (project.root / "var" / "ledger.sqlite3").exists()


def test_without_a_ledger_a_production_build_stops_and_names_init(project: Project) -> None:
    (project.root / "var" / "ledger.sqlite3").unlink()
    project.article("mobil")
    done = project.build()
    assert done.returncode == 1
    assert "`siar init`" in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert not (project.root / "output").exists()


def test_a_file_that_is_no_ledger_of_ours_is_left_alone(project: Project) -> None:
    ledger = project.root / "var" / "ledger.sqlite3"
    ledger.write_text("catatan lain")
    project.article("mobil")
    done = project.build()
    assert done.returncode == 1
    assert "bukan buku besar" in done.stderr
    assert ledger.read_text() == "catatan lain"
