"""A generator's site of so many articles: laid out once, then edited and built."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from bench.build import tree
from bench.build.corpus import ARTICLES_PER_PICTURE, PICTURED_EVERY, Essay, corpus, essay
from bench.build.peer import BIN, PICTURES_CACHE, ROOT, VAR, Peer
from bench.build.running import Run, run

PICTURE_SIZE = (1200, 800)


@dataclass(frozen=True, slots=True)
class Built:
    """A build: what it took, and how many pages it wrote."""

    run: Run
    pages: int
    rewritten: int

    def longer(self, seconds: float) -> Built:
        """Return it with the time of what followed."""
        return replace(self, run=replace(self.run, seconds=self.run.seconds + seconds))


@dataclass(frozen=True, slots=True)
class Site:
    """The site of one generator."""

    peer: Peer
    articles: int

    @property
    def root(self) -> Path:
        """Return its folder."""
        return VAR / str(self.articles) / self.peer.name

    @property
    def output(self) -> Path:
        """Return the folder of the built site."""
        return self.root / "output"

    @property
    def drawn(self) -> Path:
        """Return the file that says: all cards and pictures of so many articles were drawn once."""
        return self.root.parent / f"{PICTURES_CACHE}.drawn"

    @property
    def public(self) -> Path:
        """Return the folder of its releases: not in the site, for Eleventy reads all there."""
        return self.root.parent / f"{self.peer.name}-public"

    def write(self, written: Essay) -> None:
        """Write an article in the generator's way."""
        file = self.peer.file(self.root, written)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(self.peer.text(written), "utf-8")

    def edit(self, change: str, turn: int) -> None:
        """Do what comes before a build: `turn` makes an edit another than the last one.

        Before a cold build all is forgotten but drawn cards and pictures. A new article is
        published and deleted again; one in the middle of the site gets a sentence at its end.
        """
        new, old = essay(self.articles, self.articles), essay(self.articles // 2, self.articles)
        if change in {"first", "cold"}:
            self.peer.forget(self.root)
        elif change == "new":
            self.write(new)
        elif change == "changed":
            text = self.peer.text(old)
            self.peer.file(self.root, old).write_text(f"{text}\nDiperbarui {turn} kali.\n", "utf-8")
        elif change == "deleted":
            self.peer.file(self.root, new).unlink()

    def build(self) -> Built:
        """Build the site, and see what that wrote."""
        self.output.mkdir(exist_ok=True)
        before = tree.pages(self.output)
        took = run(self.peer.command(self.root), self.root, self.root / "build.log")
        after = tree.pages(self.output)
        return Built(took, len(after), tree.rewritten(before, after))

    def deploy(self) -> float:
        """Deploy as an office does; return the seconds."""
        settings = self.root / "deployconf.py"
        settings.write_text(f'OUTPUT_PATH = "output"\nDEPLOY_TO = {str(self.public)!r}\n', "utf-8")
        deploy = (str(BIN / "invoke"), "--search-root", str(ROOT), "deploy", "--settings")
        return run([*deploy, str(settings)], self.root, self.root / "deploy.log").seconds


def lay_out(peers: Sequence[Peer], articles: int) -> list[Site]:
    """Write settings, articles and pictures of every generator anew."""
    sites = [Site(peer, articles) for peer in peers]
    for site in sites:
        for folder in (site.root, site.public):
            shutil.rmtree(folder, ignore_errors=True)
        site.root.mkdir(parents=True)
        site.peer.lay(site.root)
    for written in corpus(articles):
        for site in sites:
            site.write(written)
    drawn = draw(pictures(articles + 1), VAR / str(articles) / "images")
    for site in sites:
        shutil.copytree(drawn, site.peer.pictures(site.root) / "images", dirs_exist_ok=True)
    return sites


def pictures(articles: int) -> Iterable[str]:
    """Name the pictures that so many articles show."""
    numbers = range(0, articles, PICTURED_EVERY)
    return {f"gambar-{number // ARTICLES_PER_PICTURE}.png" for number in numbers}


def draw(names: Iterable[str], folder: Path) -> Path:
    """Draw pictures, each of another colour, and return their folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for count, name in enumerate(sorted(names)):
        hue = count * 37 % 256
        bands = [
            Image.linear_gradient("L").resize(PICTURE_SIZE),
            Image.radial_gradient("L").resize(PICTURE_SIZE),
            Image.new("L", PICTURE_SIZE, hue),
        ]
        Image.merge("RGB", bands).save(folder / name, compress_level=1)
    return folder
