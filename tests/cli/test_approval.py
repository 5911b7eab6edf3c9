"""An office's day with its rules: real commands, a real X over HTTP, a log and no secret in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from syndication.model import State
from tests.platforms.fakes.stage import playing
from tests.platforms.fakes.x import X
from tests.project import Project

SECRETS = {
    f"SIAR_X_{name}": f"rahasia-{number}"
    for number, name in enumerate(
        ("CONSUMER_KEY", "CONSUMER_SECRET", "ACCESS_TOKEN", "ACCESS_TOKEN_SECRET")
    )
}
JAKARTA = ZoneInfo("Asia/Jakarta")


class Office:
    """A live site with a channel on X, whose rules a test sets."""

    def __init__(self, project: Project, x: X, host: str) -> None:
        self.project = project
        self.x = x
        self.host = host

    def rule(self, settings: dict[str, object] | None = None, **options: object) -> None:
        channel = {"platform": "x", "account": "kpknl", "host": self.host} | options
        self.project.configure(SYNDICATION_CHANNELS={"x": channel}, **(settings or {}))

    def build(self) -> None:
        assert self.project.build().returncode == 0

    def relay(self) -> str:
        done = self.project.siar("relay", **SECRETS)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def status(self) -> str:
        return self.project.siar("status").stdout

    def states(self) -> dict[str, State]:
        return {entry.article_id: entry.state for entry in self.project.entries()}

    def published(self) -> list[str]:
        return [str(post["text"]) for post in self.x.published()]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    x = X()
    with playing(x) as stage:
        made = Office(Project(tmp_path / "kantor"), x, stage.url)
        made.rule()
        with made.project.served():
            made.project.article("mobil", Category="Pengumuman")
            assert made.project.siar("init", "--since", "2026-11-01").returncode == 0
            (made.project.root / "deploy").mkdir()
            (made.project.root / "deploy" / "current").symlink_to(made.project.root / "output")
            yield made


def test_two_people_approve_this_text_and_no_other(office: Office) -> None:
    office.rule({"SYNDICATION_APPROVALS": {"pengumuman": 2}})
    office.build()
    assert "menunggu persetujuan (baru 0 dari 2 orang)" in office.status()
    assert "1 unggahan menunggu: menunggu persetujuan" in office.relay()
    assert office.published() == []

    first = office.project.siar("approve", "1")
    assert "baru 1 dari 2 orang" in first.stdout
    assert "Unggahan 1 disetujui uji" in office.project.siar("approve", "1").stdout
    office.relay()
    assert office.published() == []

    office.project.article("mobil", "Lelang mobil dinas diundur ke Januari.\n")
    office.project.article("mobil", "Lelang mobil dinas diundur.\n", Category="Pengumuman")
    office.build()
    assert "baru 0 dari 2 orang" in office.status()
    told = office.project.siar("explain", "1").stdout
    found = re.search(r"SHA-256\): (\w{64})", told)
    assert found
    stale = office.project.siar("approve", "1", "--sha256", "0" * 8)
    assert stale.returncode == 1
    assert "sudah berubah sejak Anda melihatnya" in stale.stderr
    office.project.siar("approve", "1", "--sha256", found[1][:8])
    done = office.project.siar("approve", "1", SIAR_ACTOR="kepala")
    assert "diundur" in done.stdout
    assert "Unggahan 1 disetujui kepala." in done.stdout
    office.relay()
    (text,) = office.published()
    assert "diundur" in text
    assert "disetujui (oleh kepala)" in office.project.siar("explain", "1").stdout


def test_a_rejected_post_waits_for_another_text_or_a_retry(office: Office) -> None:
    office.rule(approvals=1)
    office.build()
    done = office.project.siar("reject", "1", "--why", "nilai limit belum pasti")
    assert "ditolak (tidak disetujui uji: nilai limit belum pasti)" in done.stdout
    office.build()
    office.relay()
    assert office.states() == {"id-mobil": State.REFUSED}
    assert "antre" in office.project.siar("retry", "1").stdout
    office.project.siar("approve", "1")
    office.relay()
    assert len(office.published()) == 1
    again = office.project.siar("retry", "1")
    assert again.returncode == 1
    assert "siar explain 1" in again.stderr


def test_quiet_hours_are_those_of_the_sites_clock_and_urgent_posts_pass(office: Office) -> None:
    now = datetime.now(JAKARTA)
    hours = [f"{now + timedelta(hours=by):%H.%M}" for by in (-2, 2)]
    office.rule({"SYNDICATION_QUIET": "-".join(hours)})
    office.project.article("gempa", Prioritas="true")
    office.build()
    assert f"x: 1 unggahan menunggu: jam tenang {'–'.join(hours)}" in office.relay()
    assert office.states() == {"id-mobil": State.QUEUED, "id-gempa": State.DELIVERED}
    assert len(office.published()) == 1
    office.rule({"SYNDICATION_QUIET": "-".join(hours)}, quiet="-")
    office.relay()
    assert len(office.published()) == 2


def test_an_embargo_is_read_in_the_sites_zone(office: Office) -> None:
    office.project.article("mobil", Tayang="2099-01-01 08:00")
    office.build()
    (entry,) = office.project.entries()
    assert entry.due_at == datetime(2099, 1, 1, 1, 0, tzinfo=UTC)
    assert "Tidak ada yang baru untuk dikirim" in office.relay()
    office.project.siar("retry", "1")
    office.relay()
    assert office.published() == []


def test_ceiling_and_budget_are_shown_and_kept(office: Office) -> None:
    office.project.article("motor")
    office.rule(daily=1, budget="0,30")
    office.build()
    assert "batas 1 unggahan sehari sudah tercapai" in office.relay()
    assert "x: 1 dari 1 unggahan hari ini." in office.status()
    assert "x: US$0,20 dari US$0,30 bulan ini, sisa US$0,10." in office.status()
    office.rule(budget="0,30")
    assert "anggaran bulan ini tidak cukup" in office.relay()
    assert len(office.published()) == 1
    office.rule(budget="0,40")
    office.relay()
    assert len(office.published()) == 2
    verified = office.project.siar("verify", **SECRETS)
    assert verified.returncode == 1
    assert "anggaran bulan ini sudah habis (US$0,40 dari US$0,40)" in verified.stderr


def test_reading_back_is_recorded_and_shown(office: Office) -> None:
    office.rule(budget="0,30")
    office.build()
    office.relay()
    verified = office.project.siar("verify", **SECRETS)
    assert verified.returncode == 0, verified.stderr
    said = "x: US$0,205 dari US$0,30 bulan ini, sisa US$0,095 (membaca: US$0,005)."
    assert said in office.status()
    assert said in office.project.siar("limits", **SECRETS).stdout
    (used,) = json.loads(office.project.siar("status", "--json").stdout)["used"]
    assert (used["spent_usd"], used["of_it_reading_usd"]) == ("0.205", "0.005")


def test_categories_lead_to_channels(office: Office) -> None:
    office.project.article("motor", Category="Berita")
    office.rule(categories=["Berita"])
    office.build()
    assert office.states() == {"id-motor": State.QUEUED}


def test_the_last_run_is_told_and_the_log_has_no_secret(office: Office) -> None:
    office.rule({"SYNDICATION_LOG": "var/log/siar.jsonl"})
    assert "belum pernah berjalan" in office.status()
    office.build()
    office.relay()
    assert re.search(r"Pengiriman terakhir .+ \(oleh uji\): 1 terkirim\.", office.status())
    known = json.loads(office.project.siar("status", "--json").stdout)
    assert known["last_run"]["said"] == "1 terkirim."
    assert known["entries"][0]["state"] == "delivered"

    text = (office.project.root / "var" / "log" / "siar.jsonl").read_text("utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line["event"] for line in lines] == ["began", "entry", "ended"]
    assert (lines[1]["state"], lines[1]["channel"], lines[1]["actor"]) == ("delivered", "x", "uji")
    assert not any(secret in text for secret in SECRETS.values())


def test_a_log_that_cannot_be_written_stops_no_post(office: Office) -> None:
    office.rule({"SYNDICATION_LOG": "publishconf.py/siar.jsonl"})
    office.build()
    done = office.project.siar("relay", **SECRETS)
    assert done.returncode == 0
    assert "catatan tidak dapat ditulis" in done.stderr
    assert len(office.published()) == 1
