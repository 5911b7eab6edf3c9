"""Structured data for machines (schema.org, as JSON-LD)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from kantor.addresses import here, link, side
from kantor.language import language, local

if TYPE_CHECKING:
    from pelican.contents import Article

Thing = dict[str, Any]
# Google shows at most this much of a headline (Article rich result, looked up 2026-11-24).
HEADLINE_CHARS = 110


def _office_id(context: Context) -> str:
    return f"{context['SITEURL']}/#kantor"


def _office(context: Context) -> Thing:
    office = context["OFFICE"]
    parents: Sequence[str] = local(context, office["parents"])
    return {
        "@type": "GovernmentOffice",
        "@id": _office_id(context),
        "name": context["SITENAME"],
        "legalName": local(context, office["full_name"]),
        "url": f"{context['SITEURL']}/",
        "telephone": office["telephone"],
        "logo": f"{context['SITEURL']}/theme/img/logo.png",
        "image": f"{context['SITEURL']}/theme/img/card.png",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": office["street"],
            "addressLocality": office["city"],
            "addressCountry": office["country"],
        },
        "parentOrganization": {"@type": "GovernmentOrganization", "name": parents[0]},
        "sameAs": [account["url"] for account in office["accounts"]],
    }


def _trail(crumbs: Sequence[tuple[str, str]]) -> Thing:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate(crumbs, start=1)
        ],
    }


def _images(context: Context, article: Article) -> list[str]:
    pictures = [article.picture.path] if article.picture else []
    return [f"{context['SITEURL']}/{path}" for path in (*pictures, article.card.url)]


def _article(context: Context, article: Article) -> Thing:
    url = f"{context['SITEURL']}/{article.url}"
    thing: Thing = {
        "@type": "NewsArticle",
        "@id": f"{url}#artikel",
        "mainEntityOfPage": url,
        "url": url,
        "headline": str(article.title)[:HEADLINE_CHARS],
        "description": article.description,
        "image": _images(context, article),
        "datePublished": article.date.isoformat(),
        "dateModified": getattr(article, "modified", article.date).isoformat(),
        "inLanguage": article.lang,
        "articleSection": str(article.category),
        "keywords": [str(tag) for tag in getattr(article, "tags", [])],
        "wordCount": article.words,
        "isAccessibleForFree": True,
        "author": [
            {"@type": "Organization", "name": str(author), "url": link(context, author.url)}
            for author in getattr(article, "authors", [])
        ],
        "publisher": {"@id": _office_id(context)},
        "citation": article.sources,
        "correction": article.corrections,
        "creativeWorkStatus": "Withdrawn" if article.withdrawn else "Published",
        "workTranslation": [
            {"@id": f"{context['SITEURL']}/{other.url}#artikel"} for other in article.translations
        ],
    }
    return {name: value for name, value in thing.items() if value or value is False}


def _site(context: Context) -> Thing:
    return {
        "@type": "WebSite",
        "@id": f"{link(context)}#situs",
        "url": link(context),
        "name": context["SITENAME"],
        "inLanguage": language(context),
        "publisher": {"@id": _office_id(context)},
    }


def as_script(things: Sequence[Mapping[str, Any]]) -> Markup:
    """Write a graph so that no text in it can end the script element."""
    text = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 -- JSON without "<" is safe here


@pass_context
def structured_data(context: Context, title: str, crumbs: Sequence[tuple[str, str]]) -> Markup:
    """Write what this page is about; `crumbs` are the names and addresses that lead to it."""
    things = [_office(context)]
    if here(context) == side(context).prefix:
        things.append(_site(context))
    article = context.get("article")
    if article:
        things.append(_article(context, article))
    if crumbs:
        things.append(_trail([*crumbs, (title, f"{context['SITEURL']}/{here(context)}")]))
    return as_script(things)
