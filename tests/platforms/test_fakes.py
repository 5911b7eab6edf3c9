"""The fakes run as programs too, for a relay that runs as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from syndication.platforms.protocol import InDoubt
from tests.platforms.contract import Contract
from tests.platforms.samples import payload_for
from tests.platforms.test_facebook import TestFacebook as FacebookContract
from tests.platforms.test_instagram import TestInstagram as InstagramContract
from tests.platforms.test_telegram import TestTelegram as TelegramContract
from tests.platforms.test_threads import TestThreads as ThreadsContract
from tests.platforms.test_x import TestX as XContract


@contextmanager
def program(name: str) -> Iterator[str]:
    """Run a fake, and give the address that it prints first."""
    command = [sys.executable, "-m", f"tests.platforms.fakes.{name}", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@pytest.mark.parametrize(
    ("name", "contract"),
    [
        pytest.param("x", XContract(), id="x"),
        pytest.param("facebook", FacebookContract(), id="facebook"),
        pytest.param("instagram", InstagramContract(), id="instagram"),
        pytest.param("telegram", TelegramContract(), id="telegram"),
        pytest.param("threads", ThreadsContract(), id="threads"),
    ],
)
def test_a_fake_is_told_and_asked_over_http(name: str, contract: Contract) -> None:
    with program(name) as url, httpx.Client(base_url=url, trust_env=False) as control:
        client = contract.connect(url)
        prepared = client.prepare(payload_for(contract.channel))
        told = control.post("/_faults", json=[{"publish": True, "then": "drop"}])
        assert told.json() == {"faults": 1}
        with pytest.raises(InDoubt):
            client.deliver(prepared, key="k")
        assert control.get("/_attempts").json() == 1
        (post,) = control.get("/_published").json()
        assert post["id"]
        assert control.get("/_unknown").status_code == 404
