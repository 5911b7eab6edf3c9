from __future__ import annotations

import subprocess
import sys

import pytest

from syndication.model import Channel
from syndication.platforms import registry
from syndication.platforms.protocol import Secret
from tests.platforms.samples import clock

BY_HAND = {"whatsapp", "youtube"}
BUILT_IN = {"x", "facebook", "instagram", "threads", "telegram", "mastodon", "local"}


def test_the_built_in_platforms_are_found() -> None:
    assert set(registry.formats()) >= BUILT_IN | BY_HAND
    assert set(registry.clients()) >= BUILT_IN
    assert not set(registry.clients()) & BY_HAND


def test_an_unknown_platform_is_named_with_those_that_are_known() -> None:
    channel = Channel("orkut", "orkut", "id")
    with pytest.raises(registry.UnknownPlatform, match=r"orkut.*facebook, .*local, .*x"):
        registry.format_for(channel)
    with pytest.raises(registry.UnknownPlatform, match=r"orkut.*facebook"):
        registry.client_for(channel, {}, clock)


def test_writing_posts_imports_no_sdk() -> None:
    program = (
        "import sys\n"
        "from syndication.model import Channel\n"
        "from syndication.platforms import registry\n"
        f"for name in {sorted(BUILT_IN | BY_HAND)!r}:\n"
        "    registry.format_for(Channel(name, name, 'id'))\n"
        "heavy = {'tweepy', 'facebook', 'mastodon', 'requests', 'httpx', 'PIL'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\n"


def test_a_secret_hides_itself() -> None:
    hidden = Secret("rahasia")
    assert repr(hidden) == repr([hidden])[1:-1] == "Secret('…')"
    assert hidden == "rahasia"
