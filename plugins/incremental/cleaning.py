"""Takes away what should not be in the output, and nothing else."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pelican import Pelican

log = logging.getLogger(f"pelican.{__name__}")


def asked(pelican: Pelican) -> bool:
    """Tell whether Pelican is to empty the output folder first.

    It never empties one that the content is in.
    """
    output, content = os.path.realpath(pelican.output_path), os.path.realpath(pelican.path)
    inside = os.path.commonpath([output, content]) == output
    return bool(pelican.settings["DELETE_OUTPUT_DIRECTORY"]) and not inside


def empty(output: str, kept: Collection[str], retained: Iterable[str]) -> None:
    """Empty a folder but for the files `kept`, and for what is `retained` at its top."""
    root = Path(output)
    if not root.is_dir():
        root.unlink(missing_ok=True)
        return
    top = {name.split("/", 1)[0] for name in kept}
    for each in root.iterdir():
        if each.name in set(retained):
            continue
        if each.is_dir() and not each.is_symlink():
            _empty_folder(root, each, kept if each.name in top else ())
        elif each.name not in kept:
            each.unlink()


def _empty_folder(root: Path, folder: Path, kept: Collection[str]) -> None:
    if not kept:
        shutil.rmtree(folder)
        return
    for place, folders, names in os.walk(folder, topdown=False):
        for name in names:
            file = Path(place, name)
            if file.relative_to(root).as_posix() not in kept:
                file.unlink()
        for name in folders:
            _remove_empty(Path(place, name))
    _remove_empty(folder)


def _remove_empty(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    elif not any(folder.iterdir()):
        folder.rmdir()


def forget(output: str, names: Iterable[str], began_ns: int) -> None:
    """Remove files that earlier builds wrote, but none that somebody wrote during this one."""
    for name in names:
        file = Path(output, name)
        try:
            if not file.is_file() or file.stat().st_ctime_ns >= began_ns:
                continue
            file.unlink()
            for folder in file.parents:
                if folder == Path(output) or any(folder.iterdir()):
                    break
                folder.rmdir()
        except OSError as error:
            log.warning("Incremental: %s is of an earlier build, but stays: %s", name, error)


def of_pelican(context: Mapping[str, Any], settings: Mapping[str, Any]) -> set[str]:
    """Name the files that Pelican itself copied: static files, and the theme's."""
    statics = {
        os.path.normpath(each.save_as)
        for each in context.get("staticfiles", ())
        if os.path.exists(os.path.join(settings["PATH"], each.source_path))  # noqa: PTH110, PTH118
    }
    return {*statics, *_of_theme(settings)}


def _of_theme(settings: Mapping[str, Any]) -> Iterator[str]:
    for path in settings["THEME_STATIC_PATHS"]:
        source = Path(settings["THEME"], path)
        if source.is_file():
            yield os.path.normpath(os.path.join(settings["THEME_STATIC_DIR"], source.name))  # noqa: PTH118
        for folder, _, names in os.walk(source, followlinks=True):
            below = os.path.relpath(folder, source)
            for name in names:
                yield os.path.normpath(os.path.join(settings["THEME_STATIC_DIR"], below, name))  # noqa: PTH118
