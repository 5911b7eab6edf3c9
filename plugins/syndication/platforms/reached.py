"""A transport for `requests` that tells whether a request could have been sent at all."""

from __future__ import annotations

from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, NewConnectionError


class _Reached(HTTPConnection):
    """A connection whose every failure to connect says so: TLS and time-outs included."""

    def connect(self) -> None:
        try:
            super().connect()
        except (OSError, HTTPError) as error:
            raise NewConnectionError(self, "not connected") from error


class _SecurelyReached(_Reached, HTTPSConnection):
    """The same over TLS."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Reached


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecurelyReached


class ReachedAdapter(HTTPAdapter):
    """The transport of `requests`, on connections that tell whether they were ever made."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- as in `requests`
        """Let the pools be made of connections that tell."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
