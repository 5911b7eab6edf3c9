from __future__ import annotations

from pathlib import Path

import pytest

from syndication.ledger.locks import sole_sender
from syndication.ledger.store import Ledger, open_ledger


def test_a_channel_has_one_sender(ledger: Ledger) -> None:
    with sole_sender(ledger, "x") as first, sole_sender(ledger, "x") as second:
        assert (first, second) == (True, False)
    with sole_sender(ledger, "x") as again:
        assert again


def test_channels_do_not_wait_for_each_other(ledger: Ledger) -> None:
    with sole_sender(ledger, "x") as one, sole_sender(ledger, "facebook") as other:
        assert (one, other) == (True, True)


def test_another_path_to_the_same_ledger_is_the_same_lock(on_file: Ledger, tmp_path: Path) -> None:
    link = tmp_path / "tautan"
    link.symlink_to(str(on_file.file))
    other = open_ledger(f"sqlite:///{link}")
    with sole_sender(on_file, "x") as first, sole_sender(other, "x") as second:
        assert (first, second) == (True, False)
    other.close()


@pytest.mark.parametrize("channel", ["../luar", "a/b", "kanal é", "x.lock"])
def test_a_name_never_leaves_the_ledger_s_folder(
    on_file: Ledger, tmp_path: Path, channel: str
) -> None:
    with sole_sender(on_file, channel) as sole:
        assert sole
        assert len(list(tmp_path.iterdir())) == 2
