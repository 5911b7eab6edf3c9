"""A server's own limit, asked beforehand, shapes the posts of the next build."""

from __future__ import annotations

from tests.platforms.fakes.mastodon import Mastodon
from tests.platforms.fakes.stage import playing
from tests.project import NOWHERE, Project

LONG = "Kantor membuka lelang kendaraan dinas bagi umum. " * 15
TOKEN = {"SIAR_WARGA_ACCESS_TOKEN": "rahasia-7"}


def test_the_instances_limit_wins_and_stays_when_it_is_silent(project: Project) -> None:
    with playing(Mastodon(characters=2000)) as stage:
        project.configure(
            SYNDICATION_CHANNELS={"warga": {"platform": "mastodon", "host": stage.url}}
        )
        project.article("mobil", Pos_warga=LONG)
        assert "tidak ada unggahan untuk warga" in project.build().stderr

        asked = project.siar("limits", **TOKEN)
        assert asked.returncode == 0, asked.stderr
        assert "warga: 2000 karakter." in asked.stdout
        assert "1 unggahan diantrekan" in project.build().stderr

    project.configure(SYNDICATION_CHANNELS={"warga": {"platform": "mastodon", "host": NOWHERE}})
    silent = project.siar("limits", **TOKEN)
    assert silent.returncode == 1
    assert "rahasia-7" not in silent.stdout + silent.stderr
    assert "tidak ada unggahan" not in project.build().stderr
