"""What a writer says for the channels is held against the article, with file and line."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from syndication import accuracy
from syndication.clean import Clean
from syndication.content import folder
from syndication.content.document import Source, Terms
from syndication.model import Problem, Severity

ZONE = ZoneInfo("Asia/Jakarta")
TERMS = Terms(
    channels={"x": "id"},
    languages=frozenset({"id"}),
    default_lang="id",
    zone=ZONE,
    now=datetime(2026, 11, 24, 9, tzinfo=ZONE),
    since=date(2026, 1, 1),
)
BODY = "Nilai limit **Rp1.250.000.000** ditetapkan Kantor Lelang Pekalongan pada 1 Desember 2026."


def article(root: Path, field: str, *, dated: str = "2026-11-20") -> folder.Folder:
    (root / "content").mkdir()
    text = f"---\nTitle: Lelang tanah\nDate: {dated}\nID: a-1\n{field}\n---\n\n{BODY}\n"
    (root / "content" / "a.md").write_text(text, "utf-8")
    return folder.look(root, root / "content", articles=("",), pages=("halaman",))


def doubts(found: folder.Folder, terms: Terms, clean: Clean | None = None) -> list[Problem]:
    memory = clean or Clean.open(found.root / "ingatan", str(terms.since))
    (source,) = found.sources()
    return accuracy.doubts(source, terms, memory)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        pytest.param("Summary: Limit Rp1,25 miliar.", None, id="an equal amount"),
        pytest.param("Summary: Limit Rp2,5 miliar.", "Rp2,5 miliar", id="another amount"),
        pytest.param("Pos_x: Lelang 2 Desember 2026.", "2 Desember 2026", id="another date"),
        pytest.param("Pos_x: Lelang tanah dibuka.", None, id="no fact at all"),
    ],
)
def test_a_fact_that_is_not_in_the_article_is_an_error(
    tmp_path: Path, field: str, words: str | None
) -> None:
    found = doubts(article(tmp_path, field), TERMS)
    assert [(each.file, each.line, each.severity) for each in found] == (
        [("content/a.md", 5, Severity.ERROR)] if words else []
    )
    assert all(f'"{words}"' in each.message for each in found)


def test_a_name_that_is_not_in_the_article_is_a_warning(tmp_path: Path) -> None:
    found = doubts(article(tmp_path, "Summary: Lelang oleh Kantor Lelang Semarang."), TERMS)
    assert [each.severity for each in found] == [Severity.WARNING]
    assert "Semarang" in found[0].message


def test_an_article_that_is_never_posted_is_left_alone(tmp_path: Path) -> None:
    old = article(tmp_path, "Summary: Limit Rp2,5 miliar.", dated="2025-12-31")
    assert doubts(old, TERMS) == []


def test_a_date_that_cannot_be_read_hides_no_doubt(tmp_path: Path) -> None:
    (found,) = doubts(article(tmp_path, "Summary: Limit Rp2,5 miliar.", dated="24-11-2026"), TERMS)
    assert '"Rp2,5 miliar"' in found.message


def test_what_passed_is_not_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = article(tmp_path, "Summary: Limit Rp1,25 miliar.")
    first = Clean.open(tmp_path / "var" / "ingatan")
    assert doubts(found, TERMS, first) == []
    first.save()
    looked: list[str] = []

    def look(source: Source, _terms: Terms) -> list[Problem]:
        looked.append(source.file)
        return []

    monkeypatch.setattr(accuracy, "_doubts_in", look)
    assert doubts(found, TERMS, Clean.open(tmp_path / "var" / "ingatan")) == []
    assert looked == []
    assert doubts(found, TERMS, Clean.open(tmp_path / "var" / "ingatan", "2026-06-01")) == []
    assert looked == ["content/a.md"]


def test_what_is_in_doubt_is_told_each_time(tmp_path: Path) -> None:
    found = article(tmp_path, "Summary: Limit Rp2,5 miliar.")
    for _ in range(2):
        clean = Clean.open(tmp_path / "ingatan")
        assert len(doubts(found, TERMS, clean)) == 1
        clean.save()


@pytest.mark.parametrize("data", [b"", b"x" * 15, b"x" * 100], ids=["empty", "short", "damaged"])
def test_a_memory_that_is_spoilt_passes_nothing(tmp_path: Path, data: bytes) -> None:
    found = article(tmp_path, "Summary: Limit Rp2,5 miliar.")
    (tmp_path / "ingatan").write_bytes(data)
    assert len(doubts(found, TERMS, Clean.open(tmp_path / "ingatan"))) == 1


def test_a_memory_that_cannot_be_kept_loses_only_time(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("no folder")
    clean = Clean.open(tmp_path / "var" / "ingatan")
    clean.add(clean.digest(b"text"))
    clean.save()
    assert not Clean.open(tmp_path / "var" / "ingatan").known
