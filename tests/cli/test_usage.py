from __future__ import annotations

import pytest
from click.testing import CliRunner

from syndication.cli import main


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        pytest.param(("hold",), "--why ALASAN belum ditulis.", id="an option is missing"),
        pytest.param(("new",), "JUDUL belum ditulis.", id="an argument is missing"),
        pytest.param(("settle",), "NOMOR… belum ditulis.", id="no number at all"),
        pytest.param(("explain", "dua"), "harus berupa bilangan.", id="no number"),
        pytest.param(("report", "--month", "Nov"), "seperti ini: 2026-11.", id="no month"),
        pytest.param(("init", "--since", "besok"), "seperti ini: 2026-11-24.", id="no day"),
        pytest.param(("hold", "--kenapa", "x"), "--kenapa tidak dikenal.", id="no such option"),
    ],
)
def test_says_plainly_what_was_typed_wrong(typed: tuple[str, ...], words: str) -> None:
    said = CliRunner().invoke(main, typed, prog_name="siar")
    assert said.exit_code == 2
    assert words in said.stderr
    assert f"siar {typed[0]} --help" in said.stderr


def test_names_the_command_that_there_is_not() -> None:
    said = CliRunner().invoke(main, ("kirim",), prog_name="siar")
    assert (said.exit_code, said.stderr.splitlines()[-1]) == (
        2,
        "Error: Perintah kirim tidak dikenal.",
    )
