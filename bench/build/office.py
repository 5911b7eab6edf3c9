"""Siar as the office runs it: its theme, both languages, feeds, pictures, search, syndication."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from bench.build.corpus import NEW_FROM, Essay, slug_of
from bench.build.peer import BIN, CHANGES, PICTURES_CACHE, ROOT
from bench.build.plain import LEFT, pelican

SETTINGS = """\
import sys

sys.path.insert(0, {root!r})
from publishconf import *

PATH = "content"
OUTPUT_PATH = "output"
THEME = {theme!r}
PLUGIN_PATHS = [{plugins!r}]
PICTURES_CACHE = "../{pictures}"
INCREMENTAL = {incremental}
"""

TO_ARTICLE = re.compile(r"(?P<folder>\{filename\}/artikel/(en/)?)[\w-]+\.md")
"""In the office's pages; here they lead to the first article, which is there in both languages."""


@dataclass(frozen=True, slots=True)
class Office:
    """The site with everything on, built for the public; cards and pictures are kept for both."""

    name: str
    label: str
    incremental: bool
    plain: bool = False

    @property
    def changes(self) -> tuple[str, ...]:
        """Return all if it uses its last build; else each costs as much, and that is minutes."""
        return CHANGES if self.incremental else ("cold",)

    def install(self) -> None:
        """Leave it: our own environment has it."""

    def lay(self, root: Path) -> None:
        """Write its settings, and copy the office's views and pages."""
        data = root / "content" / "data"
        data.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "content" / "data" / "kunjungan.json", data)
        for page in (ROOT / "content" / "halaman").rglob("*.md"):
            copy = root / "content" / page.relative_to(ROOT / "content")
            copy.parent.mkdir(parents=True, exist_ok=True)
            text = TO_ARTICLE.sub(rf"\g<folder>{slug_of(0)}.md", page.read_text("utf-8"))
            copy.write_text(text, "utf-8")
        text = SETTINGS.format(
            root=str(ROOT),
            theme=str(ROOT / "theme"),
            plugins=str(ROOT / "plugins"),
            pictures=PICTURES_CACHE,
            incremental=self.incremental,
        )
        (root / "officeconf.py").write_text(text, "utf-8")

    def file(self, root: Path, essay: Essay) -> Path:
        """Return a folder for each language."""
        folder = root / "content" / "artikel"
        return (folder if essay.lang == "id" else folder / essay.lang) / f"{essay.slug}.md"

    def text(self, essay: Essay) -> str:
        """Write all that the office's own articles have."""
        lang = f"Lang: {essay.lang}\n" if essay.lang != "id" else ""
        picture = f"Gambar: {essay.picture}\nGambar_alt: {essay.alt}\n" if essay.picture else ""
        return (
            f"---\nTitle: {essay.title}\nDate: {essay.date:%Y-%m-%d %H:%M}\n"
            f"Category: {essay.category}\nTags: {', '.join(essay.tags)}\nSlug: {essay.slug}\n{lang}"
            f"Author: {essay.author}\nID: {essay.slug}\nSummary: {essay.summary}\n"
            f"Penyusun: {essay.author}\nSumber: Pengumuman kantor\n{picture}---\n\n"
            + essay.linked(r"{filename}/artikel/\1.md")
        )

    def pictures(self, root: Path) -> Path:
        """Return Pelican's static path."""
        return root / "content"

    def command(self, root: Path) -> list[str]:
        """Return what `invoke publish` runs."""
        return pelican(root / "officeconf.py")

    def forget(self, root: Path) -> None:
        """Remove what builds left, and begin a ledger that posts only articles newer than all."""
        for each in (*LEFT, "var"):
            shutil.rmtree(root / each, ignore_errors=True)
        init = [str(BIN / "siar"), "--settings", str(root / "officeconf.py"), "init"]
        init += ["--since", f"{NEW_FROM:%Y-%m-%d}"]
        subprocess.run(init, cwd=root, check=True, capture_output=True)  # noqa: S603
