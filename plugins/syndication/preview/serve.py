"""Serve a preview on loopback, and build it again whenever what it is made of changes."""

from __future__ import annotations

import asyncio
import contextlib
import shlex
import socket
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import click
import uvicorn
from watchfiles import awatch

from syndication.preview.live import News, application

HOST = "127.0.0.1"

TAIL = 15
"""Lines of a failed command that the open page shows."""


class RebuildFailed(Exception):  # noqa: N818 -- says what happened
    """The preview could not be built; the reason is for the writer who looks at it."""


class PortTaken(Exception):  # noqa: N818 -- says what the port is
    """Another program has the port; the message is plain Indonesian."""


def serve(folder: Path, *, port: int, watch: Path, rebuild: Callable[[], None]) -> None:
    """Build once, serve `folder` and build again upon each change below `watch`, until Ctrl-C.

    Open pages reload themselves when they changed, and show why when a build failed. Port 0
    takes any free one. `rebuild` runs in a thread, never twice at a time.

    Raises:
        PortTaken: before anything is built.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _listening(port) as listener, contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(folder, listener, watch, rebuild))


def running(command: Sequence[str]) -> Callable[[], None]:
    """Make a rebuild of a command; what it prints is shown at the terminal when it ends."""

    def rebuild() -> None:
        try:
            done = subprocess.run(  # noqa: S603 -- the command is the operator's own
                command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
            )
        except OSError as error:
            raise RebuildFailed(f"{shlex.join(command)}: {error.strerror}") from error
        click.echo(done.stdout, nl=False)
        if done.returncode:
            tail = "\n".join(done.stdout.splitlines()[-TAIL:])
            raise RebuildFailed(tail or f"{shlex.join(command)} gagal ({done.returncode}).")

    return rebuild


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        raise PortTaken(f"Port {port} tidak dapat dipakai ({error.strerror}).") from error


async def _serve(
    folder: Path, listener: socket.socket, watch: Path, rebuild: Callable[[], None]
) -> None:
    news = News()
    server = uvicorn.Server(
        uvicorn.Config(
            application(folder, news, lambda: server.should_exit),
            log_level="warning",
            lifespan="off",
        )
    )
    port = listener.getsockname()[1]
    click.echo(f"Pratinjau: http://{HOST}:{port}/ (berhenti: Ctrl-C)")
    following = asyncio.create_task(_follow(watch, rebuild, news))
    try:
        await server.serve(sockets=[listener])
    finally:
        following.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await following


async def _follow(watch: Path, rebuild: Callable[[], None], news: News) -> None:
    changes = awatch(watch)
    while True:
        changed = asyncio.ensure_future(anext(changes))  # what changes during a build counts too
        await _build(rebuild, news)
        await changed


async def _build(rebuild: Callable[[], None], news: News) -> None:
    try:
        await asyncio.to_thread(rebuild)
    except RebuildFailed as failed:
        click.echo(str(failed), err=True)
        news.tell(f"Pratinjau ini belum yang terbaru: penyusunan gagal.\n{failed}")
    else:
        news.tell()


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
@click.option("--port", type=int, default=8012, show_default=True, help="Nomor port.")
@click.option(
    "--watch",
    type=click.Path(path_type=Path, exists=True),
    default=Path("content"),
    show_default=True,
    help="Folder yang perubahannya diikuti.",
)
def main(folder: Path, command: tuple[str, ...], port: int, watch: Path) -> None:
    """Layani pratinjau di FOLDER dan susun lagi dengan COMMAND bila ada yang berubah."""
    try:
        serve(folder, port=port, watch=watch, rebuild=running(command))
    except PortTaken as taken:
        raise click.ClickException(f"{taken} Pilih yang lain dengan --port.") from taken


if __name__ == "__main__":
    main()
