"""What is said of a command that was not typed as it must be; click itself says it in English."""

from __future__ import annotations

from datetime import date

import click

EXAMPLE = date(2026, 11, 24)


def plain(error: click.UsageError) -> click.UsageError:
    """Say what is missing or wrong, and how it is written; what we said ourselves stays."""
    words = _words(error)
    return click.UsageError(words, error.ctx) if words else error


def _words(error: click.UsageError) -> str:
    match error:
        case click.NoSuchCommand(command_name=name):
            return f"Perintah {name} tidak dikenal."
        case click.NoSuchOption(option_name=name):
            return f"Pilihan {name} tidak dikenal."
        case click.MissingParameter(param=click.Parameter() as missing):
            return f"{_name(missing)} belum ditulis."
        case click.BadParameter(param=click.Parameter(type=click.DateTime() as kind) as wrong):
            example = f"{EXAMPLE:{kind.formats[0]}}"
            return f"{_name(wrong)} tidak terbaca. Tulis seperti ini: {example}."
        case click.BadParameter(param=click.Parameter(type=click.types.IntParamType()) as wrong):
            return f"{_name(wrong)} harus berupa bilangan."
    return ""


def _name(param: click.Parameter) -> str:
    """Name an option with what follows it, an argument as `--help` does."""
    named = param.metavar or param.human_readable_name.upper()
    return f"{param.opts[0]} {named}" if isinstance(param, click.Option) else named
