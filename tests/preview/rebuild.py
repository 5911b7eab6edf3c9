"""Build a preview from a text file, as Pelican would from Markdown: the tests' rebuild command.

Arguments: the preview's folder, and a folder with `judul.txt` (the first article's title).
"""

from __future__ import annotations

import sys
from pathlib import Path

from syndication.preview import write
from tests.preview.samples import BUILT, article, channel, drafted


def main(folder: Path, source: Path) -> None:
    """Write two articles: one with the title of the day, one that never changes."""
    title = (source / "judul.txt").read_text("utf-8").strip()
    if not title:
        sys.exit("judul.txt: judul kosong.")
    text = "Kantor membuka lelang.\n\n#Lelang\nhttps://kantor.example.go.id/artikel/1/"
    drafts = [
        drafted(article("1", title=title, picture=None), channel("x"), text=text),
        drafted(article("2", title="Yang Tetap", picture=None), channel("x")),
    ]
    write(drafts, folder, built_at=BUILT)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
