"""What holds for any article, however strange."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndication.compose import address, summarise
from syndication.compose.body import read
from syndication.compose.counting import bound_by
from syndication.compose.post import Unfit, compose
from syndication.compose.rules import packaged
from syndication.compose.sentences import split
from tests.compose.articles import PICTURE, article, channel

PLATFORMS = [
    *("x", "facebook", "instagram", "threads", "mastodon", "bluesky", "telegram"),
    *("whatsapp", "youtube", "local"),
]
ENDS = tuple(".!?…\"”’')]")

wild_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
OFFICIAL = [
    *("lelang", "Rp1.250.000,00", "pukul", "09.00", "WIB", "tidak", "yang", "dan", "jika", "No."),
    *("5", "S.H.", "a.n.", "PT.", "(BMN)", "“kata”", "Kepala", "KPKNL", "Pekalongan,", "peserta;"),
    *("jaminan", "18", "Juli", "2022.", "dijual.", "karena", "lelang.go.id", "Ia", "sebelum"),
]
official_word = st.sampled_from(OFFICIAL)
official_text = st.lists(official_word, max_size=40).map(" ".join)
some_text = st.one_of(wild_text, official_text)
block = st.one_of(
    some_text.map("<p>{}</p>".format),
    some_text.map("<h2>{}</h2>".format),
    some_text.map("<ul><li>{}</li></ul>".format),
    some_text.map("<blockquote><p>{}</p></blockquote>".format),
    some_text.map("<table><tr><td>{}</td></tr></table>".format),
    some_text,
)
bodies = st.lists(block, max_size=6).map("".join)
paths = st.text("abcdefghij-/0123456789", max_size=30)
articles = st.fixed_dictionaries(
    {
        "title": some_text,
        "html": bodies,
        "summary": st.one_of(st.just(""), some_text),
        "tags": st.lists(wild_text, max_size=6).map(tuple),
        "url": paths.map("https://kantor.example.go.id/{}".format),
        "lang": st.sampled_from(["id", "en", "jv"]),
        "picture": st.sampled_from([None, PICTURE]),
        "correction": st.one_of(st.just(""), some_text),
    }
)


@pytest.mark.parametrize("platform", PLATFORMS)
@settings(max_examples=60, deadline=None)
@given(fields=articles)
def test_a_post_fits_has_its_link_once_and_is_nfc(platform: str, fields: dict[str, Any]) -> None:
    rules = packaged(platform)
    try:
        post = compose(article(**fields), channel(platform), rules)
    except Unfit as refusal:
        assert len(str(refusal).split()) > 5  # noqa: PT017 -- a refusal may come, and says why
        return
    assert bound_by(post.text, rules) <= rules.limit
    assert address.times(post.text, post.link) == int(rules.link_in_text)
    assert unicodedata.is_normalized("NFC", post.text)
    assert post.text == post.text.strip()
    assert all(f"#{tag}" in post.text.split() for tag in post.hashtags)


@settings(max_examples=200, deadline=None)
@given(html=bodies, room=st.integers(0, 400), lang=st.sampled_from(["id", "en"]))
def test_a_summary_fits_and_ends_at_a_boundary(html: str, room: int, lang: str) -> None:
    paragraphs = read(html).paragraphs
    said = summarise("", paragraphs, max_length=room, count=len, lang=lang)
    assert len(said) <= room
    ends_a_paragraph = any(paragraph.endswith(said[-20:]) for paragraph in paragraphs)
    assert not said or said.endswith(ENDS) or ends_a_paragraph


subjects = st.sampled_from(["KPKNL", "Panitia", "Peserta lelang", "Kepala kantor", "Pemenang"])
verbs = st.sampled_from(["melelang", "menjual", "menerima", "memeriksa", "mengumumkan"])
things = st.sampled_from(["lima mobil dinas", "jaminan Rp5.000.000,00", "berkas No. 27", "lot itu"])
tails = st.sampled_from(
    [
        "",
        ", dan hasilnya masuk kas negara",
        " karena waktunya tiba",
        " yang rusak berat",
        " jika semua syarat terpenuhi",
        ", tetapi tidak semua peserta hadir",
    ]
)
sentences = st.builds("{} {} {} pada hari itu{}.".format, subjects, verbs, things, tails)


@settings(max_examples=200, deadline=None)
@given(said=st.lists(sentences, min_size=1, max_size=12, unique=True), room=st.integers(20, 500))
def test_every_sentence_of_a_summary_is_the_articles(said: list[str], room: int) -> None:
    summary = summarise("", [" ".join(said)], max_length=room, count=len, lang="id")
    for sentence in split(summary):
        if sentence.endswith("…"):
            beginning = sentence.removesuffix("…")
            assert any(whole.startswith(beginning) for whole in said)
            assert not beginning.endswith(("tidak", "jika", "yang", "karena", "dan"))
        else:
            assert sentence in said


@given(own=wild_text)
def test_an_own_text_keeps_its_words(own: str) -> None:
    rules = packaged("local")
    post = compose(article(own_posts={"local": f"Ayo {own}"}), channel("local"), rules)
    assert post.text.startswith("Ayo")
    assert address.times(post.text, post.link) == 1
