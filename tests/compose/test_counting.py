from __future__ import annotations

import random
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndication.compose.counting import bound, bound_by, count, count_by
from syndication.compose.emoji import emoji
from syndication.compose.links import shortened
from syndication.compose.rules import BadRules, packaged
from syndication.compose.units import graphemes
from tests.compose.conftest import Judge

PLATFORMS = ["x", "facebook", "instagram", "threads", "mastodon", "bluesky", "telegram", "local"]
FAMILY = "👨‍👩‍👧"

COUNTED = [
    ("x", "Lelang dibuka.", 14, "a letter is one"),
    ("x", "Lihat https://a.go.id/lelang", 29, "an address is 23, however long or short"),
    ("x", "Lihat lelang.go.id", 29, "a bare domain too"),
    ("x", "Lihat lelang.go.id.", 30, "the full stop after it is not part of it"),
    ("x", "Berkas daftar.lot.xyzzy", 23, "no known top-level domain, no address"),
    ("x", "PN.Jkt.Pst", 10, "an abbreviation with stops is no address"),
    ("x", "a@lelang.go.id", 14, "an e-mail address is none"),
    ("x", "(lelang.go.id)", 25, "brackets are not part of it"),
    ("x", f"Selamat {FAMILY}", 10, "an emoji is two, joined or not"),
    ("x", "🇮🇩", 2, "a flag is one emoji"),
    ("x", "🇦🇦", 4, "two letters without a flag are two"),
    ("x", "👍🏽", 2, "a skin tone belongs to its emoji"),
    ("x", "1️⃣", 2, "a keycap is one emoji"),
    ("x", "©", 1, "without its selector a sign is no emoji"),
    ("x", "e\u0301", 1, "counted in NFC"),
    ("x", "日本", 4, "a Chinese character is two"),
    ("x", "ꦏꦥꦸ", 6, "Javanese lies beyond the light ranges"),
    ("x", "العربية", 7, "Arabic is light"),
    ("x", "“a” – b…", 9, "quotation marks and dashes are light, the ellipsis is not"),
    ("x", "a\r\nb", 4, "a line break is what it is"),
    ("mastodon", "Lihat https://a.go.id/" + "x" * 90, 29, "an address with a protocol is 23"),
    ("mastodon", "Lihat lelang.go.id", 18, "a bare domain counts in full"),
    ("mastodon", "ahttps://a.go.id/x", 18, "no address in the middle of a word"),
    ("mastodon", "https://a.xyzzy/x", 17, "no known top-level domain, no address"),
    ("mastodon", "https://" + "a" * 4100 + ".id", 4111, "no address beyond 4096 characters"),
    ("mastodon", "Halo @humas@sosial.go.id", 11, "a remote name counts without its server"),
    ("mastodon", "Halo @humas", 11, "a name of the same server counts as it is"),
    ("mastodon", f"{FAMILY}🇮🇩", 2, "an emoji is one"),
    ("mastodon", "https://a.go.id/(a)", 23, "brackets within an address belong to it"),
    ("mastodon", "gopher://a.go.id", 23, "further protocols are known"),
    ("bluesky", FAMILY, 1, "a grapheme is one"),
    ("bluesky", "e\u0301", 1, "a letter with its mark is one"),
    ("bluesky", "https://a.go.id/x", 17, "an address counts in full"),
    ("threads", FAMILY, 18, "an emoji counts its bytes in UTF-8"),
    ("threads", "e\u0301", 2, "else a code point is one"),
    ("telegram", "🙂", 2, "UTF-16"),
    ("telegram", "a", 1, "UTF-16, one unit"),
    ("instagram", "🙂", 1, "a character"),
    ("local", "https://a.go.id/x 🙂", 19, "all in full"),
]


@pytest.mark.parametrize(
    ("platform", "text", "expected"),
    [pytest.param(*row[:3], id=f"{row[0]}: {row[3]}") for row in COUNTED],
)
def test_counts_as_the_platform_does(platform: str, text: str, expected: int) -> None:
    assert count(platform, text) == expected


BOUND = [
    ("x", FAMILY, 8, "without the emoji discount, which X's library does not give to newer ones"),
    ("x", "🫠", 2, "a single emoji is two either way"),
    ("instagram", "🙂", 2, "by the stricter UTF-16"),
    ("bluesky", "🙂" * 10, 10, "by graphemes where bytes are fewer"),
    (
        "bluesky",
        FAMILY * 10,
        18,
        "by bytes where they are nearer to full: 180 of 3000 is 18 of 300",
    ),
]


@pytest.mark.parametrize(
    ("platform", "text", "expected"),
    [pytest.param(*row[:3], id=f"{row[0]}: {row[3]}") for row in BOUND],
)
def test_bounds_so_that_what_fits_is_surely_taken(platform: str, text: str, expected: int) -> None:
    assert bound(platform, text) == expected


def test_knows_no_other_platform() -> None:
    with pytest.raises(BadRules, match="friendster"):
        count("friendster", "Halo")


@pytest.mark.parametrize("platform", PLATFORMS)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_bound_is_never_below_count(platform: str, text: str) -> None:
    rules = packaged(platform)
    assert bound_by(text, rules) >= count_by(text, rules)


STRANGE = tomllib.loads((Path(__file__).parent / "strange.toml").read_text(encoding="utf-8"))
PIECES: list[str] = STRANGE["pieces"]
EMOJI: list[str] = STRANGE["emoji"]


def strange_texts(how_many: int) -> list[str]:
    chance = random.Random(20261124)  # noqa: S311 -- the same texts in every run

    def piece() -> str:
        if chance.random() < 0.75:
            return chance.choice(PIECES)
        return chance.choice(EMOJI)

    glue = ["", "", " "]
    return [
        chance.choice(glue).join(piece() for _ in range(chance.randint(1, 8)))
        for _ in range(how_many)
    ]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [*strange_texts(6000), *EMOJI, *PIECES]


def test_weighs_as_the_library_of_x_but_for_emoji_newer_than_it(
    judge: Judge, texts: list[str]
) -> None:
    alone = sorted({one for text in texts for one in emoji(text)})
    extra = {one: verdict["weighted"] - 2 for one, verdict in zip(alone, judge(alone), strict=True)}
    rules = packaged("x")
    for text, verdict in zip(texts, judge(texts), strict=True):
        heavier = sum(extra.get(one, 0) for one in emoji(shortened(text, rules)))
        assert count("x", text) + heavier == verdict["weighted"], ascii(text)


def test_bounds_never_below_the_library_of_x(judge: Judge, texts: list[str]) -> None:
    for text, verdict in zip(texts, judge(texts), strict=True):
        assert bound("x", text) >= verdict["weighted"], ascii(text)


def test_segments_as_node_does(judge: Judge, texts: list[str]) -> None:
    for text, verdict in zip(texts, judge(texts), strict=True):
        assert graphemes(text) == verdict["graphemes"], ascii(text)


def test_finds_the_emoji_that_unicode_recommends(judge: Judge) -> None:
    recommended = [
        one for one, verdict in zip(EMOJI, judge(EMOJI), strict=True) if verdict["emoji"] == [one]
    ]
    assert len(recommended) >= 10
    assert [emoji(one) for one in recommended] == [[one] for one in recommended]


HOSTILE = [
    ("例" * 20_000 + ".", "letters that could all begin a domain"),
    ("a." * 8_000, "labels without end"),
    ("http://a.com/" + "(" * 6_000, "brackets never closed"),
    ("z\u0300\u0316" * 10_000 + ".", "heaped marks"),
]


@pytest.mark.parametrize("text", [pytest.param(text, id=reason) for text, reason in HOSTILE])
@pytest.mark.parametrize("platform", ["x", "mastodon"])
def test_counts_hostile_text_in_bounded_time(platform: str, text: str) -> None:
    """Quadratic time would take minutes here; the suite would not end."""
    assert count(platform, text) > 0
