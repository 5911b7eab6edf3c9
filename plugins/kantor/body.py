"""Makes the HTML of a Markdown body fit for a strict policy and for every reader.

Headings start at level 2 without gaps and have ids; a table scrolls inside its own focusable
frame and aligns by class, never by style; a picture that stands alone becomes a figure;
footnotes speak the language of the text.
"""

from __future__ import annotations

import re
import unicodedata
from gettext import NullTranslations
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import TocExtension
from markdown.treeprocessors import Treeprocessor

from kantor import phrases
from kantor.wording import unbroken

if TYPE_CHECKING:
    from pelican import Pelican

_HEADING = re.compile(r"h[1-6]")
_AFTER_INLINE_BEFORE_TOC = 12  # Python-Markdown runs `inline` at 20 and `toc` at 5

# The ids of the theme's own parts, which no heading of a text may take.
THEME_IDS = frozenset(
    {
        "bagikan",
        "daftar-isi",
        "disclaimer",
        "isi",
        "jlamprang",
        "resmi",
        "sumber",
        "terkait",
        "topik",
    }
)


def anchor(text: str, separator: str) -> str:
    """Make a heading's id: ASCII, a letter first, as CSS and html-validate want it, and free."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = separator.join(re.findall(r"[a-z0-9]+", plain))
    fit = slug[:1].isalpha() and slug not in THEME_IDS
    return slug if fit else f"bagian{separator}{slug}".rstrip(separator)


def _level_headings(root: Element) -> None:
    headings = [element for element in root.iter() if _HEADING.fullmatch(element.tag)]
    ranks = {tag: rank for rank, tag in enumerate(sorted({h.tag for h in headings}), start=2)}
    for heading in headings:
        heading.tag = f"h{min(ranks[heading.tag], 6)}"


def _align_by_class(table: Element) -> None:
    for cell in table.iter():
        style = cell.attrib.pop("style", "")
        if style.startswith("text-align:"):
            cell.set("class", style.removeprefix("text-align:").strip("; "))


def _frame_tables(root: Element, words: NullTranslations) -> None:
    number = 0
    for parent in list(root.iter()):
        for index, child in enumerate(list(parent)):
            if child.tag != "table":
                continue
            number += 1
            _align_by_class(child)
            label = words.gettext("Table %(number)s") % {"number": number}
            frame = Element(
                "section", {"class": "table-frame", "tabindex": "0", "aria-label": label}
            )
            frame.tail, child.tail = child.tail, None
            parent[index] = frame
            frame.append(child)


def _figure(paragraph: Element) -> None:
    """Turn a paragraph that holds a picture and nothing else into a figure with its caption."""
    image = paragraph[0]
    paragraph.tag = "figure"
    caption = image.attrib.pop("title", "")
    if caption:
        element = Element("figcaption")
        element.text = caption
        paragraph.append(element)


def _stands_alone(paragraph: Element) -> bool:
    words = (paragraph.text or "") + "".join(child.tail or "" for child in paragraph)
    return len(paragraph) == 1 and paragraph[0].tag == "img" and not words.strip()


def _speak_in_footnotes(root: Element, words: NullTranslations) -> None:
    for element in root.iter():
        kind = element.get("class", "")
        if kind == "footnote":
            element.tag = "section"
            element.set("aria-label", words.gettext("Footnotes"))
            for rule in element.findall("hr"):
                element.remove(rule)
        elif kind == "footnote-backref":
            element.attrib.pop("title", None)
            element.set("aria-label", words.gettext("Back to the text"))


def _keep_telephone_numbers_whole(root: Element) -> None:
    """A number that breaks over two lines is hard to read and to dial."""
    for link in root.iter("a"):
        if link.get("href", "").startswith("tel:") and link.text:
            link.text = unbroken(link.text)


class _Fit(Treeprocessor):
    def __init__(self, md: Markdown, spoken: phrases.Phrases, default: str) -> None:
        super().__init__(md)
        self._spoken, self._default = spoken, default

    def run(self, root: Element) -> None:
        meta: dict[str, list[str]] = getattr(self.md, "Meta", {})
        words = self._spoken.of(meta.get("lang", [self._default])[0])
        _level_headings(root)
        _frame_tables(root, words)
        for paragraph in [p for p in root.iter("p") if _stands_alone(p)]:
            _figure(paragraph)
        _speak_in_footnotes(root, words)
        _keep_telephone_numbers_whole(root)


class BodyExtension(Extension):
    """The extension of Python-Markdown that does all this."""

    def __init__(self, spoken: phrases.Phrases, default: str) -> None:
        """Take the phrases, and the language of a text that names none."""
        super().__init__()
        self._spoken, self._default = spoken, default

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- Python-Markdown's name
        """Register the steps."""
        fit = _Fit(md, self._spoken, self._default)
        md.treeprocessors.register(fit, "kantor", _AFTER_INLINE_BEFORE_TOC)


def configure(pelican: Pelican) -> None:
    """Add the extension to the settings of this build."""
    settings = pelican.settings
    phrases.load.cache_clear()
    spoken = phrases.load(settings["THEME"])
    settings["MARKDOWN"].setdefault("extensions", []).extend(
        [
            TocExtension(slugify=anchor, marker=""),
            BodyExtension(spoken, settings["DEFAULT_LANG"]),
        ]
    )
