"""The measured articles: always the same, and the same words for every generator of sites."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import mean

import pytest

from bench.build.corpus import NEW_FROM, Essay, corpus, essay
from bench.build.peer import Peer
from bench.build.peers import PEERS

ARTICLES = 200
ALL = list(corpus(ARTICLES))
LINK = re.compile(r"\]\([^)]*?(berita-\d+)[^)]*\)")


def test_a_number_is_always_the_same_article() -> None:
    assert essay(7, ARTICLES) == essay(7, ARTICLES)
    assert essay(7, ARTICLES).body != essay(8, ARTICLES).body


def test_articles_have_about_900_words() -> None:
    words = [len(each.body.split()) for each in ALL]
    assert 850 <= mean(words) <= 1_000
    assert max(words) <= 1_200


def test_a_tenth_is_translated_and_a_fifth_has_a_picture() -> None:
    assert sum(each.lang == "en" for each in ALL) == ARTICLES // 10
    assert sum(bool(each.picture) for each in ALL if each.lang == "id") == ARTICLES // 5


def test_links_lead_to_articles() -> None:
    known = {each.slug for each in ALL}
    linked = {slug for each in ALL for slug in re.findall(r"\(@([^)]+)\)", each.body)}
    assert linked
    assert linked <= known


def test_headings_lists_and_tables_are_in_the_text() -> None:
    text = "\n".join(each.body for each in ALL)
    assert all(mark in text for mark in ("\n## ", "\n- ", "\n1. ", "\n|---", "**"))


def test_a_new_article_is_the_newest() -> None:
    assert essay(ARTICLES, ARTICLES).date == NEW_FROM > max(each.date for each in ALL)


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
@pytest.mark.parametrize("written", [ALL[0], ALL[1], ALL[7]], ids=["id", "en", "plain"])
def test_every_generator_gets_the_same_words(peer: Peer, written: Essay) -> None:
    text = peer.text(written)
    assert written.title in text
    assert all(tag in text for tag in written.tags)
    expected = re.sub(r"\(@([^)]+)\)", r"(\1)", written.body)
    assert LINK.sub(r"](\1)", text).endswith(expected)


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_every_article_has_a_file_of_its_own(peer: Peer) -> None:
    assert len({peer.file(Path("/situs"), each) for each in ALL}) == len(ALL)
