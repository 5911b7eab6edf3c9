"""The log for other programs: whole lines of JSON, without a secret wherever one might stand."""

from __future__ import annotations

import json
from pathlib import Path

from syndication.deliver.journal import Journal
from syndication.deliver.steps import Result, Waiting
from syndication.model import State
from syndication.platforms.protocol import Secret
from tests.deliver.scene import NOON

SECRET = Secret('kunci"rahasia/1')


def lines(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_each_step_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "log" / "siar.jsonl"
    journal = Journal(file, lambda: NOON, "timer")
    journal.step(Result(7, "lelang", "Lelang", "x", State.DELIVERED, url="https://x.example/1"))
    journal.step(Waiting("x", 2, "gempa\ndi Pekalongan"))
    sent, waiting = lines(file)
    assert sent == {
        "at": "2026-11-24T05:00:00+00:00", "event": "entry", "actor": "timer", "entry": 7,
        "article": "lelang", "channel": "x", "state": "delivered", "reason": "",
        "post": "https://x.example/1",
    }  # fmt: skip
    assert (waiting["event"], waiting["entries"], waiting["reason"]) == (
        "waiting",
        2,
        "gempa\ndi Pekalongan",
    )


def test_a_secret_in_a_platforms_words_is_blotted_out(tmp_path: Path) -> None:
    file = tmp_path / "siar.jsonl"
    journal = Journal(file, lambda: NOON, "timer", [SECRET])
    reason = f"ditolak: token={SECRET:s} dan {json.dumps(str.__str__(SECRET))}"
    journal.step(Result(7, "a", "A", "x", State.REFUSED, reason=reason))
    text = file.read_text("utf-8")
    assert "rahasia" not in text
    assert lines(file)[0]["state"] == "refused"
    assert "rahasia" not in repr(journal)


def test_a_log_that_fails_says_so_once_and_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "berkas" / "siar.jsonl"
    (tmp_path / "berkas").touch()
    journal = Journal(file, lambda: NOON, "timer")
    journal.write("began")
    assert "catatan tidak dapat ditulis" in journal.failure
    (tmp_path / "berkas").unlink()
    journal.write("ended")
    assert not file.exists()


def test_without_a_file_nothing_is_written(tmp_path: Path) -> None:
    Journal(None, lambda: NOON, "timer").write("began")
    assert list(tmp_path.iterdir()) == []
