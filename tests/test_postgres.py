"""The database server of the tests ends with whoever started it, however that ended."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path

START = """
import sys
from pathlib import Path
from tests import postgres
with postgres.running() as server:
    print((server.folder / "postmaster.pid").read_text().splitlines()[0], server.folder, flush=True)
    sys.stdin.read()
"""
HERE = Path(__file__).resolve().parent.parent


def test_a_killed_test_leaves_no_server_behind() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", START],
        cwd=HERE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as starter:
        assert starter.stdout is not None
        number, folder = starter.stdout.readline().split()
        postmaster = os.pidfd_open(int(number))
        starter.kill()
    ended, _, _ = select.select([postmaster], [], [], 60)
    os.close(postmaster)
    assert ended, f"the server in {folder} still runs"
