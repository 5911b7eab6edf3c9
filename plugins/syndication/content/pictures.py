"""Pictures inside the text: their words for those who cannot see them, and where they lie."""

from __future__ import annotations

import re

from syndication.content.document import Document, Terms
from syndication.content.findings import Finding, Findings, Weight
from syndication.content.prose import matches, without_code
from syndication.content.references import missing

# Each repetition is possessive or bounded, so that no text can make the search slow.
_MARKDOWN = re.compile(
    r"""(?<!\\)!\[(?P<alt>(?:[^\[\]\\]|\\.|\[[^\]\n]{0,200}\]){0,500}+)\]
    (?:\(\s{0,9}(?P<src><[^<>\n]*>|[^\s)]*)|\s?\[[^\[\]\n]*\])""",
    re.VERBOSE,
)
_TAG = re.compile(r"<img\b(?P<attributes>[^<>]*)>", re.IGNORECASE)
_ALT = re.compile(
    r"""\balt\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""",
    re.IGNORECASE,
)
_SRC = re.compile(r"""\bsrc\s*=\s*["']?(?P<src>[^\s"'>]+)""", re.IGNORECASE)
# The site's security policy shows its own pictures only (CONTENT_SECURITY_POLICY).
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_WORDLESS = "Gambar ini tidak punya teks pengganti."
_WORDS = "Tulis isi gambar dalam kata-kata"


def inline(doc: Document, terms: Terms) -> Findings:
    """Find pictures in the body without words, or where the page cannot show them."""
    if "!" not in doc.front.body and "<" not in doc.front.body:
        return
    text = without_code(doc.front.body)
    for match in matches(_MARKDOWN, "!", text):
        line = doc.front.body_line + text.count("\n", 0, match.start())
        if not match["alt"].strip():
            remedy = f"{_WORDS} di antara kurung siku: ![Peserta lelang di aula](…)"
            yield Finding(line, _WORDLESS, remedy, Weight.NEW)
        yield from _file((match["src"] or "").strip("<>"), line, terms)
    for match in matches(_TAG, "<", text):
        line = doc.front.body_line + text.count("\n", 0, match.start())
        alt, src = _ALT.search(match["attributes"]), _SRC.search(match["attributes"])
        if not alt or not alt[alt.lastgroup or 0].strip():
            remedy = f'{_WORDS}: <img alt="Peserta lelang di aula" …>'
            yield Finding(line, _WORDLESS, remedy, Weight.NEW)
        yield from _file(src["src"] if src else "", line, terms)


def _file(src: str, line: int, terms: Terms) -> Findings:
    """Find a picture that the page cannot show; references are checked elsewhere."""
    if _ELSEWHERE.match(src):
        remedy = "Simpan gambarnya di content/images, lalu tulis {static}/images/…"
        yield Finding(line, "Gambar dari situs lain tidak akan tampil.", remedy, Weight.NEW)
    elif src.startswith("/"):
        yield from _absolute(src, line, terms)
    elif src and not src.startswith("{"):
        message = f'Letak gambar "{src}" tidak dapat ditemukan dari halaman.'
        yield Finding(line, message, f"Tulis: {{static}}/{src.lstrip('./')}", Weight.NEW)


def _absolute(src: str, line: int, terms: Terms) -> Findings:
    """Find a picture missing from a folder of ours; other addresses are the theme's affair."""
    path = f"{terms.content}{src}"
    folder = path[: path.find("/", len(terms.content) + 1) + 1]
    ours = folder and any(name.startswith(folder) for name in terms.media)
    if path not in terms.media and ours:
        yield missing(line, path, terms)
