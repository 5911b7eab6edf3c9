"""The folder is listed as Pelican would, and a file is replaced whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from syndication.content import folder
from syndication.content.check import check
from syndication.content.document import Terms


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "content/artikel/a.md": b"A",
        "content/artikel/en/b.markdown": b"B",
        "content/artikel/c.MD": b"C",
        "content/artikel/d.txt": b"D",
        "content/artikel/foto.jpg": b"F",
        "content/artikel/.rahasia.md": b"X",
        "content/.git/e.md": b"X",
        "content/halaman/f.md": b"F",
        "content/g.md": b"G",
        "content/images/h.png": b"H",
    }
    for name, data in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path


def look(root: Path) -> folder.Folder:
    return folder.look(root, root / "content", articles=["artikel"], pages=["halaman"])


def test_tells_articles_from_pages_and_pictures(root: Path) -> None:
    found = look(root)
    assert found.articles == {"content/artikel/a.md", "content/artikel/en/b.markdown"}
    assert found.pages == {"content/halaman/f.md"}
    assert found.media == {"content/artikel/foto.jpg", "content/images/h.png"}


def test_warns_of_what_pelican_never_reads(root: Path) -> None:
    ending = "akhiran namanya bukan .md. Ganti nama berkasnya, misalnya lelang.md."
    place = "letaknya di luar folder artikel. Pindahkan ke folder artikel."
    assert list(map(str, look(root).problems())) == [
        f"content/artikel/c.MD: Berkas ini tidak terbit: {ending}",
        f"content/artikel/d.txt: Berkas ini tidak terbit: {ending}",
        f"content/g.md: Berkas ini tidak terbit: {place}",
    ]


def test_pelicans_own_paths_take_the_whole_folder(root: Path) -> None:
    found = folder.look(root, root / "content")
    assert "content/g.md" in found.articles
    assert "content/halaman/f.md" in found.articles


def test_reads_one_file_after_the_other(root: Path) -> None:
    read = [(source.file, source.data, source.page) for source in look(root).sources()]
    assert read == [
        ("content/artikel/a.md", b"A", False),
        ("content/artikel/en/b.markdown", b"B", False),
        ("content/halaman/f.md", b"F", True),
    ]


def test_a_link_into_nowhere_is_a_problem_not_a_crash(root: Path, terms: Terms) -> None:
    (root / "content/artikel/a.md").unlink()
    (root / "content/artikel/a.md").symlink_to("tidak-ada.md")
    said = [str(each) for each in check(look(root).sources(), terms)]
    assert said[0] == (
        "content/artikel/a.md: Berkas tidak dapat dibaca: No such file or directory. "
        "Periksa hak akses berkas, atau hapus tautan yang putus."
    )


def test_write_replaces_and_keeps_the_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"lama")
    path.chmod(0o640)
    folder.write(path, b"baru")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"baru", 0o640)
    assert os.listdir(tmp_path) == ["a.md"]  # noqa: PTH208 -- hidden files count too


def test_write_begins_a_file_that_others_may_read(tmp_path: Path) -> None:
    folder.write(tmp_path / "a.md", b"baru")
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o644


def test_a_failed_write_leaves_no_trace(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    with pytest.raises(IsADirectoryError):
        folder.write(tmp_path / "a.md", b"baru")
    assert os.listdir(tmp_path) == ["a.md"]  # noqa: PTH208 -- hidden files count too
