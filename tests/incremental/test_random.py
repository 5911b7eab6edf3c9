"""Any sequence of edits leaves what a clean build makes of the last of them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.incremental.small import Small, article, differing, disconnect, later

NAMES = st.sampled_from(["one", "two", "three", "four", "n1", "n2"])
TITLES = st.sampled_from(["One", "Two", "Other", "Ä & <b>"])
TAGS = st.sampled_from(["", "a", "b", "a, b", "A, c"])
TEXTS = st.sampled_from(
    [
        "Plain.",
        "See [x]({filename}two.md).",
        "See [x]({filename}n1.md) and [y]({filename}/pages/about.md).",
        "![p]({static}/images/p.png)",
        "A | b\n--|--\n1 | 2",
    ]
)
DATES = st.sampled_from(["2026-11-01 10:00", "2026-11-02", "2025-01-01", "2026-12-20 10:00"])
STATUS = st.sampled_from(["", "", "", "draft", "hidden"])
CATEGORIES = st.sampled_from(["News", "Notes", ""])

Edit = Callable[[Small], object]

writing = st.builds(
    lambda name, title, text, tags, date, status, category: lambda site: site.write(
        f"{name}.md",
        article(
            title, text, Tags=tags, Date=date, Status=status, Category=category, Slug=name
        ),
    ),
    NAMES, TITLES, TEXTS, TAGS, DATES, STATUS, CATEGORIES,
)  # fmt: skip
translating = st.builds(
    lambda name, title: (
        lambda site: site.write(f"{name}-id.md", article(title, Lang="id", Slug=name))
    ),
    NAMES,
    TITLES,
)
deleting = st.builds(
    lambda name, lang: lambda site: site.file(f"{name}{lang}.md").unlink(missing_ok=True),
    NAMES,
    st.sampled_from(["", "-id"]),
)
meddling = st.builds(
    lambda name, text: lambda site: _overwrite(site.output / f"{name}.html", text),
    NAMES,
    st.sampled_from(["", "by hand"]),
)
setting = st.builds(
    lambda name, value: lambda site: site.settings.update({name: value}),
    st.just("DEFAULT_PAGINATION"),
    st.sampled_from([2, 3]),
)
waiting = st.just(lambda site: site.when(later(40)))
retitling = st.builds(
    lambda title: lambda site: site.write("pages/about.md", f"Title: {title}\n\nx\n"), TITLES
)
theming = st.builds(
    lambda text: lambda site: site.template("item.html", text),
    st.sampled_from(["<li>{{ item.title }}</li>", "<li>{{ item.url }}{{ item.tags }}</li>"]),
)
EDITS = st.one_of(
    writing, writing, translating, deleting, meddling, setting, waiting, retitling, theming
)


def _overwrite(page: Path, text: str) -> None:
    if page.exists():
        page.write_text(text)


@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(st.lists(EDITS, min_size=1, max_size=3), min_size=1, max_size=4))
def test_sequences_of_edits(rounds: list[list[Edit]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Small(Path(folder)).fill()
        site.build()
        for edits in rounds:
            for edit in edits:
                edit(site)
            site.build()
            site.build(off=True)
            assert differing(site.output, site.root / "clean") == []
    disconnect()
