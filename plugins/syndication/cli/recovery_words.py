"""What `siar recover` says: what the new ledger knows, and what a person should look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from syndication.cli import proof
from syndication.config import Config
from syndication.deliver import telling
from syndication.deliver.recover import Found, Site
from syndication.ledger import queries
from syndication.ledger.recovery import Kept
from syndication.ledger.store import Ledger
from syndication.model import Entry, State

NAMED = 10
"""So many of a kind are named; the others are counted."""


def recovered(
    found: Found, site: Site, ledger: Ledger, since: datetime, config: Config
) -> Iterator[str]:
    """Say what was found, what follows by itself, and what waits for a person."""
    witnesses = Counter(post.witness for post in found.posts)
    yield f"Buku besar (ledger) dibangun kembali: {ledger.where}"
    yield (
        f"{witnesses['register']} unggahan dari register, {witnesses['linimasa']} dari linimasa. "
        "Artikel lain yang sudah ada tidak akan diunggah."
    )
    for seen in found.strange:
        yield f"Tidak dikenal artikelnya: {seen.url} menautkan {', '.join(seen.links)}"
    yield from _corrections(found, site)
    yield from _in_doubt(queries.entries(ledger, states={State.IN_DOUBT}))
    yield from _never_sent(queries.entries(ledger, states={State.SKIPPED}), site, since)
    if paid := proof.cost(found.read, config):
        yield f"Biaya membaca: paling banyak {paid:.3f} dolar AS."
    yield "Berikutnya: `siar status`, lalu `make siar`. Tidak ada yang terkirim dua kali."


def _corrections(found: Found, site: Site) -> Iterator[str]:
    posts = [(post, site.named(post.article_id, post.lang)) for post in telling.newest(found.posts)]
    untold = [
        post
        for post, article in posts
        if post.channel in found.read and telling.is_untold(post, article)
    ]
    unknown = [post for post, article in posts if telling.is_unknown(post, article)]
    leaving = [post for post, article in posts if article and article.withdrawn]
    if untold:
        yield f"Ralat belum terlihat, jadi menyusul pada build berikutnya: {_named(untold)}"
    if leaving:
        yield f"Artikelnya ditarik, jadi diambil kembali oleh `make siar`: {_named(leaving)}"
    if unknown:
        yield (
            f"Tidak diketahui apakah ralatnya sudah disampaikan: {_named(unknown)}. Lihat "
            "unggahannya; bila belum, ubah sedikit isian Ralat di naskahnya, misalnya tambahkan "
            "jamnya. Selama isian itu tetap, tidak ada yang dikirim."
        )


def _in_doubt(entries: Sequence[Entry]) -> Iterator[str]:
    if entries:
        yield (
            f"Meragukan, sebab salurannya tidak terbaca: {_numbered(entries)}. Lihat akunnya, lalu "
            "untuk setiap nomor `siar resolve NOMOR --delivered URL`, atau `siar resolve NOMOR "
            "--not-sent` bila pasti belum tayang."
        )


def _never_sent(entries: Sequence[Entry], site: Site, since: datetime) -> Iterator[str]:
    """Name recent articles of which no post was found: they may have waited for their turn."""
    recent = [
        entry
        for entry in entries
        for article in [site.named(entry.article_id, entry.lang)]
        if article and not article.withdrawn and article.date >= since
    ]
    if recent:
        yield (
            f"Tidak ditemukan, jadi tidak diunggah: {_numbered(recent)}. Bila memang belum tayang "
            "dan masih perlu: `siar repost NOMOR --why ALASAN`."
        )


def _named(posts: Sequence[Kept]) -> str:
    return _some([f"{post.title} di {post.channel} ({post.receipt.url})" for post in posts])


def _numbered(entries: Sequence[Entry]) -> str:
    return _some([f"{entry.id} ({entry.title} di {entry.channel})" for entry in entries])


def _some(names: Sequence[str]) -> str:
    rest = len(names) - NAMED
    more = f" dan {rest} lainnya; `siar status` menyebut semuanya" if rest > 0 else ""
    return "; ".join(names[:NAMED]) + more
