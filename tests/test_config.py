"""Settings become typed values, and every mistake is named at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from syndication.config import ConfigError, from_settings, read_file
from syndication.platforms import registry
from syndication.settings import declared
from tests.project import HERE

LOCAL = {"platform": "local", "lang": "id", "host": "http://127.0.0.1:8911"}
X = {"platform": "x", "lang": "id", "account": "kpknl"}


def test_defaults_are_those_of_an_unconfigured_project(tmp_path: Path) -> None:
    config = from_settings({"PATH": str(tmp_path / "content")})
    assert config.root == tmp_path
    assert config.ledger_url == f"sqlite:///{tmp_path}/var/ledger.sqlite3"
    assert config.zone.key == "Asia/Jakarta"
    assert not config.production
    assert config.max_new == declared()["SYNDICATION_MAX_NEW"]["default"]


@pytest.mark.parametrize(
    ("settings", "production"),
    [
        pytest.param({"SITEURL": "https://a.go.id", "SYNDICATION_PUBLISH": True}, True, id="https"),
        pytest.param({"SITEURL": "https://a.go.id"}, False, id="not for the public"),
        pytest.param({"SITEURL": "http://a.go.id", "SYNDICATION_PUBLISH": True}, False, id="http"),
        pytest.param({"SITEURL": "", "SYNDICATION_PUBLISH": True}, False, id="no address"),
        pytest.param(
            {
                "SITEURL": "http://127.0.0.1:8910",
                "SYNDICATION_PUBLISH": True,
                "SYNDICATION_CHANNELS": {"linimasa": LOCAL},
            },
            True,
            id="all on loopback",
        ),
        pytest.param(
            {
                "SITEURL": "http://127.0.0.1:8910",
                "SYNDICATION_PUBLISH": True,
                "SYNDICATION_CHANNELS": {
                    "linimasa": LOCAL,
                    "saluran-wa": {"platform": "whatsapp"},
                    "kanal-yt": {"platform": "youtube"},
                },
            },
            True,
            id="on loopback or by hand",
        ),
        pytest.param(
            {
                "SITEURL": "http://127.0.0.1:8910",
                "SYNDICATION_PUBLISH": True,
                "SYNDICATION_CHANNELS": {"linimasa": LOCAL, "x": X},
            },
            False,
            id="a real channel would link to loopback",
        ),
    ],
)
def test_only_a_public_or_wholly_local_site_queues_posts(
    settings: dict[str, object], *, production: bool
) -> None:
    assert from_settings(settings).production is production


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        pytest.param({"SYNDICATION_SINCE": "1 Juli"}, "bukan tanggal", id="since is no date"),
        pytest.param({"SYNDICATION_MAX_NEW": 0}, "bilangan bulat positif", id="ceiling is zero"),
        pytest.param({"SYNDICATION_MAX_NEW": True}, "bilangan bulat", id="ceiling is a flag"),
        pytest.param({"SYNDICATION_PUBLISH": "ya"}, "True atau False", id="flag is a word"),
        pytest.param({"TIMEZONE": "Jakarta"}, "TIMEZONE tidak dikenal", id="zone"),
        pytest.param({"SYNDICATION_SINSE": 1}, "Maksud Anda SYNDICATION_SINCE", id="misspelt"),
        pytest.param({"SYNDICATION_CHANNELS": []}, "harus berupa kamus", id="channels a list"),
        pytest.param({"SYNDICATION_CHANNELS": {"x": {}}}, "menyebut platform", id="no platform"),
        pytest.param(
            {"SYNDICATION_CHANNELS": {"a": LOCAL | {"correction": "hapus"}}},
            "edit, edit-or-replace, link, replace",
            id="no such way of correcting",
        ),
        pytest.param(
            {"SYNDICATION_CHANNELS": {"a": {"platform": "gapura"}}}, "Yang ada:", id="unknown"
        ),
        pytest.param(
            {"SYNDICATION_CHANNELS": {"fb": {"platform": "facebook"}}},
            "belum menyebut page_id",
            id="option missing",
        ),
        pytest.param(
            {"SYNDICATION_CHANNELS": {"a b": LOCAL}}, "tidak dapat dipakai", id="name with space"
        ),
    ],
)
def test_a_mistake_is_named_with_its_remedy(settings: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        from_settings(settings)


def test_all_mistakes_are_reported_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        from_settings({"TIMEZONE": "?", "SYNDICATION_MAX_NEW": -1, "SYNDICATION_NOPE": 1})
    assert len(caught.value.problems) == 3


def test_a_settings_file_is_read_without_pelican(tmp_path: Path) -> None:
    (tmp_path / "dasar.py").write_text("TIMEZONE = 'Asia/Makassar'\nbukan_setelan = 1\n")
    file = tmp_path / "publishconf.py"
    file.write_text("from dasar import *\nPATH = 'content'\nSYNDICATION_SINCE = '2026-01-31'\n")
    settings = read_file(file)
    config = from_settings(settings)
    assert "bukan_setelan" not in settings
    assert config.content == tmp_path / "content"
    assert config.zone.key == "Asia/Makassar"
    assert config.since == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("SITEURL = ", "SyntaxError", id="syntax"),
        pytest.param("import tidak_ada_modul_ini", "tidak_ada_modul_ini", id="import"),
        pytest.param(None, "tidak ada", id="missing"),
    ],
)
def test_a_settings_file_that_cannot_run_is_no_traceback(
    tmp_path: Path, text: str | None, message: str
) -> None:
    file = tmp_path / "publishconf.py"
    if text is not None:
        file.write_text(text)
    with pytest.raises(ConfigError, match=message):
        read_file(file)


def test_the_demonstration_asks_nobody_but_this_machine_and_shows_channels_by_hand() -> None:
    demo = from_settings(read_file(HERE / "demo" / "democonf.py"))
    assert demo.production
    assert demo.on_loopback
    by_hand = {each.platform for each in demo.channels.values()} - set(registry.clients())
    assert by_hand == {"whatsapp", "youtube"}
