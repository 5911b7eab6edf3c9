"""In a crisis everything stops at once, and goes on when a person says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.platforms.fakes.stage import playing
from tests.platforms.fakes.x import X
from tests.project import Project

SECRETS = {
    f"SIAR_X_{name}": "rahasia-9"
    for name in ("CONSUMER_KEY", "CONSUMER_SECRET", "ACCESS_TOKEN", "ACCESS_TOKEN_SECRET")
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[tuple[Project, X]]:
    """A live site with one due post on X."""
    x = X()
    with playing(x) as stage:
        project = Project(tmp_path / "kantor")
        channel = {"platform": "x", "account": "kpknl", "host": stage.url}
        project.configure(SYNDICATION_CHANNELS={"x": channel})
        with project.served():
            project.article("mobil")
            project.siar("init", "--since", "2026-11-01")
            project.build()
            (project.root / "deploy").mkdir()
            (project.root / "deploy" / "current").symlink_to(project.root / "output")
            yield project, x


def test_a_hold_stops_everything_until_it_is_resumed(office: tuple[Project, X]) -> None:
    project, x = office
    assert project.siar("hold", "--why", "gempa di Pekalongan").returncode == 0
    project.siar("relay", **SECRETS)
    assert x.published() == []
    assert "SEMUA DITAHAN" in project.siar("status").stdout
    assert "gempa di Pekalongan" in project.siar("status").stdout

    assert project.siar("resume").returncode == 0
    assert project.siar("relay", **SECRETS).returncode == 0
    assert len(x.published()) == 1
    told = project.siar("explain", "1").stdout
    assert "mulai dikirim" in told
    assert "terkirim" in told


def test_resume_names_the_channels_there_are(office: tuple[Project, X]) -> None:
    project, _ = office
    done = project.siar("resume", "tiktok")
    assert done.returncode == 2
    assert "Yang ada: x." in done.stderr
    assert "Tidak ada yang sedang dihentikan" in project.siar("resume", "x").stdout
