"""Articles and channels for the tests of posts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from syndication.model import Article, Channel, Picture

URL = "https://kantor.example.go.id/artikel/lelang-kendaraan/"
PICTURE = Picture("https://kantor.example.go.id/mobil.jpg", "Lima mobil di halaman kantor")
BODY = """
<p>Pekalongan – KPKNL Pekalongan melelang lima kendaraan dinas pada Senin, 18 Juli 2022, pukul
09.00 WIB. Nilai limitnya Rp1.250.000,00 per unit.</p>
<p>Peserta mendaftar di lelang.go.id paling lambat sehari sebelumnya. Uang jaminan disetor penuh
ke rekening virtual masing-masing peserta.</p>
<h2>Syarat</h2>
<ul><li>KTP</li><li>NPWP</li></ul>
<p>Barang dapat dilihat di halaman kantor pada jam kerja. Keterangan lebih lanjut diberikan di
Area Pelayanan Terpadu tanpa biaya.</p>
"""


def article(**changes: Any) -> Article:  # noqa: ANN401 -- any field of Article
    """Return an article, with some of its fields changed."""
    fields: dict[str, Any] = {
        "id": "17305",
        "lang": "id",
        "title": "Lima Kendaraan Dinas Dilelang",
        "url": URL,
        "date": datetime(2022, 7, 11, 8, tzinfo=UTC),
        "html": BODY,
        "digest": "0" * 64,
        "tags": ("lelang", "kendaraan dinas", "BMN"),
    }
    return Article(**fields | changes)


def channel(platform: str, template: str = "") -> Channel:
    """Return a channel that bears its platform's name."""
    return Channel(name=platform, platform=platform, lang="id", template=template)
