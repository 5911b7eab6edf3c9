"""Drafts made by hand, as small as a test allows."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from syndication.drafts import Draft
from syndication.model import Article, Channel, Media, Payload, Picture, Post

ZONE = ZoneInfo("Asia/Jakarta")
BUILT = datetime(2026, 11, 24, 2, 15, tzinfo=UTC).astimezone(ZONE)
SITE = "https://kantor.example.go.id"
PICTURE = Picture(f"{SITE}/images/lelang.png", "Palu lelang di atas meja")


def article(
    name: str = "15170",
    *,
    title: str = "Lelang Kendaraan Dinas",
    lang: str = "id",
    day: int = 20,
    picture: Picture | None = PICTURE,
) -> Article:
    """Write an article of November 2026."""
    return Article(
        id=name,
        lang=lang,
        title=title,
        url=f"{SITE}/artikel/{name}/",
        date=datetime(2026, 11, day, 9, tzinfo=ZONE),
        html="<p>Kantor membuka lelang.</p>",
        digest="0" * 64,
        source=f"content/artikel/{name}.md",
        picture=picture,
    )


def channel(platform: str = "x", name: str = "") -> Channel:
    """Name an account on a platform."""
    return Channel(name=name or platform, platform=platform, lang="id", account="@kantor")


def drafted(
    of: Article,
    on: Channel | None = None,
    *,
    text: str = "Kantor membuka lelang. #Lelang",
    hashtags: tuple[str, ...] = ("Lelang",),
    media: tuple[Media, ...] = (),
) -> Draft:
    """Write the draft of a post with exactly this text."""
    on = on or channel()
    post = Post(
        channel=on.name,
        lang=of.lang,
        text=text,
        link=of.url,
        title=of.title,
        description="Kendaraan dinas dilelang.",
        hashtags=hashtags,
        picture=of.picture,
    )
    payload = Payload(on.platform, post.text, post.link, {"text": post.text}, media)
    return Draft(of, on, post, payload)


def refused(of: Article, on: Channel | None = None, *, reason: str = "Terlalu panjang.") -> Draft:
    """Write the draft of a post that there cannot be."""
    return Draft(of, on or channel(), None, None, reason)
