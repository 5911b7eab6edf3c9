"""Pelican with the plain theme: as it comes, with its own cache, and with our plugin alone."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.build.corpus import Essay
from bench.build.peer import ALWAYS_WHOLE, BIN, ROOT, THEMES

CACHED: Mapping[str, object] = {
    "CACHE_CONTENT": True,
    "LOAD_CONTENT_CACHE": True,
    "CONTENT_CACHING_LAYER": "generator",
    "CHECK_MODIFIED_METHOD": "mtime",
}
INCREMENTAL: Mapping[str, object] = {
    "PLUGIN_PATHS": [str(ROOT / "plugins")],
    "PLUGINS": ["incremental"],
    "INCREMENTAL": True,
}
LEFT = ("output", "cache", "var/cache", "var/incremental", "__pycache__")
"""What builds leave in a folder."""

SETTINGS: Mapping[str, object] = {
    "SITENAME": "Kantor",
    "SITEURL": "https://kantor.example.go.id",
    "TIMEZONE": "UTC",
    "DEFAULT_LANG": "id",
    "PATH": "content",
    "OUTPUT_PATH": "output",
    "THEME": "theme",
    "THEME_STATIC_PATHS": [],
    "STATIC_PATHS": ["images"],
    "PLUGINS": [],
    "MARKDOWN": {
        "extensions": ["markdown.extensions.extra", "markdown.extensions.meta"],
        "output_format": "html5",
    },
    "DIRECT_TEMPLATES": ["index"],
    "DEFAULT_PAGINATION": 10,
    "PAGINATION_PATTERNS": [
        (1, "{url}", "{save_as}"),
        (2, "{base_name}/halaman/{number}/", "{base_name}/halaman/{number}/index.html"),
    ],
    "INDEX_URL": "",
    "ARTICLE_URL": "artikel/{slug}/",
    "ARTICLE_SAVE_AS": "artikel/{slug}/index.html",
    "CATEGORY_URL": "kategori/{slug}/",
    "CATEGORY_SAVE_AS": "kategori/{slug}/index.html",
    "TAG_URL": "tag/{slug}/",
    "TAG_SAVE_AS": "tag/{slug}/index.html",
    "AUTHOR_SAVE_AS": "",
    "FEED_DOMAIN": "https://kantor.example.go.id",
    "FEED_ALL_ATOM": "atom.xml",
    "FEED_MAX_ITEMS": 10,
    "CATEGORY_FEED_ATOM": None,
    "AUTHOR_FEED_ATOM": None,
    "AUTHOR_FEED_RSS": None,
    "TRANSLATION_FEED_ATOM": None,
}


@dataclass(frozen=True, slots=True)
class Plain:
    """Pelican with further settings. An article in another language is an article of its own."""

    name: str
    label: str
    more: Mapping[str, object] = field(default_factory=dict)
    changes: tuple[str, ...] = ALWAYS_WHOLE
    plain: bool = True

    def install(self) -> None:
        """Leave it: our own environment has it."""

    def lay(self, root: Path) -> None:
        """Write its settings."""
        shutil.copytree(THEMES / "pelican", root / "theme", dirs_exist_ok=True)
        lines = [f"{name} = {value!r}\n" for name, value in {**SETTINGS, **self.more}.items()]
        (root / "pelicanconf.py").write_text("".join(lines), "utf-8")

    def file(self, root: Path, essay: Essay) -> Path:
        """Return one folder for all articles."""
        return root / "content" / f"{name_of(essay)}.md"

    def text(self, essay: Essay) -> str:
        """Write Pelican's metadata."""
        picture = f"Gambar: {essay.picture}\nGambar_alt: {essay.alt}\n" if essay.picture else ""
        return (
            f"Title: {essay.title}\nDate: {essay.date:%Y-%m-%d %H:%M:%S}\nSlug: {name_of(essay)}\n"
            f"Category: {essay.category}\nTags: {', '.join(essay.tags)}\nAuthor: {essay.author}\n"
            f"Summary: {essay.summary}\nBahasa: {essay.lang}\n{picture}\n"
            + essay.linked(r"{filename}\1.md")
        )

    def pictures(self, root: Path) -> Path:
        """Return Pelican's static path."""
        return root / "content"

    def command(self, root: Path) -> list[str]:
        """Return Pelican's."""
        return pelican(root / "pelicanconf.py")

    def forget(self, root: Path) -> None:
        """Remove what builds left."""
        for each in LEFT:
            shutil.rmtree(root / each, ignore_errors=True)


def pelican(settings: Path) -> list[str]:
    """Return the command that builds a site with these settings."""
    return [str(BIN / "pelican"), "--settings", str(settings), "--fatal", "errors"]


def name_of(essay: Essay) -> str:
    """Name a file and an address where languages do not share one."""
    return essay.slug if essay.lang == "id" else f"{essay.slug}-{essay.lang}"
