"""Measure how long the posts of one article take, on all channels and from cold caches."""

from __future__ import annotations

import statistics
import sys
import time
import tracemalloc
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from markdown import Markdown

from syndication.compose import body, summary
from syndication.compose.post import compose
from syndication.compose.rules import packaged
from syndication.model import Article, Channel

CONTENT = Path(__file__).parent.parent / "content" / "artikel"
PLATFORMS = [
    *("x", "facebook", "instagram", "threads", "mastodon", "bluesky", "telegram"),
    *("whatsapp", "youtube", "local"),
]
ROUNDS = 5
MANY = 1_000
TARGET_MS = 20


def articles() -> Iterator[Article]:
    """Read the demo's articles, rendered as Pelican renders them."""
    for path in sorted(CONTENT.rglob("*.md")):
        reader = Markdown(extensions=["extra", "meta", "toc"])
        html = reader.convert(path.read_text(encoding="utf-8"))
        fields: dict[str, list[str]] = getattr(reader, "Meta", {})  # of the `meta` extension
        meta = {name: lines[0] for name, lines in fields.items()}
        yield Article(
            id=meta.get("id", path.stem),
            lang=meta.get("lang", "id"),
            title=meta["title"],
            url=f"https://kantor.example.go.id/artikel/{meta.get('slug', path.stem)}/",
            date=datetime(2026, 11, 24, tzinfo=UTC),
            html=html,
            digest="",
            tags=tuple(tag.strip() for tag in meta.get("tags", "").split(",") if tag.strip()),
            summary=meta.get("summary", ""),
        )


def milliseconds(article: Article) -> float:
    """Compose for all channels once, with nothing remembered of the article."""
    body.read.cache_clear()
    summary.remembered.cache_clear()
    start = time.process_time()
    for platform in PLATFORMS:
        compose(article, Channel(platform, platform, article.lang), packaged(platform))
    return (time.process_time() - start) * 1_000


def peak_mebibytes(read: Iterable[Article]) -> float:
    """Compose a thousand articles and return the most memory that this held at once."""
    pool = list(read)
    tracemalloc.start()
    for number in range(MANY):
        original = pool[number % len(pool)]
        milliseconds(original)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 2**20


def main() -> None:
    """Print the median, the slowest article and the memory of a thousand."""
    pool = list(articles())
    for article in pool:
        milliseconds(article)
    medians = [statistics.median(milliseconds(one) for _ in range(ROUNDS)) for one in pool]
    told = [
        f"compose: {len(pool)} articles × {len(PLATFORMS)} channels, processor time",
        f"  median {statistics.median(medians):.1f} ms an article (target < {TARGET_MS} ms)",
        f"  slowest {max(medians):.1f} ms",
        f"  {MANY} articles: peak {peak_mebibytes(pool):.1f} MiB",
    ]
    sys.stdout.write("\n".join(told) + "\n")


if __name__ == "__main__":
    main()
