"""What is kept may be harmed, foreign, missing or in use: the site is right all the same."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pelican.plugins import signals

from incremental import store
from incremental.store import Folder, Unusable, read_sealed, write_sealed
from tests.incremental.small import Small, article, differing


def _state(site: Small) -> Path:
    (found,) = (site.root / "cache" / "incremental").glob("*/state")
    return found


def _texts(site: Small) -> Path:
    return _state(site).with_name("texts")


def _same_as_clean(site: Small) -> None:
    site.build(off=True)
    assert differing(site.output, site.root / "clean") == []


def _flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    for place in range(200, len(data), 997):
        data[place] ^= 0xFF
    file.write_bytes(data)


def _become_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


HARMS: dict[str, Callable[[Small], object]] = {
    "state damaged": lambda s: _flip(_state(s)),
    "state cut short": lambda s: os.truncate(_state(s), 400),
    "state empty": lambda s: os.truncate(_state(s), 0),
    "state is a folder": lambda s: _become_a_folder(_state(s)),
    "state of another version": lambda s: _state(s).write_bytes(b"pelican-incremental 0\n" + b"x"),
    "texts damaged": lambda s: _flip(_texts(s)),
    "texts cut short": lambda s: os.truncate(_texts(s), 100),
    "texts gone": lambda s: _texts(s).unlink(),
    "all gone": lambda s: shutil.rmtree(s.root / "cache"),
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
def test_harmed(small: Small, harm: Callable[[Small], object]) -> None:
    small.build()
    harm(small)
    small.write("new.md", article("New"))
    small.build()
    _same_as_clean(small)


def test_sealed_is_read_back(tmp_path: Path) -> None:
    write_sealed(tmp_path / "x", {"a": (1, b"x", None)})
    assert read_sealed(tmp_path / "x") == {"a": (1, b"x", None)}


def test_sealed_by_another_version_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_sealed(tmp_path / "x", 1)
    monkeypatch.setattr(store, "_MAGIC", b"another")
    with pytest.raises(Unusable, match="another version"):
        read_sealed(tmp_path / "x")


def test_cache_cannot_be_made(small: Small) -> None:
    (small.root / "cache").write_text("a file where a folder should be")
    small.build()
    small.write("new.md", article("New"))
    small.build()
    _same_as_clean(small)


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("incremental.store.write_sealed", refuse)
    monkeypatch.setattr("incremental.texts.Texts.save", refuse)
    monkeypatch.setattr("incremental.store.os.write", refuse)
    yield
    monkeypatch.undo()


@pytest.mark.usefixtures("full_disk")
def test_disk_is_full(small: Small) -> None:
    small.build()
    small.file("one.md").unlink()
    small.write("new.md", article("New"))
    small.output.joinpath("one.html").unlink()
    small.build()
    assert "New" in (small.output / "new.html").read_text()


def test_disk_fills_after_a_good_build(small: Small, request: pytest.FixtureRequest) -> None:
    small.build()
    request.getfixturevalue("full_disk")
    small.write("two.md", article("Two", "Other."))
    small.build()
    small.write("two.md", article("Two", "A *text*."))
    small.build()
    _same_as_clean(small)


class Stop(Exception):  # noqa: N818 -- a person's Ctrl-C, so to speak
    pass


@pytest.mark.parametrize("pages", [1, 5, 12])
def test_interrupted(small: Small, pages: int) -> None:
    small.build()
    small.write("new.md", article("New", Tags="a", Date="2026-11-22"))
    small.write("two.md", article("Two", "Other.", Tags="z"))
    left = [pages]

    def stop(_path: str, **_said: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Stop

    stop.__module__ = "incremental.test"
    with pytest.raises(Stop):
        small.build(PLUGINS=[*_plugins(small), _plugin(stop)])
    small.file("new.md").unlink()
    small.build()
    _same_as_clean(small)


def _plugins(small: Small) -> list[object]:
    plugins: list[object] = small.usual()["PLUGINS"]
    return plugins


def _plugin(receiver: Callable[..., None]) -> object:
    class Plugin:
        @staticmethod
        def register() -> None:
            signals.content_written.connect(receiver, weak=False)

    return Plugin


def test_another_build_is_waited_for(tmp_path: Path) -> None:
    first, second = Folder(tmp_path), Folder(tmp_path)
    assert first.acquire()
    done = threading.Event()

    def wait() -> None:
        second.acquire()
        done.set()

    waiting = threading.Thread(target=wait)
    waiting.start()
    assert not done.is_set()
    first.release()
    waiting.join()
    assert done.is_set()
    with (tmp_path / "lock").open() as lock, pytest.raises(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    second.release()


def test_everything_is_built_on_demand(small: Small) -> None:
    small.build()
    (small.output / "one.html").write_text("by hand")
    small.file("three.md").unlink()
    small.build(INCREMENTAL_FULL=True)
    _same_as_clean(small)


def test_off_with_one_setting(small: Small) -> None:
    small.build(INCREMENTAL=False)
    assert not (small.root / "cache").exists()
    _same_as_clean(small)


def test_files_of_others_stay(small: Small) -> None:
    small.build()
    (small.output / "google123.html").write_text("put here by a person")
    (small.output / "own").mkdir()
    small.file("three.md").unlink()
    small.build()
    assert (small.output / "google123.html").exists()
    assert (small.output / "own").is_dir()
    assert not (small.output / "three.html").exists()


def test_emptied_output_keeps_what_it_should(small: Small) -> None:
    small.settings |= {"DELETE_OUTPUT_DIRECTORY": True, "OUTPUT_RETENTION": [".git"]}
    small.build()
    (small.output / ".git").mkdir()
    (small.output / ".git" / "HEAD").write_text("x")
    (small.output / "lost").mkdir()
    (small.output / "lost" / "page.html").write_text("x")
    (small.output / "lost.html").write_text("x")
    small.build()
    assert (small.output / ".git" / "HEAD").exists()
    assert not (small.output / "lost").exists()
    assert not (small.output / "lost.html").exists()
