"""Pelican's own references, `{filename}` and its kin: the file that each names must exist."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from syndication.content.document import Document, Terms
from syndication.content.findings import Finding, Findings, Weight
from syndication.content.nearest import nearest
from syndication.content.prose import matches, without_code

_REFERENCE = re.compile(
    r"""(?:(?<=[(<"'])|(?<=\]:[ ]))
    \{(?:filename|static|attach)\}(?P<path>[^\s)>"'#?]+)""",
    re.VERBOSE,
)


def inside(doc: Document, terms: Terms) -> Findings:
    """Find references to files that are not there; Pelican would leave them as they stand."""
    if "{" not in doc.front.body:
        return
    text = without_code(doc.front.body)
    for match in matches(_REFERENCE, "{", text):
        path = _resolve(unquote(match["path"]), doc, terms)
        if path not in terms.media and path not in terms.written:
            line = doc.front.body_line + text.count("\n", 0, match.start())
            yield missing(line, path, terms)


def _resolve(path: str, doc: Document, terms: Terms) -> str:
    """Return the file's name from the project root; without a slash it is beside the article."""
    folder = terms.content if path.startswith("/") else posixpath.dirname(doc.file)
    return posixpath.normpath(posixpath.join(folder, path.lstrip("/")))


def missing(line: int, path: str, terms: Terms) -> Finding:
    """Say that a file does not exist, and which one may be meant."""
    meant = nearest(path, terms.media) or nearest(path, terms.written)
    remedy = f"Maksud Anda {meant}?" if meant else "Simpan berkasnya di sana, atau betulkan."
    return Finding(line, f'Berkas "{path}" tidak ada.', remedy, Weight.NEW)
