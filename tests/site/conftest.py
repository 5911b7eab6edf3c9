"""A small office's site, built once by the real Pelican with the real theme."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image

HERE = Path(__file__).resolve().parents[2]
SITEURL = "https://kantor.example.go.id"

SETTINGS = f"""\
import sys
sys.path.insert(0, {str(HERE)!r})
from pelicanconf import *
SITEURL = {SITEURL!r}
THEME = {str(HERE / "theme")!r}
PLUGIN_PATHS = [{str(HERE / "plugins")!r}, "plugins"]
PLUGINS = ["kantor", "posted"]
OFFICE["accounts"] += (
    dict(platform="Mastodon", name="@kantor@sosial.example", url="https://sosial.example/@kantor"),
)
"""

# What the syndication plugin promises to hand the theme, with fixed values.
POSTED = """\
from datetime import datetime, timezone
from types import SimpleNamespace

from pelican.plugins import signals

POST = SimpleNamespace(
    channel="warta", platform="x", account="@kantor", url="https://x.com/kantor/status/1",
    at=datetime(2026, 11, 24, 9, 0, 0, 123456, tzinfo=timezone.utc),
)

def tell(generators):
    for article in generators[0].articles:
        if article.slug == "potensi-media-sosial":
            article.siar_digest = "ab12"
            article.official_posts = [POST]
            article.former_paths = ("/artikel/nama-lama/",) if article.lang == "id" else ()
    generators[0].context["SIAR_REGISTER"] = [
        SimpleNamespace(title="Potensi <i>Media</i>", url="https://kantor.example.go.id/artikel/jahat/",
                        lang="id", posts=[POST]),
    ]

def register():
    signals.all_generators_finalized.connect(tell)
"""

POTENSI = """\
---
Title: Potensi Media Sosial bagi Publikasi Berita Instansi Pemerintah
Date: 2022-07-18 09:00
Modified: 2022-07-20 10:00
Category: Artikel
Tags: media sosial, humas
Slug: potensi-media-sosial
Author: Seksi Hukum dan Informasi
ID: 15170
Penyusun: Seksi Hukum dan Informasi
Sumber: Peraturan Menteri Nomor 83 Tahun 2012
Sumber: Data: https://example.org/digital-2021.
Lama: /kpknl-pekalongan/baca-artikel/15170/POTENSI-MEDIA-SOSIAL.html
Disclaimer: Tulisan ini adalah pendapat pribadi.
---

Media sosial menjadi sumber informasi utama masyarakat.[^1]

[^1]: Menurut survei.

# Tugas humas

Isi bagian pertama dengan [tautan](https://example.org/a).

# 2021 dalam angka

| Media | Persen |
|-------|-------:|
| Instagram | 86,6 |

# Risiko

Isi bagian ketiga.
"""

POTENTIAL = """\
---
Title: What Social Media Can Do
Date: 2022-07-18 09:00
Category: Articles
Tags: social media
Slug: potensi-media-sosial
Lang: en
Author: Legal and Information Section
ID: 15170
---

Social media are where many people first hear the news.[^1]

[^1]: According to a survey.
"""

HOSTILE = """\
---
Title: <script>alert(1)</script> & "kutipan"
Date: 2026-11-20 08:00
Category: Berita
Tags: <b>tebal</b>, media sosial
Slug: jahat
Author: Seksi "Uji"
ID: 20261120-test
Summary: Ringkasan <b>tebal</b> untuk pengujian.
Sumber: <img src=x onerror=alert(1)> https://example.org/?a=1&b="2"
Penyusun: <u>Penyusun</u>
Gambar: images/uji.png
Gambar_alt: Alt "berkutip" <i>
Keterangan: Foto: <b>Seksi</b>
---

Isi biasa.

![Bagan](/images/uji.png "Keterangan bagan")
"""

WITHDRAWN = """\
---
Title: Program Keringanan Utang
Date: 2021-03-10 08:00
Category: Pengumuman
Slug: program
Author: Seksi Piutang Negara
ID: 13802
Ralat: 12 Maret 2021: tarif pada paragraf kedua dibetulkan.
Ditarik: Program ini berakhir pada Desember 2021.
---

Isi yang tidak berlaku lagi.
"""

PAGE = """\
---
Title: Hubungi Kami
Slug: hubungi-kami
---

Datanglah pada jam kerja, atau ikuti pelelangan dari rumah.
"""

VIEWS = '{"demo": true, "since": "2022-01-01", "counts": {"15170": 2541}}'

FILES = {
    "publishconf.py": SETTINGS,
    "plugins/posted.py": POSTED,
    "content/artikel/potensi.md": POTENSI,
    "content/artikel/en/potensi.md": POTENTIAL,
    "content/artikel/jahat.md": HOSTILE,
    "content/artikel/program.md": WITHDRAWN,
    "content/halaman/hubungi-kami.md": PAGE,
    "content/data/kunjungan.json": VIEWS,
}


@cache
def parse(text: str) -> BeautifulSoup:
    """Parse HTML, once for all tests: they only look."""
    return BeautifulSoup(text, "html.parser")


@dataclass(frozen=True)
class Site:
    """The output folder of a build, and pages in it."""

    root: Path

    def text(self, path: str) -> str:
        """Read a file, or the page of a folder."""
        file = self.root / path
        return (file / "index.html" if file.is_dir() else file).read_text(encoding="utf-8")

    def page(self, path: str) -> BeautifulSoup:
        """Parse a page."""
        return parse(self.text(path))

    def pages(self) -> list[Path]:
        """Find every page but redirects."""
        found = sorted(self.root.rglob("*.html"))
        return [page for page in found if 'http-equiv="refresh"' not in page.read_text("utf-8")]


def build(root: Path, *, files: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Write the files and run Pelican on them."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / "content" / "images").mkdir(exist_ok=True)
    Image.new("RGB", (64, 36), "navy").save(root / "content" / "images" / "uji.png")
    return subprocess.run(
        [sys.executable, "-m", "pelican", "-s", "publishconf.py", "--fatal=warnings"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The office's site as the public gets it."""
    root = tmp_path_factory.mktemp("kantor")
    done = build(root, files=FILES)
    assert done.returncode == 0, done.stdout + done.stderr
    return Site(root / "output")
