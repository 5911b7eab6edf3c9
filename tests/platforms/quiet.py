"""What a client says beside its answers: logs and traces, where a secret might stand."""

from __future__ import annotations

import logging
import traceback

import pytest


def listen(caplog: pytest.LogCaptureFixture) -> None:
    """Set every logger that there is to DEBUG, as a desperate operator would."""
    caplog.set_level(logging.DEBUG)
    for name in list(logging.Logger.manager.loggerDict):
        caplog.set_level(logging.DEBUG, logger=name)


def logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [f"{record.getMessage()} {record.exc_text or ''}" for record in caplog.records]


def traces(error: BaseException) -> list[str]:
    """Write an error with all that hangs on it, suppressed contexts included."""
    lines = ["".join(traceback.format_exception(error))]
    for link in (error.__cause__, error.__context__):
        if link:
            lines += [str(link), *traces(link)]
    return lines
