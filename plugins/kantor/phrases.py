"""The theme's phrases: gettext catalogues, read from their sources, so none is ever stale."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from jinja2 import pass_context
from jinja2.runtime import Context

from kantor.language import language


def read_catalogue(path: Path) -> NullTranslations:
    """Read one `messages.po`."""
    with path.open("rb") as source:
        catalogue = read_po(source)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


class Phrases:
    """The catalogues of all languages; a template asks in the language of its page."""

    def __init__(self, catalogues: Mapping[str, NullTranslations]) -> None:
        """Take the catalogues by language code."""
        self._catalogues = catalogues

    def of(self, lang: str) -> NullTranslations:
        """Return one language's catalogue; an unknown language speaks the source's English."""
        return self._catalogues.get(lang) or NullTranslations()

    @pass_context
    def gettext(self, context: Context, message: str) -> str:
        """Translate into the language of the page."""
        return self.of(language(context)).gettext(message)

    @pass_context
    def ngettext(self, context: Context, one: str, many: str, number: int) -> str:
        """Translate into the language of the page, with its plural for `number`."""
        return self.of(language(context)).ngettext(one, many, number)


@cache
def load(theme: str) -> Phrases:
    """Read every catalogue of a theme: `translations/LANG/LC_MESSAGES/messages.po`."""
    found = Path(theme, "translations").glob("*/LC_MESSAGES/messages.po")
    return Phrases({path.parts[-3]: read_catalogue(path) for path in found})
