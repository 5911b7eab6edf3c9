"""The one place that asks what time it is; everyone else is handed a `Clock`."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 -- this is the clock that gets injected
