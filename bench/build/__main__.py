"""Measure builds and print the table: `python -m bench.build --help`; `--write docs` keeps it."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench.build import curve, imports, kept, saving, table
from bench.build.peer import VAR, Peer
from bench.build.peers import PEERS
from bench.build.rounds import measure
from bench.build.site import lay_out
from syndication import clock

ARTICLES, ROUNDS = 10_000, 5
QUICK_ARTICLES, QUICK_WITHIN_S = 1_000, 140
"""Of the three minutes of `--quick`: what would end or begin later than that is left out."""

SAVING_UP_TO = 10_000
"""Articles: the development server begins with one more cold build."""

NOT_QUICK = {"office-off"}

NUMBERS, PICTURE, TEXT = "bench-build.json", "bench-build.svg", "performance.md"
BEGIN, END = "<!-- begin: python -m bench.build -->", "<!-- end: python -m bench.build -->"


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bench.build", description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[], help="sizes of the site")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="medians of so many")
    parser.add_argument(
        "--only", nargs="+", choices=[peer.name for peer in PEERS], help="these generators"
    )
    parser.add_argument("--quick", action="store_true", help="1,000 articles in three minutes")
    parser.add_argument(
        "--write", type=Path, metavar="docs", help="keep numbers, table, curve there"
    )
    return parser.parse_args()


def main() -> None:
    """Install what is measured, measure, print, and keep what is to be kept."""
    said = options()
    wanted = set(said.only or {peer.name for peer in PEERS} - (NOT_QUICK if said.quick else set()))
    peers = [peer for peer in PEERS if peer.name in wanted]
    for peer in peers:
        tell(f"Installed, or being installed: {peer.label}")
        peer.install()
    sizes = said.articles or [QUICK_ARTICLES if said.quick else ARTICLES]
    numbers = kept.read(said.write / NUMBERS if said.write else VAR / NUMBERS)
    numbers.imports = imports.seconds()
    for articles in sizes:
        size(numbers, peers, articles, said.rounds, QUICK_WITHIN_S if said.quick else float("inf"))
        if said.write:
            keep(numbers, said.write)
    kept.write(numbers, VAR / NUMBERS)
    sys.stdout.write(table.document(numbers))


def size(
    numbers: kept.Kept, peers: Sequence[Peer], articles: int, rounds: int, within_s: float
) -> None:
    """Measure one size."""
    began = time.monotonic()
    tell(f"Writing {articles:,} articles for {len(peers)} generators")
    sites = lay_out(peers, articles)
    figures = measure(sites, rounds, within_s, tell)
    numbers.add(articles, figures, f"{clock.now():%Y-%m-%d}")
    for site in [each for each in sites if each.peer.name == saving.PEER]:
        if articles <= SAVING_UP_TO and time.monotonic() - began < within_s:
            tell("Saving under the development server")
            numbers.saving[articles] = saving.seconds(site)
    tell(f"{articles:,} articles took {(time.monotonic() - began) / 60:.1f} minutes")


def keep(numbers: kept.Kept, docs: Path) -> None:
    """Write numbers, picture, and the table at its place in the text."""
    kept.write(numbers, docs / NUMBERS)
    lines = curve.lines_of(numbers)
    (docs / PICTURE).write_text(curve.draw(lines), "utf-8")
    before, rest = (docs / TEXT).read_text("utf-8").split(BEGIN)
    _, after = rest.split(END)
    picture = f"![{curve.TITLE}. {curve.in_words(lines)}]({PICTURE})\n"
    inside = f"{BEGIN}\n\n{table.document(numbers)}\n{picture}\n{END}"
    (docs / TEXT).write_text(before + inside + after, "utf-8")


def tell(line: str) -> None:
    """Say how far it is, at once."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
