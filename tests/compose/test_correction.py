from __future__ import annotations

import pytest

from syndication.compose.correction import heading, is_told

RALAT = "25 November 2026: uang jaminan semula tertulis Rp10 juta, seharusnya Rp12 juta."
POST = "Lelang mobil dinas dibuka pada 1 Desember 2026. https://kantor.example.go.id/a/"


@pytest.mark.parametrize(
    ("correction", "lang", "said"),
    [
        pytest.param(RALAT, "id", f"Ralat {RALAT}", id="with its day"),
        pytest.param("tarifnya salah.", "id", "Ralat: tarifnya salah.", id="without a day"),
        pytest.param("27 May 2024: the fee.", "en-GB", "Correction 27 May 2024: the fee.", id="en"),
        pytest.param("a\n  b", "id", "Ralat: a b", id="on several lines"),
        pytest.param("", "id", "", id="none"),
    ],
)
def test_a_correction_is_said_in_one_line(correction: str, lang: str, said: str) -> None:
    assert heading(correction, lang) == said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(f"Ralat {RALAT}\n\n{POST}", True, id="whole, at the beginning"),
        pytest.param(f"Pengingat: Ralat  {RALAT} {POST}", True, id="whole, further on"),
        pytest.param(f"Ralat 25 November 2026: uang jaminan…\n\n{POST}", True, id="shortened"),
        pytest.param(
            f"Ralat pengumuman. Ralat 25 November 2026: uang…\n{POST}", True, id="a title like it"
        ),
        pytest.param(POST, False, id="not at all"),
        pytest.param(f"{POST} Selengkapnya…", False, id="another ellipsis"),
        pytest.param(f"Ralat 24 November 2026: tanggalnya.\n\n{POST}", False, id="another one"),
        pytest.param("Ralat 24 November 2026: tang…", False, id="another one, shortened"),
        pytest.param(f"Ralat pengumuman lelang… {POST}", False, id="a title alone"),
        pytest.param("Ralat…", False, id="nothing but the word"),
        pytest.param("", False, id="no text"),
    ],
)
def test_a_post_tells_a_correction_or_does_not(text: str, *, told: bool) -> None:
    assert is_told(text, RALAT, "id") is told


def test_no_correction_is_told_by_nothing() -> None:
    assert not is_told(POST, "", "id")
