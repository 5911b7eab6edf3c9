"""The guide to a new platform says what is so."""

from __future__ import annotations

import re

import pytest

from syndication.platforms import protocol, registry
from syndication.platforms.protocol import (
    Answerable,
    Findable,
    Hearable,
    Listable,
    Measurable,
    Metered,
    Probeable,
    Repeatable,
    Revisable,
    Withdrawable,
)
from tests.platforms.contract import Contract
from tests.platforms.test_bluesky import TestBluesky as BlueskyContract
from tests.platforms.test_facebook import TestFacebook as FacebookContract
from tests.platforms.test_instagram import TestInstagram as InstagramContract
from tests.platforms.test_local import TestLocal as LocalContract
from tests.platforms.test_mastodon import TestForgetful as ForgetfulContract
from tests.platforms.test_telegram import TestTelegram as TelegramContract
from tests.platforms.test_threads import TestThreads as ThreadsContract
from tests.platforms.test_x import TestX as XContract
from tests.project import HERE

GUIDE = (HERE / "docs" / "menambah-platform.md").read_text("utf-8")
POWERS = (
    Repeatable, Findable, Revisable, Withdrawable, Listable, Probeable, Hearable, Answerable,
    Measurable,
)  # fmt: skip
EXPLAINED = (*POWERS, Metered)
CONTRACTS: tuple[Contract, ...] = (
    BlueskyContract(),
    FacebookContract(),
    InstagramContract(),
    LocalContract(),
    ForgetfulContract(),
    TelegramContract(),
    ThreadsContract(),
    XContract(),
)


def test_the_table_of_who_can_what_is_true() -> None:
    rows = [
        "| platform | repeat | find | edit | take back | list | try | hear | answer | count |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for contract in CONTRACTS:
        client: object = contract.connect("http://127.0.0.1:9")
        can = ("yes" if isinstance(client, power) else "–" for power in POWERS)
        rows.append(f"| `{contract.channel.platform}` | {' | '.join(can)} |")
    assert "\n".join(rows) in GUIDE


def test_every_platform_that_can_be_posted_to_is_in_the_table() -> None:
    assert {contract.channel.platform for contract in CONTRACTS} == set(registry.clients())


@pytest.mark.parametrize("name", sorted({"NotSetUp", *(power.__name__ for power in EXPLAINED)}))
def test_what_a_client_may_offer_is_explained(name: str) -> None:
    assert hasattr(protocol, name)
    assert f"`{name}`" in GUIDE


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#]+)", GUIDE))
def test_links_lead_to_files(link: str) -> None:
    assert (HERE / "docs" / link).exists()
