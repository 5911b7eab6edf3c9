"""After every kind of change the site is what a clean build without the plugin makes of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.incremental.small import ARTICLE, WIDE_SIDE, Small, article, differing, later

Edit = Callable[[Small], object]


def _rename(old: str, new: str) -> Edit:
    return lambda site: site.file(old).rename(site.file(new))


def _replace(name: str, old: str, new: str) -> Edit:
    def edit(site: Small) -> None:
        text = site.file(name).read_text("utf-8")
        assert old in text
        site.write(name, text.replace(old, new))

    return edit


def _same_size_and_time(site: Small) -> None:
    file = site.file("two.md")
    before = file.stat()
    file.write_text(file.read_text("utf-8").replace("More.", "Less."), "utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def _touch_all(site: Small) -> None:
    for file in site.file("").rglob("*"):
        os.utime(file, ns=(10**18, 10**18))


def _checkout(site: Small) -> None:
    """Write every file anew, as a runner does that starts from nothing but the cache."""
    for folder in (site.file(""), site.root / "theme"):
        copy = folder.with_name(f"{folder.name}-copy")
        shutil.copytree(folder, copy)
        shutil.rmtree(folder)
        copy.rename(folder)


def _but_one(site: Small) -> Iterator[Path]:
    return site.file("").glob("[!o]*.md")


def _wide(site: Small) -> None:
    site.template("article.html", ARTICLE + WIDE_SIDE)


EDITS: dict[str, Edit] = {
    "nothing": lambda _site: None,
    "new article": lambda s: s.write("new.md", article("New", Tags="a, z", Date="2026-11-20")),
    "new article in a new category": lambda s: s.write("n.md", article("N", Category="Fresh")),
    "new article by a new author": lambda s: s.write("n.md", article("N", Author="Cho")),
    "changed text": _replace("two.md", "A *text*", "Another *text*"),
    "changed title": _replace("three.md", "Title: Three", "Title: Third"),
    "changed summary": _replace("five.md", "About", "On"),
    "deleted": lambda s: s.file("three.md").unlink(),
    "deleted link target": lambda s: s.file("two.md").unlink(),
    "renamed file": _rename("three.md", "drei.md"),
    "renamed link target": _rename("two.md", "zwei.md"),
    "link target appears": lambda s: s.write("none.md", article("None", Date="2023-01-01")),
    "link target retitled": _replace("two.md", "Title: Two", "Title: Second"),
    "link target moved": _replace("two.md", "Category: News", "Category: News\nSlug: elsewhere"),
    "page that a summary links to moved": _replace("pages/about.md", "Title", "Slug: us\nTitle"),
    "page changed": _replace("pages/about.md", "See", "Look at"),
    "page retitled": _replace("pages/about.md", "Title: About", "Title: About us"),
    "page added": lambda s: s.write("pages/more.md", "Title: More\n\nMore.\n"),
    "page deleted": lambda s: s.file("pages/tentang.md").unlink(),
    "translation added": lambda s: s.write("x.md", article("Satu", Lang="id", Slug="one")),
    "translation removed": lambda s: s.file("two-id.md").unlink(),
    "original removed": lambda s: s.file("two.md").unlink(),
    "translation retitled": _replace("two-id.md", "Title: Dua", "Title: Kedua"),
    "draft published": _replace("draft.md", "Status: draft\n", ""),
    "published drafted": _replace("two.md", "Category", "Status: draft\nCategory"),
    "hidden published": _replace("hidden.md", "Status: hidden\n", ""),
    "status skip": _replace("three.md", "Category", "Status: skip\nCategory"),
    "future came due": lambda s: s.when(later(30)),
    "dated later": _replace("three.md", "2025-05-05", "2026-11-15"),
    "dated in the future": _replace("three.md", "2025-05-05", "2027-11-15"),
    "tag emptied": _replace("six.md", "Tags: a, c", "Tags: a"),
    "tag respelt": _replace("six.md", "Tags: a, c", "Tags: A, C"),
    "category emptied": _replace("three.md", "Category: Notes", "Category: News"),
    "author changed": _replace("four.md", "Author: Ben", "Author: Ann"),
    "template chosen": _replace("one.md", "Category", "Template: own\nCategory"),
    "save_as changed": _replace("moved.md", "kept/here", "kept/there"),
    "save_as taken away": _replace(
        "moved.md", "Save_as: kept/here.html\nURL: kept/here.html\n", ""
    ),
    "same size and times": _same_size_and_time,
    "new times only": _touch_all,
    "fresh checkout": _checkout,
    "static file changed": lambda s: s.write("images/p.png", "another"),
    "static file deleted": lambda s: s.file("images/p.png").unlink(),
    "static file added": lambda s: s.write("images/q.png", "new"),
    "file attached": _replace("three.md", "Text.", "![p]({attach}images/p.png)"),
    "broken article": lambda s: s.write("three.md", "Title: Three\nDate: never\n\nText.\n"),
    "template changed": lambda s: s.template("article.html", ARTICLE.replace("<h1>", "<h1 id=x>")),
    "included template changed": lambda s: s.template("item.html", "<li>{{ item.title }}</li>"),
    "macro changed": lambda s: s.template("macros.html", "{% macro link(r, i) %}x{% endmacro %}"),
    "template reads all": _wide,
    "theme file changed": lambda s: s.theme_file("static/style.css", "body { color: red }"),
    "theme file deleted": lambda s: (s.root / "theme/static/style.css").unlink(),
    "template page changed": lambda s: s.write("extra/front.html", "{{ articles|length }}"),
    "setting changed": lambda s: s.settings.update(SITENAME="Other"),
    "pagination changed": lambda s: s.settings.update(DEFAULT_PAGINATION=2),
    "addresses changed": lambda s: s.settings.update(ARTICLE_SAVE_AS="a/{slug}.html"),
    "relative addresses": lambda s: s.settings.update(RELATIVE_URLS=True),
    "order changed": lambda s: s.settings.update(ARTICLE_ORDER_BY="title"),
    "page edited by hand": lambda s: (s.output / "one.html").write_text("by hand"),
    "page deleted by hand": lambda s: (s.output / "one.html").unlink(),
    "output gone": lambda s: shutil.rmtree(s.output),
    "feed edited by hand": lambda s: (s.output / "feeds/news.atom.xml").write_text("by hand"),
    "nearly all deleted": lambda s: [each.rename(s.root / each.name) for each in _but_one(s)],
}


WIDELY_READ = ("new article", "changed title", "deleted", "tag emptied", "future came due")
"""Edits that change what every page of a theme shows which lists things beside each text."""


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_same_as_clean(small: Small, edit: Edit) -> None:
    _hold_against_clean(small, edit)


@pytest.mark.parametrize("edit", [EDITS[each] for each in WIDELY_READ], ids=WIDELY_READ)
def test_same_as_clean_where_pages_read_all(small: Small, edit: Edit) -> None:
    _wide(small)
    _hold_against_clean(small, edit)


DELETING = ("nothing", "deleted", "static file deleted", "output gone", "page edited by hand")


@pytest.mark.parametrize("edit", [EDITS[each] for each in DELETING], ids=DELETING)
def test_same_as_clean_where_pelican_empties_the_output(small: Small, edit: Edit) -> None:
    small.settings["DELETE_OUTPUT_DIRECTORY"] = True
    _hold_against_clean(small, edit)


def _hold_against_clean(small: Small, edit: Edit) -> None:
    small.build()
    edit(small)
    small.build()
    small.build(off=True)
    clean = small.root / "clean"
    assert differing(small.output, clean) == []
    before = _times(small.output)
    small.build()
    assert differing(small.output, clean) == []
    if edit is not EDITS["file attached"]:  # then the order of pages matters: all are built
        assert [name for name, time in _times(small.output).items() if before[name] != time] == []


def test_a_changed_article_leaves_other_pages_alone(small: Small) -> None:
    small.build()
    before = _times(small.output)
    EDITS["changed text"](small)
    small.build()
    renewed = [name for name, time in _times(small.output).items() if before[name] != time]
    names = {Path(name).relative_to(small.output).as_posix() for name in renewed}
    lists = {"index.html", "tag/b.html", "category/news.html", "author/none.html"}
    assert "two.html" in names
    assert names - lists <= {"two.html"}


def _times(root: Path) -> dict[str, int]:
    return {str(file): file.stat().st_mtime_ns for file in root.rglob("*.html")}
