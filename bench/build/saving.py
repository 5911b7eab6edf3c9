"""How long a writer waits under `invoke devserver`: from saving a file to having the new page."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import httpx

from bench.build.corpus import essay
from bench.build.peer import Peer
from bench.build.site import Site

PEER = "office"
"""Whose site is saved: the one with everything on."""

ROUNDS = 5
PATIENCE_S = 3_600
"""The first build is a cold one."""


def seconds(site: Site) -> float:
    """Save an article again and again; return the median until its new page is there, whole."""
    written = essay(site.articles // 3, site.articles)
    file, path = site.peer.file(site.root, written), f"artikel/{written.slug}/"
    before, text = file.read_text("utf-8"), site.peer.text(written)
    try:
        with serving(site.peer, site.root) as url:
            wait_for(url, path, written.title)  # the first build is there
            warm, *rounds = [
                once(url, path, file, f"{text}\nDisimpan {turn} kali.\n", f"Disimpan {turn} kali.")
                for turn in itertools.islice(itertools.count(1), ROUNDS + 1)
            ]
    finally:
        file.write_text(before, "utf-8")
    del warm  # the first save finds modules that the first build has just imported
    return round(median(rounds), 3)


def once(url: str, path: str, file: Path, text: str, new: str) -> float:
    """Save, hear that the site was built, load the page; return the seconds."""
    with httpx.stream("GET", f"{url}_langsung/perubahan", timeout=PATIENCE_S) as news:
        events = (line for line in news.iter_lines() if line.startswith("data: "))
        next(events)  # how things are
        began = time.perf_counter()
        file.write_text(text, "utf-8")
        for event in events:
            if failure := json.loads(event.removeprefix("data: "))["failure"]:
                raise RuntimeError(failure)
            if new in httpx.get(f"{url}{path}").text:
                return time.perf_counter() - began
    raise RuntimeError("the development server has gone")


def wait_for(url: str, path: str, words: str) -> None:
    """Wait until a page has these words."""
    with httpx.stream("GET", f"{url}_langsung/perubahan", timeout=PATIENCE_S) as news:
        for line in news.iter_lines():
            if line.startswith("data: ") and words in httpx.get(f"{url}{path}").text:
                return


@contextmanager
def serving(peer: Peer, root: Path) -> Iterator[str]:
    """Run the development server on a site's content; yield its address."""
    settings = peer.command(root)[2]
    command = [sys.executable, "-m", "kantor.live", "--settings", settings, "--port", "0"]
    with (
        (root / "devserver.log").open("wb") as said,
        subprocess.Popen(  # noqa: S603 -- our own module
            command, cwd=root, stdout=subprocess.PIPE, stderr=said, text=True
        ) as process,
    ):
        try:
            yield address(process)
        finally:
            process.terminate()


def address(process: subprocess.Popen[str]) -> str:
    """Read the address that the server tells first."""
    if process.stdout is None:
        raise ValueError("its words must come through a pipe")
    return process.stdout.readline().split()[2]
