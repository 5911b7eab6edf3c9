"""Several accounts on one platform: what belongs to one is never used for the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import chain

import pytest

from syndication.model import JSON, Channel, Payload
from syndication.platforms import registry
from syndication.platforms.protocol import Client, Secret
from tests.platforms.fakes.mastodon import Mastodon
from tests.platforms.fakes.stage import Platform, Reply, Request, data, playing
from tests.platforms.fakes.telegram import Telegram
from tests.platforms.samples import clock, post_for

INDONESIAN, ENGLISH = "110201543:AAH-indonesia", "110201544:BBH-english"


@dataclass
class House:
    """One server on which each token opens an account of its own, and a wrong one opens none."""

    accounts: dict[str, Platform]

    def publishes(self, request: Request) -> bool:
        return any(account.publishes(request) for account in self.accounts.values())

    def reply(self, request: Request) -> Reply:
        shown = f"{request.path} {request.headers.get('authorization', '')}"
        opened = [account for token, account in self.accounts.items() if token in shown]
        if not opened and "/instance" in request.path:
            opened = list(self.accounts.values())
        return opened[0].reply(request) if opened else data(401, {"error": "Who?"})

    def published(self) -> list[dict[str, JSON]]:
        return list(chain.from_iterable(each.published() for each in self.accounts.values()))


def mastodon(token: str) -> Mastodon:
    return Mastodon(token)


def telegram(token: str) -> Telegram:
    return Telegram("@kpknl" if token == INDONESIAN else "@kpknl_en", token)


def connected(platform: str, lang: str, token: str, host: str) -> tuple[Channel, Client]:
    """Connect the account of a language."""
    chat = "@kpknl" if lang == "id" else "@kpknl_en"
    options = {"host": host} | ({"chat_id": chat} if platform == "telegram" else {})
    channel = Channel(f"{platform}-{lang}", platform, lang, options=options)
    secret = "bot_token" if platform == "telegram" else "access_token"
    return channel, registry.client_for(channel, {secret: Secret(token)}, clock)


def saying(channel: Channel) -> Payload:
    """Say the channel's language."""
    return registry.format_for(channel).render(replace(post_for(channel), text=channel.lang))


@pytest.mark.parametrize(("platform", "make"), [("mastodon", mastodon), ("telegram", telegram)])
def test_each_language_speaks_through_its_own_account(
    platform: str, make: Callable[[str], Platform]
) -> None:
    house = House({token: make(token) for token in (INDONESIAN, ENGLISH)})
    with playing(house) as stage:
        ours = [
            connected(platform, lang, token, stage.url)
            for lang, token in (("id", INDONESIAN), ("en", ENGLISH))
        ]
        prepared = [(client, client.prepare(saying(channel))) for channel, client in ours]
        for client, each in prepared:
            client.deliver(each, key="k")
    said = [[post["text"] for post in each.published()] for each in house.accounts.values()]
    assert said == [["id"], ["en"]]
