"""The `siar` command: what acts on ledger and content. Tasks call it; a person may, too."""

from __future__ import annotations

import errno
from typing import Any

import click

from syndication.cli import (
    announcing,
    approval,
    asking,
    byhand,
    crisis,
    desk,
    evidence,
    inbox,
    listening,
    monthly,
    outside,
    recovery,
    revisions,
    usage,
    visits,
    workers,
    writing,
)
from syndication.cli.settings import Settings
from syndication.config import ConfigError
from syndication.ledger.errors import LedgerError

FAILED = 1
UNUSABLE = 2
UNUSABLE_FILE = (
    "{file}: tidak dapat dibaca atau ditulis ({detail}). Periksa hak akses dan sisa ruang disk, "
    "lalu ulangi."
)


class PlainErrors(click.Group):
    """Says what is wrong in plain words instead of a traceback."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 -- as click has it
        """Run the command; settings or a ledger that cannot be used end it with a message."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise usage.plain(error) from error
        except ConfigError as error:
            for problem in error.problems:
                click.echo(problem, err=True)
            ctx.exit(UNUSABLE)
        except LedgerError as error:
            click.echo(error, err=True)
            ctx.exit(FAILED)
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read us has enough; click knows
                raise
            click.echo(UNUSABLE_FILE.format(file=error.filename, detail=error.strerror), err=True)
            ctx.exit(FAILED)


@click.group(cls=PlainErrors, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--settings",
    "file",
    default="publishconf.py",
    envvar="SIAR_SETTINGS",
    show_default=True,
    help="Berkas setelan Pelican.",
)
@click.pass_context
def main(ctx: click.Context, file: str) -> None:
    """Siar: halaman resmi dan unggahan yang menautkannya.

    Keluar dengan 0 bila semua beres, 1 bila ada yang perlu dilihat orang, dan 2 bila perintah
    atau setelannya tidak dapat dipakai.
    """
    ctx.obj = Settings(file)


GROUPS = (
    announcing, writing, asking, desk, outside, byhand, crisis, approval, revisions, evidence,
    recovery, visits, workers, listening, inbox, monthly,
)  # fmt: skip
for group in GROUPS:
    for command in group.COMMANDS:
        main.add_command(command)
