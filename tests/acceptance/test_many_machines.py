"""One setting, and a worker on any machine sends what a build has queued in PostgreSQL."""

from __future__ import annotations

import subprocess
from itertools import islice
from pathlib import Path

from tests.platforms.fakes.local import timeline
from tests.postgres import Server
from tests.project import BIN, Project

CHANNELS = 2
"""The project's own: each takes the article."""


def published(project: Project) -> None:
    """Do all of a run but the sending."""
    for done in (
        project.siar("init", "--since", "2026-11-01"),
        project.build("--fatal", "errors"),
        project.invoke("deploy"),
    ):
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_worker_sends_what_was_queued_and_stops_when_asked(
    tmp_path: Path, server: Server
) -> None:
    with timeline(tmp_path / "linimasa.sqlite3") as host:
        project = Project(tmp_path / "kantor", host=host)
        project.configure(SYNDICATION_LEDGER_URL=server.make())
        project.article("rumah")
        with project.served():
            published(project)
            command = [str(BIN / "siar"), "work"]
            with subprocess.Popen(
                command, cwd=project.root, stdout=subprocess.PIPE, text=True
            ) as worker:
                assert worker.stdout is not None
                sent = (line for line in worker.stdout if f"terkirim {host}/" in line)
                assert len(list(islice(sent, CHANNELS))) == CHANNELS
                worker.terminate()
            assert worker.returncode == 0
            assert "Pengiriman terakhir" in project.siar("status").stdout
            assert project.siar("relay").stdout == "Tidak ada yang baru untuk dikirim.\n"


def test_a_worker_has_nothing_to_share_in_a_file(begun: Project) -> None:
    done = begun.siar("work")
    assert done.returncode == 2
    assert "Pekerja di banyak mesin memerlukan buku besar (ledger) di PostgreSQL" in done.stderr
