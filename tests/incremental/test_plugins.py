"""What other plugins put into a build counts, and none of them is deceived."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from blinker import signal
from pelican.plugins import signals

import incremental
from tests.incremental.small import ARTICLE, PLUGINS, Small, differing

BLOCK = "{% block side %}{TEXT}{% endblock %}"


@dataclass(frozen=True)
class Receipt:
    """A value of a plugin's own kind."""

    where: str
    parts: tuple[str, ...] = ()


class Opaque:
    """Nobody can tell what a template sees of it."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __str__(self) -> str:
        return self._text


def _plugin(tell: Callable[[list[Any]], object]) -> object:
    class Plugin:
        @staticmethod
        def register() -> None:
            signals.all_generators_finalized.connect(tell, weak=False)

    return Plugin


def _shows(small: Small, text: str) -> None:
    small.template("article.html", ARTICLE + BLOCK.replace("{TEXT}", text))


def _same_as_clean(small: Small, plugin: object) -> None:
    small.build(PLUGINS=[incremental, plugin])
    small.build(off=True, PLUGINS=[incremental, plugin])
    assert differing(small.output, small.root / "clean") == []


VALUES: dict[str, tuple[str, Callable[[int], object]]] = {
    "text": ("{{ told }}", str),
    "list of values": (
        "{% for each in told %}{{ each.where }}{% endfor %}",
        lambda n: [Receipt(f"{n}")],
    ),
    "first of a list": ("{{ told[0].parts|join }}", lambda n: [Receipt("x", (f"{n}",)), 2]),
    "length": ("{{ told|length }}", lambda n: ["x"] * n),
    "whether there is any": ("{% if told %}any{% endif %}", lambda n: [n] * (n - 1)),
    "dictionary": (
        "{{ told['a'] }}{{ told.get('b', 0) }}",
        lambda n: {"a": Receipt(f"{n}"), "b": n},
    ),
    "values of a dictionary": ("{{ told.values()|join }}", lambda n: {f"{n}": n}),
    "key of a dictionary": ("{{ 'k2' in told }}", lambda n: {f"k{n}": 1}),
    "set": ("{{ told|sort|join }}", lambda n: {n, 7}),
    "nested": ("{{ told.a.b[1].where }}", lambda n: {"a": {"b": [0, Receipt(f"{n}")]}}),
    "object that hides": ("{{ told }}", lambda n: Opaque(f"{n}")),
    "missing, then there": ("{{ told|default('none') }}", lambda n: None if n == 1 else n),
}


@pytest.mark.parametrize(("text", "value"), VALUES.values(), ids=VALUES)
def test_what_a_plugin_tells_templates(
    small: Small, text: str, value: Callable[[int], object]
) -> None:
    _shows(small, text)
    number = [1]

    def tell(generators: list[Any]) -> None:
        if (told := value(number[0])) is not None:
            generators[0].context["told"] = told

    _same_as_clean(small, _plugin(tell))
    number[0] = 2
    _same_as_clean(small, _plugin(tell))


@pytest.mark.parametrize("value", [str, Receipt, Opaque], ids=["text", "value", "hidden"])
def test_what_a_plugin_puts_on_an_article(small: Small, value: Callable[[str], object]) -> None:
    number = [1]

    def tell(generators: list[Any]) -> None:
        generators[0].articles[2].extra = value(f"receipt {number[0]}")

    _same_as_clean(small, _plugin(tell))
    number[0] = 2
    _same_as_clean(small, _plugin(tell))


COUNTED = [0]


def counted(value: object) -> str:
    """Answer otherwise each time, as a clock does."""
    return f"{value} {COUNTED[0]}"


@pytest.mark.parametrize(
    "text", ["{{ 'a'|counted }}", "{{ counted('a') }}"], ids=["filter", "call"]
)
def test_a_function_that_nobody_trusts(small: Small, text: str) -> None:
    _shows(small, text)
    small.settings |= {"JINJA_FILTERS": {"counted": counted}, "JINJA_GLOBALS": {"counted": counted}}
    small.build()
    COUNTED[0] += 1
    small.build()
    assert f"a {COUNTED[0]}" in (small.output / "one.html").read_text()


def test_one_who_changes_pages_finds_them_as_they_were_rendered(small: Small) -> None:
    def shout(path: str, **_said: object) -> None:
        file = Path(path)
        file.write_text(file.read_text() + "!")

    class Plugin:
        @staticmethod
        def register() -> None:
            signals.content_written.connect(shout, weak=False)

    for _ in range(3):
        _same_as_clean(small, Plugin)
    assert (small.output / "one.html").read_text().endswith("\n!")


def test_one_who_notes_pages_hears_of_all(small: Small) -> None:
    heard: list[str] = []

    def listen(path: str, **_said: object) -> None:
        heard.append(path)

    class Plugin:
        @staticmethod
        def register() -> None:
            signals.content_written.connect(listen, weak=False)

    small.settings["INCREMENTAL_TRUSTED"] = (__name__,)
    small.build(PLUGINS=[incremental, Plugin])
    first = heard.copy()
    heard.clear()
    small.build(PLUGINS=[incremental, Plugin])
    assert heard == first


def test_files_of_another_plugin_go_when_it_no_longer_names_them(small: Small) -> None:
    names = ["a.json", "b.json"]

    def write(generators: list[Any]) -> None:
        for name in names:
            file = Path(generators[0].output_path, name)
            file.parent.mkdir(exist_ok=True)
            file.write_text("{}")
            signals.finalized.connect(lambda _, file=file: tell(file), weak=False)

    def tell(file: Path) -> None:
        if file.name in names:
            signal("site_file").send(str(file))

    small.build(PLUGINS=[incremental, _plugin(write)])
    names.remove("b.json")
    small.build(PLUGINS=[incremental, _plugin(write)])
    assert (small.output / "a.json").exists()
    assert not (small.output / "b.json").exists()


OWN = """\
from pelican.plugins import signals
from words import WORD


def tell(generators):
    for article in generators[0].articles:
        article.extra = WORD


def register():
    signals.all_generators_finalized.connect(tell)
"""
CONF = """\
import sys
sys.path.insert(0, "own")
SITENAME, SITEURL, PATH, THEME = "Small", "https://small.example", "content", "theme"
OUTPUT_PATH, CACHE_PATH = "output", "cache"
ARTICLE_EXCLUDES = ["pages", "extra"]
PLUGIN_PATHS = ["own", {plugins!r}]
PLUGINS = ["incremental", "told"]
DIRECT_TEMPLATES = ["tags"]
"""


def test_code_changed(small: Small) -> None:
    own = small.root / "own"
    own.mkdir()
    (own / "told.py").write_text(OWN)
    (small.root / "pelicanconf.py").write_text(CONF.format(plugins=str(PLUGINS)))
    for word in ("before", "after!"):
        (own / "words.py").write_text(f"WORD = {word!r}\n")
        subprocess.run([sys.executable, "-m", "pelican"], cwd=small.root, check=True)
        assert word in (small.output / "one.html").read_text()


def test_who_comes_at_the_end_sees_no_page_that_is_gone(small: Small) -> None:
    """A search index is made then, and must not find what was deleted."""
    seen: list[set[str]] = []

    def look(pelican: Any) -> None:  # noqa: ANN401 -- Pelican's own is untyped
        seen.append({page.name for page in Path(pelican.output_path).rglob("*.html")})

    class Index:
        @staticmethod
        def register() -> None:
            signals.finalized.connect(look, weak=False)

    small.build(PLUGINS=[incremental, Index])
    small.file("three.md").unlink()
    small.build(PLUGINS=[incremental, Index])
    assert "three.html" in seen[0]
    assert "three.html" not in seen[1]
    assert seen[1] == {page.name for page in small.output.rglob("*.html")}
