from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from syndication.compose.rules import BadRules, packaged, parse

PLATFORMS = [
    *("x", "facebook", "instagram", "threads", "mastodon", "bluesky", "telegram"),
    *("whatsapp", "youtube", "local"),
]
LEAST = """
platform = "contoh"
looked_up = "2026-11-24"
[text]
limit = 100
unit = "graphemes"
bound_unit = "graphemes"
shape = "{{ summary }}"
"""


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_rules_of_each_platform_are_whole(platform: str) -> None:
    rules = packaged(platform)
    assert rules.platform == platform
    assert 0 <= rules.room <= rules.limit
    assert rules.caption_limit <= rules.limit


@pytest.mark.parametrize("platform", [name for name in PLATFORMS if name != "local"])
def test_each_limit_names_its_source_and_day(platform: str) -> None:
    file = resources.files("syndication") / "platforms" / platform / "rules.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    assert data["looked_up"] >= "2026-11-24"
    assert "https://" in str(data["text"]["source"])


SECRETS = [
    ("x", ("consumer_key", "consumer_secret", "access_token", "access_token_secret")),
    ("facebook", ("access_token",)),
    ("whatsapp", ()),
    ("local", ()),
]


@pytest.mark.parametrize(("platform", "secrets"), SECRETS)
def test_names_the_secrets_of_an_account(platform: str, secrets: tuple[str, ...]) -> None:
    assert packaged(platform).secrets == secrets


def test_reads_the_least_that_must_be_said() -> None:
    rules = parse(LEAST)
    assert (rules.platform, rules.limit, rules.link_in_text) == ("contoh", 100, True)


WRONG = [
    ("[text", "not TOML", "no TOML"),
    (LEAST.replace("limit = 100", ""), "limit", "a field is missing"),
    (LEAST + "colour = 1", "text.colour", "a field that nobody reads"),
    (LEAST + "[hashtag]\ncap = '3'", "hashtag.cap", "a number as a text"),
    (LEAST + "[link]\nin_text = 1", "link.in_text", "a yes or no as a number"),
    (LEAST + "[account]\nsecrets = [1]", "account.secrets", "words that are none"),
    (LEAST.replace('bound_unit = "graphemes"', 'bound_unit = "lines"'), "lines", "no such unit"),
    (LEAST + "[link]\ngrammar = 'y'", "'y'", "no such grammar"),
    (LEAST.replace("limit = 100", "limit = 0"), "at least 1", "no room at all"),
]


@pytest.mark.parametrize(("text", "said"), [pytest.param(*row[:2], id=row[2]) for row in WRONG])
def test_says_what_is_wrong_with_rules(text: str, said: str) -> None:
    with pytest.raises(BadRules, match=said):
        parse(text)


@pytest.mark.parametrize("name", ["friendster", "../x", ""])
def test_has_no_rules_for_others(name: str) -> None:
    with pytest.raises(BadRules, match="no rules"):
        packaged(name)
