from __future__ import annotations

from datetime import UTC, datetime

import pytest

from syndication.compose.facts import Doubts, doubts, evidence, examine
from syndication.model import Article

EVIDENCE = (
    "KPKNL Pekalongan melelang lima unit kendaraan, lot 3, pada Senin, 18 Juli 2022, pukul 09.00 "
    "s.d. 11.30 WIB dengan nilai limit Rp1.250.000.000,00 (Pasal 5 ayat (2) PMK "
    "213/PMK.06/2020). Uang jaminan 20 persen, naik 2,5%. Hubungi (0285) 423141 atau rekening "
    "1234567890. Luas 1.250 m2. Pendaftaran 9 s.d. 12 Juli 2022, diikuti 27 peserta dari Batang."
)
EQUAL = [
    "Rp1,25 miliar",
    "Rp 1.250.000.000,-",
    "Rp1.250.000.000",
    "1,25 miliar rupiah",
    "5 unit",
    "lima unit",
    "27 peserta",
    "dua puluh tujuh peserta",
    "20%",
    "20 persen",
    "dua puluh persen",
    "2,5 persen",
    "18 Juli",
    "18 Juli 2022",
    "18/7/2022",
    "2022-07-18",
    "Juli 2022",
    "tahun 2022",
    "9–12 Juli 2022",
    "12 Juli",
    "pukul 9 pagi",
    "pukul 09:00",
    "09.00–11.30 WIB",
    "lot 3",
    "Pasal 5 ayat (2)",
    "PMK 213/PMK.06/2020",
    "0285-423141",
    "+62 285 423141",
    "rekening 1234567890",
    "1.250 m2",
    "satu lot",
    "daftar di lelang24.go.id",
    "#Tahun2023",
]
WRONG = [
    ("Rp1,5 miliar", "Rp1,5 miliar", "another amount"),
    ("Rp1.250.000", "Rp1.250.000", "an amount a thousand times less"),
    ("US$1.250.000.000", "US$1.250.000.000", "another currency"),
    ("6 unit", "6", "another number"),
    ("enam unit", "enam", "another number in words"),
    ("25 persen", "25 persen", "another share"),
    ("27 persen", "27 persen", "a number that is no share"),
    ("20 peserta", "20", "a share that is no number"),
    ("19 Juli 2022", "19 Juli 2022", "another day"),
    ("18 Juli 2023", "18 Juli 2023", "another year"),
    ("Agustus 2022", "Agustus 2022", "another month"),
    ("10 Juli", "10 Juli", "a day between two"),
    ("18/8/2022", "18/8/2022", "another month in figures"),
    ("pukul 10.00", "pukul 10.00", "another hour"),
    ("pukul 9 malam", "pukul 9 malam", "the other half of the day"),
    ("lot 4", "lot 4", "another lot"),
    ("lot 5", "lot 5", "a lot whose number counts something else"),
    ("Pasal 6", "Pasal 6", "another section"),
    ("PMK 214/PMK.06/2020", "214/PMK.06/2020", "another regulation"),
    ("0285-423142", "0285-423142", "another telephone"),
    ("rekening 1234567891", "1234567891", "another account"),
    ("tahun 2023", "2023", "another year alone"),
]


@pytest.mark.parametrize("text", EQUAL)
def test_the_same_or_an_equal_form_stands(text: str) -> None:
    assert doubts(text, EVIDENCE, lang="id").facts == ()


@pytest.mark.parametrize(("text", "words"), [pytest.param(*row[:2], id=row[2]) for row in WRONG])
def test_names_the_words_that_do_not_stand(text: str, words: str) -> None:
    assert doubts(text, EVIDENCE, lang="id").facts == (words,)


NAMES = [
    ("Budi Santoso menang.", ("Budi Santoso",), "a person who is not there"),
    ("Acara di Pekalongan.", (), "a place that is"),
    ("Peserta dari Tegal.", ("Tegal",), "a place that is not"),
    ("Kendaraan itu laku.", (), "a capital that only begins the sentence"),
    ("Di Tegal lelang ramai.", ("Tegal",), "a name after a common word"),
    ("Kepala KPKNL hadir.", ("Kepala KPKNL",), "a title that is not there"),
]


@pytest.mark.parametrize(("text", "names"), [pytest.param(*row[:2], id=row[2]) for row in NAMES])
def test_warns_of_names_that_do_not_stand(text: str, names: tuple[str, ...]) -> None:
    assert doubts(text, EVIDENCE, lang="id") == Doubts((), names)


ENGLISH = [
    ("1.25 billion rupiah", ()),
    ("61.8 per cent", ()),
    ("4 p.m.", ()),
    ("July 18, 2022", ()),
    ("twenty seven bidders", ()),
    ("1,250 bidders", ("1,250",)),
    ("5 p.m.", ("5 p.m.",)),
]


@pytest.mark.parametrize(("text", "facts"), ENGLISH)
def test_reads_english(text: str, facts: tuple[str, ...]) -> None:
    known = "On 18 July 2022 at 4 p.m. 27 bidders, 61.8 percent, paid Rp1,250,000,000."
    assert doubts(text, known, lang="en").facts == facts


ARTICLE = Article(
    id="1",
    lang="id",
    title="Lelang 5 kendaraan",
    url="https://a.go.id/1",
    date=datetime(2022, 7, 18, tzinfo=UTC),
    html="<p>Dilelang.</p><table><tr><td>Limit</td><td>Rp5.000.000</td></tr></table>",
    digest="0",
    summary="Lima kendaraan seharga Rp6 juta.",
    own_posts={"x": "Limit Rp5 juta pada 18 Juli 2022.", "fb": "Hubungi 0285-1234567."},
)


def test_examines_what_the_writer_said_by_field() -> None:
    assert examine(ARTICLE) == {
        "Summary": Doubts(("Rp6 juta",)),
        "Pos_fb": Doubts(("0285-1234567",)),
    }


def test_further_metadata_is_evidence() -> None:
    assert "Pos_fb" not in examine(ARTICLE, "Narahubung: (0285) 1234567")


def test_a_summary_is_no_evidence_for_itself() -> None:
    assert "Rp6 juta" not in evidence(ARTICLE)
