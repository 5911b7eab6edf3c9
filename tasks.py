"""Tasks of the project: `invoke X`, also `make X`. Each says what it does and can be repeated."""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import sys
from pathlib import Path

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

ROOT = Path(__file__).resolve().parent
BIN = ROOT / ".venv" / "bin"
STAMP = ROOT / ".venv" / "siap.sha256"
DEBIAN = ROOT / "requirements" / "debian.txt"
SET_UP_FROM = ("requirements/dev.txt", "requirements/debian.txt", "pyproject.toml")
SETTINGS = "publishconf.py"


def say(text: str) -> None:
    """Tell the person at the terminal what happens now."""
    print(f"== {text}", flush=True)


def run(context: Context, *command: str | Path) -> None:
    """Run one program in the project's folder; its own words go to the terminal."""
    with context.cd(str(ROOT)):
        context.run(shlex.join(map(str, command)), pty=False)


@task
def setup(context: Context) -> None:
    """Make .venv with all that builds, checks and tests the site (quick when nothing changed)."""
    wanted = hashlib.sha256(b"".join((ROOT / each).read_bytes() for each in SET_UP_FROM)).hexdigest()
    if STAMP.is_file() and STAMP.read_text() == wanted:
        return
    install_debian_packages(context)
    say("Memasang pustaka Python (requirements/dev.txt, beberapa menit pada kali pertama)")
    pip = (BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(context, *pip, "--require-hashes", "-r", "requirements/dev.txt")
    run(context, *pip, "--no-deps", "--no-build-isolation", "--editable", ".")
    STAMP.write_text(wanted)


def install_debian_packages(context: Context) -> None:
    """Install what is missing of requirements/debian.txt as root, else say how and stop."""
    packages = DEBIAN.read_text().split()
    missing = [each for each in packages if not shutil.which(each)]
    if not missing:
        return
    command = f"apt-get install --yes --no-install-recommends {' '.join(packages)}"
    if os.geteuid() != 0:
        raise Exit(f"sudo {command}", code=1)
    say(f"Memasang paket Debian: {' '.join(missing)}")
    run(context, "apt-get", "update", "--quiet=2")
    context.run(f"DEBIAN_FRONTEND=noninteractive {command} --quiet=2", hide="stdout")
