"""The office's own site, theme and plugins: fast builds write what a clean build writes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.incremental.small import differing

HERE = Path(__file__).resolve().parents[2]

SETTINGS = f"""\
import sys
sys.path.insert(0, {str(HERE)!r})
from datetime import UTC, datetime
from pelicanconf import *
from syndication import clock

clock.now = lambda: datetime(2026, 11, 24, 12, tzinfo=UTC)
SITEURL = "https://kantor.example.go.id"
PATH = "content"
THEME = "theme"
OUTPUT_PATH = "output"
CACHE_PATH = "cache"
PLUGIN_PATHS = [{str(HERE / "plugins")!r}]
PICTURES_CACHE = {str(HERE / "var" / "pictures")!r}
SYNDICATION_PUBLISH = False
"""
NEW = """\
---
Title: Lelang Baru Dibuka
Date: 2026-11-20 08:00
Category: Berita
Tags: lelang
Slug: lelang-baru
Author: Seksi Pelayanan Lelang
ID: 20261120-baru
---

Lihat juga [siklusnya]({filename}siklus-bmn.md).
"""

Edit = Callable[[Path], object]


def _swap(name: str, old: str, new: str) -> Edit:
    def edit(root: Path) -> None:
        file = root / name
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    return edit


def _new(root: Path) -> None:
    (root / "content" / "artikel" / "baru.md").write_text(NEW, "utf-8")


ROUNDS: dict[str, tuple[Edit, ...]] = {
    "a new article that links": (_new,),
    "its link target is retitled": (
        _swap("content/artikel/siklus-bmn.md", "Title: ", "Title: Lagi: "),
    ),
    "it is drafted, and another withdrawn": (
        _swap("content/artikel/baru.md", "Category", "Status: draft\nCategory"),
        _swap("content/artikel/lelang-sukarela.md", "Category", "Ditarik: Keliru.\nCategory"),
    ),
    "it is gone, and so is a translation": (
        lambda root: (root / "content" / "artikel" / "baru.md").unlink(),
        lambda root: (root / "content/artikel/en/potensi-media-sosial.md").unlink(),
    ),
    "counts, phrases and a template change": (
        lambda root: (root / "content" / "data" / "kunjungan.json").write_text(
            '{"since": "2022-01-01", "counts": {"15170": 7}}'
        ),
        _swap("theme/translations/id/LC_MESSAGES/messages.po", "Arsip", "Gudang"),
        _swap("theme/templates/parts/card.html", "meta", "meta x"),
    ),
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("office")
    (root / "publishconf.py").write_text(SETTINGS, "utf-8")
    for name in ("content", "theme"):
        shutil.copytree(HERE / name, root / name)
    _build(root)
    return root


def _build(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "pelican", "-s", "publishconf.py", *options],
        cwd=root,
        env=os.environ | {"PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.mark.parametrize("edits", ROUNDS.values(), ids=ROUNDS)
def test_same_as_clean(office: Path, edits: tuple[Edit, ...]) -> None:
    for edit in edits:
        edit(office)
    _build(office)
    clean = office / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    _build(office, "-e", "INCREMENTAL=false", f'OUTPUT_PATH="{clean}"')
    found = [name for name in differing(office / "output", clean) if "pagefind/" not in name]
    assert found == []
