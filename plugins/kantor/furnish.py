"""Gives every template the phrases, the filters and the globals that the theme speaks with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kantor import addresses, language, phrases, structured, wording
from kantor.hosting import rules
from kantor.pictures import markup

if TYPE_CHECKING:
    from pelican.generators import Generator


def furnish(generator: Generator) -> None:
    """Prepare a generator's Jinja environment before it loads its first template.

    What is not known to be HTML is escaped: a template must say `|safe` to be unsafe.
    """
    env = generator.env
    env.autoescape = True
    spoken = phrases.load(generator.settings["THEME"])
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(spoken.gettext, spoken.ngettext, newstyle=True)
    for function in (
        wording.full_date,
        wording.long_date,
        wording.day_and_month,
        wording.number,
        wording.unbroken,
        wording.linked,
        language.local,
    ):
        env.filters[function.__name__] = function
    env.globals.update(
        language=language.language,
        side=addresses.side,
        link=addresses.link,
        here=addresses.here,
        alternates=addresses.alternates,
        asset=addresses.asset,
        inline_svg=addresses.inline_svg,
        picture=markup.picture,
        policy_in_page=rules.policy_in_page,
        structured_data=structured.structured_data,
    )
