"""What the platform tests post: one article, as the house composes it for each channel."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from syndication.compose.post import compose
from syndication.compose.rules import packaged
from syndication.model import Article, Channel, Media, Payload, Picture, Post
from syndication.platforms import registry

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)

ARTICLE = Article(
    id="kpknl-2026-0001",
    lang="id",
    title="Cara Ikut Lelang Barang Milik Negara",
    url="https://kpknl.example.go.id/artikel/cara-ikut-lelang?dari=a&ke=b",
    date=datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
    html=(
        "<p>Lelang barang milik negara terbuka bagi setiap warga. Peserta cukup membuat akun, "
        "mengunggah identitas, dan menyetor uang jaminan &amp; biaya sebelum batas waktu.</p>"
    ),
    digest="0" * 64,
    category="Lelang",
    tags=("Lelang", "Barang Milik Negara"),
    picture=Picture("https://kpknl.example.go.id/gambar/lelang.jpg", "Juru lelang di podium"),
)


def clock() -> datetime:
    return NOW


def post_for(channel: Channel) -> Post:
    return compose(ARTICLE, channel, packaged(channel.platform))


def payload_for(channel: Channel) -> Payload:
    return registry.format_for(channel).render(post_for(channel))


def pictured(payload: Payload, url: str, alt: str = "Juru lelang di podium") -> Payload:
    """Let a payload carry the picture at an address, in the place of its own."""
    return replace(payload, media=(Media(url, alt, "image/jpeg", digest=""),))
