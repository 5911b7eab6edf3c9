"""Look at everything that a post needs, and post nothing: accounts, ledger, site, register."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

import httpx

from syndication.deliver import published
from syndication.deliver.sending import place
from syndication.ledger import pauses, queries
from syndication.ledger.errors import LedgerError
from syndication.ledger.evidence import require_writable
from syndication.ledger.store import Ledger, open_ledger
from syndication.model import Channel
from syndication.platforms.health import bad, good, unknown
from syndication.platforms.protocol import Barred, Client, Failure, Finding, Probeable, Sign

LEDGER, SITE = "buku besar", "situs"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at: of a channel or platform, the ledger, or the site."""

    subject: str
    about: str
    finding: Finding

    @property
    def bad(self) -> bool:
        """Tell whether this keeps posts from going out, or soon will."""
        return self.finding.sign is Sign.BAD


def accounts(
    channels: Mapping[str, Channel],
    clients: Mapping[str, Client],
    lacking: Mapping[str, str],
    platforms: Collection[str],
) -> Iterator[Line]:
    """Try each channel's account, and name the `platforms` that have no channel."""
    for name in channels:
        if name in lacking:
            yield Line(name, "saluran", Finding(Sign.UNSET, lacking[name]))
        elif name in clients:
            yield from _account(name, clients[name])
        else:
            yield Line(name, "saluran", good("diunggah orang"))
    used = {channel.platform for channel in channels.values()}
    for platform in sorted(set(platforms) - used):
        nothing = Finding(Sign.UNSET, "tidak ada salurannya di setelan")
        yield Line(platform, "saluran", nothing)


def _account(name: str, client: Client) -> Iterator[Line]:
    if not isinstance(client, Probeable):
        yield Line(name, "saluran", unknown("platform ini tidak dapat dicoba tanpa mengunggah"))
        return
    try:
        health = client.probe()
    except Failure as failure:
        about = "token" if isinstance(failure, Barred) else "sambungan"
        yield Line(name, about, bad(failure.reason))
        return
    except Exception as bug:  # noqa: BLE001 -- a platform that answers nonsense is a finding, too
        yield Line(name, "sambungan", bad(place(bug)))
        return
    yield Line(name, "token", health.token)
    yield Line(name, "izin", health.scope)
    yield Line(name, "jam", health.clock)
    yield Line(name, "kuota", health.quota)


def ledger(url: str, now: datetime) -> Iterator[Line]:
    """Open the ledger, write to it, read its chain, and name what is paused."""
    try:
        opened = open_ledger(url)
        require_writable(opened)
        yield Line(LEDGER, "menulis", good(opened.where))
        yield Line(LEDGER, "rantai", _chain(opened))
        for pause in pauses.standing(opened, now).values():
            everything = pause.channel == pauses.EVERYTHING
            subject = "semua saluran" if everything else pause.channel
            yield Line(subject, "jeda", bad(pause.reason))
    except LedgerError as error:
        yield Line(LEDGER, "membuka", bad(str(error)))


def _chain(opened: Ledger) -> Finding:
    broken = queries.verify_chain(opened)
    if broken:
        return bad(f"putus pada kejadian {broken.seq}; jalankan `siar audit`")
    return good("utuh")


def site(url: str, http: httpx.Client, ledger_url: str) -> Iterator[Line]:
    """Ask for the front page and for the register, and hold that against the ledger."""
    try:
        status = http.get(f"{url}/").status_code
        fine = status == HTTPStatus.OK
        yield Line(SITE, "beranda", (good if fine else bad)(f"{url}/ menjawab {status}"))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        yield Line(SITE, "beranda", bad(f"{url}/ tidak dapat dibuka ({type(error).__name__})"))
    yield Line(SITE, "register", _register(published.fetch(http, url), ledger_url))


def _register(shown: published.Register | published.Silent, ledger_url: str) -> Finding:
    if isinstance(shown, published.Silent):
        return bad(shown.reason)
    try:
        lost = published.forgotten(open_ledger(ledger_url), shown)
    except LedgerError:
        return unknown(f"{len(shown.posts)} unggahan; tidak dapat dibandingkan")
    return bad(str(lost)) if lost else good(f"{len(shown.posts)} unggahan, semuanya dikenal")
