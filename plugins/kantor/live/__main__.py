"""Serve the site on loopback and build it again whenever what it is made of changes."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import socket
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import uvicorn

from kantor.live.building import Building
from kantor.live.changes import Changes
from kantor.live.pages import application
from kantor.serve import HOST
from syndication.preview.live import News

OUTPUT = Path("var", "devserver")
"""Beside the settings, and not the folder that is deployed: its pages are for the writer's eyes."""

MADE_OF = ("content", "theme", "plugins")
"""Below the settings' folder, as far as they are there."""


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="kantor.live", description=__doc__)
    parser.add_argument("--settings", type=Path, default=Path("pelicanconf.py"))
    parser.add_argument("--port", type=int, default=8000, help="nomor port (bawaan: 8000)")
    parser.add_argument("--output", type=Path, help=f"folder situsnya (bawaan: {OUTPUT})")
    parser.add_argument(
        "--watch", type=Path, nargs="+", help=f"folder yang diikuti (bawaan: {', '.join(MADE_OF)})"
    )
    return parser.parse_args()


def main() -> None:
    """Serve until Ctrl-C."""
    said = options()
    settings = said.settings.absolute()
    output = said.output.absolute() if said.output else settings.parent / OUTPUT
    watch = said.watch or [settings.parent / name for name in MADE_OF]
    try:
        listener = socket.create_server((HOST, said.port))
    except OSError as error:
        message = (
            f"Port {said.port} tidak dapat dipakai ({error.strerror}). Pilih yang lain: --port."
        )
        raise SystemExit(message) from error
    output.mkdir(parents=True, exist_ok=True)
    folders = [each.absolute() for each in watch if each.is_dir()]
    with listener, contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(settings, output, folders, listener))


async def serve(
    settings: Path, output: Path, folders: Sequence[Path], listener: socket.socket
) -> None:
    """Serve what is built there, and follow the changes, until the server is stopped."""
    news = News()
    server = uvicorn.Server(
        uvicorn.Config(
            application(output, news, lambda: server.should_exit),
            log_level="warning",
            lifespan="off",
        )
    )
    say(f"Situs: http://{HOST}:{listener.getsockname()[1]}/ (berhenti: Ctrl-C)")
    building = Building(settings, overrides(output))
    following = asyncio.create_task(follow(building, Changes(folders, settings), news))
    try:
        await server.serve(sockets=[listener])
    finally:
        following.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await following
        await building.forget()


def overrides(output: Path) -> Mapping[str, object]:
    """Return the settings that a development build needs to be one."""
    return {"OUTPUT_PATH": str(output), "SITEURL": "", "SYNDICATION_PUBLISH": False}


async def follow(building: Building, changes: Changes, news: News) -> None:
    """Build at once and after each change, and tell open pages of it."""
    async with changes:
        while True:
            began = time.monotonic()
            failure = await building.build()
            news.tell(failure)
            say(failure or f"Selesai dalam {time.monotonic() - began:.2f} detik.")
            if await changes.next_touches_code():
                await building.forget()


def say(text: str) -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(f"== {text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
