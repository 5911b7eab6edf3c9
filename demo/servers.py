"""The two servers of the demonstration: the site as readers get it, and a timeline for posts."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "var" / "demo"
LEDGER = HERE / "ledger.sqlite3"
SINCE = "2026-11-16"  # a day before the newest articles in content/, which become the posts
HOST = "127.0.0.1"
READY_WITHIN_S = 30


@dataclass(frozen=True, slots=True)
class Server:
    """A server of the demonstration, at a port that stays its own from run to run."""

    name: str
    port: int

    @property
    def url(self) -> str:
        """Return its address on loopback."""
        return f"http://{HOST}:{self.port}"


def free_port(wanted: int) -> int:
    """Return the wanted port if nothing listens there, else any free one."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            probe.bind((HOST, wanted))
            return wanted
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def kept_ports() -> Mapping[str, int]:
    """Return the ports of the first run: posts link to them, so they must stay the same."""
    kept = HERE / "ports.json"
    if not kept.is_file():
        HERE.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps({"site": free_port(8910), "timeline": free_port(8911)}))
    ports: Mapping[str, int] = json.loads(kept.read_text())
    return ports


SITE = Server("Situs", kept_ports()["site"])
TIMELINE = Server("Linimasa", kept_ports()["timeline"])


@contextmanager
def running() -> Iterator[dict[str, str]]:
    """Run both servers, ready to answer, and stop them at the end; yields name and address."""
    serve = ("kantor.serve", str(HERE / "public" / "current"), "--port", str(SITE.port))
    database = str(HERE / "timeline.sqlite3")
    local = ("syndication.platforms.local.server", "--database", database)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that both servers are stopped
    with ExitStack() as stack:
        stack.enter_context(_process(SITE, serve))
        stack.enter_context(_process(TIMELINE, (*local, "--port", str(TIMELINE.port))))
        yield {each.name: each.url for each in (SITE, TIMELINE)}


@contextmanager
def _process(server: Server, module: Sequence[str]) -> Iterator[None]:
    if free_port(server.port) != server.port:
        message = (
            f"Port {server.port} ({server.name}) sedang dipakai program lain. Hentikan dulu; "
            "bila itu `make look`, tekan Ctrl-C di terminalnya."
        )
        raise SystemExit(message)
    log = (HERE / f"{server.name.lower()}.log").open("ab")
    process = subprocess.Popen(  # noqa: S603 -- our own modules
        [sys.executable, "-m", *module], stdout=log, stderr=log, cwd=ROOT
    )
    try:
        _wait_until_ready(server, process)
        yield
    finally:
        process.terminate()
        process.wait(timeout=READY_WITHIN_S)
        log.close()


def _wait_until_ready(server: Server, process: subprocess.Popen[bytes]) -> None:
    for _ in range(READY_WITHIN_S * 10):
        with suppress(OSError), socket.create_connection((HOST, server.port), timeout=1):
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.1)
            break
    raise SystemExit(f"{server.name} tidak mau jalan. Lihat var/demo/{server.name.lower()}.log.")


def wait_for_interrupt() -> None:
    """Wait until Ctrl-C or a request to end."""
    with suppress(KeyboardInterrupt):
        signal.pause()
