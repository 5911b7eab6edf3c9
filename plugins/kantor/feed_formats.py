"""A feed as Atom (RFC 4287), RSS (2.0, with content:encoded) and JSON Feed (1.1)."""

from __future__ import annotations

import json
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring

if TYPE_CHECKING:
    from kantor.feeds import Entry, Feed


def notice(title: str, reason: str) -> str:
    """Write what stands before the text of a withdrawn article."""
    return f"<p><strong>{escape(title)}</strong> {escape(reason)}</p>\n"


def _text(parent: Element, tag: str, text: str, **attributes: str) -> None:
    SubElement(parent, tag, attributes).text = text


def _document(root: Element) -> str:
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def atom(feed: Feed) -> str:
    """Write Atom."""
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": feed.lang})
    _text(root, "id", feed.page)
    _text(root, "title", feed.title)
    _text(root, "subtitle", feed.description)
    _text(root, "updated", feed.updated.isoformat())
    _text(root, "icon", feed.icon)
    SubElement(root, "link", {"rel": "self", "href": f"{feed.page}atom.xml"})
    for hub in feed.hubs:
        SubElement(root, "link", {"rel": "hub", "href": hub})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
    _text(SubElement(root, "author"), "name", feed.title)
    for entry in feed.entries:
        _atom_entry(SubElement(root, "entry"), entry)
    return _document(root)


def _atom_entry(element: Element, entry: Entry) -> None:
    _text(element, "id", entry.id)
    _text(element, "title", entry.title)
    SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": entry.url})
    _text(element, "published", entry.published.isoformat())
    _text(element, "updated", entry.updated.isoformat())
    for author in entry.authors:
        _text(SubElement(element, "author"), "name", author)
    for tag in entry.tags:
        SubElement(element, "category", {"term": tag})
    _text(element, "summary", entry.summary)
    _text(element, "content", entry.html, type="html")


def rss(feed: Feed) -> str:
    """Write RSS."""
    root = Element(
        "rss",
        {
            "version": "2.0",
            "xmlns:atom": "http://www.w3.org/2005/Atom",
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        },
    )
    channel = SubElement(root, "channel")
    _text(channel, "title", feed.title)
    _text(channel, "link", feed.page)
    _text(channel, "description", feed.description)
    _text(channel, "language", feed.lang)
    _text(channel, "lastBuildDate", format_datetime(feed.updated))
    SubElement(
        channel,
        "atom:link",
        {"rel": "self", "type": "application/rss+xml", "href": f"{feed.page}rss.xml"},
    )
    for hub in feed.hubs:
        SubElement(channel, "atom:link", {"rel": "hub", "href": hub})
    for entry in feed.entries:
        _rss_item(SubElement(channel, "item"), entry)
    return _document(root)


def _rss_item(element: Element, entry: Entry) -> None:
    _text(element, "title", entry.title)
    _text(element, "link", entry.url)
    _text(element, "guid", entry.id, isPermaLink="false")
    _text(element, "pubDate", format_datetime(entry.published))
    for author in entry.authors:
        _text(element, "dc:creator", author)
    for tag in entry.tags:
        _text(element, "category", tag)
    _text(element, "description", entry.summary)
    _text(element, "content:encoded", entry.html)


def json_feed(feed: Feed) -> str:
    """Write JSON Feed."""
    document: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.page,
        "feed_url": f"{feed.page}feed.json",
        "language": feed.lang,
        "icon": feed.icon,
        "items": [_json_item(entry, feed.lang) for entry in feed.entries],
    }
    if feed.hubs:
        document["hubs"] = [{"type": "WebSub", "url": hub} for hub in feed.hubs]
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _json_item(entry: Entry, lang: str) -> dict[str, object]:
    item: dict[str, object] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "language": lang,
        "authors": [{"name": author} for author in entry.authors],
        "tags": list(entry.tags),
    }
    return item | ({"image": entry.image} if entry.image else {})
