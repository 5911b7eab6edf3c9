from __future__ import annotations

import re
from typing import Any

import pytest

from syndication.compose.counting import bound_by
from syndication.compose.post import Unfit, compose
from syndication.compose.rules import packaged
from syndication.model import Post
from tests.compose.articles import BODY, PICTURE, URL, article, channel

PLATFORMS = [
    *("x", "facebook", "instagram", "threads", "mastodon", "bluesky", "telegram"),
    *("whatsapp", "youtube", "local"),
]
FIRST = (
    "KPKNL Pekalongan melelang lima kendaraan dinas pada Senin, 18 Juli 2022, pukul 09.00 WIB."
    " Nilai limitnya Rp1.250.000,00 per unit."
)


def posted(platform: str, template: str = "", **changes: Any) -> Post:  # noqa: ANN401 -- of Article
    """Compose for a platform and hold the post against what holds for all."""
    rules = packaged(platform)
    post = compose(article(**changes), channel(platform, template=template), rules)
    assert bound_by(post.text, rules) <= rules.limit
    assert post.text.count(post.link) == int(rules.link_in_text)
    return post


@pytest.mark.parametrize("platform", PLATFORMS)
def test_says_the_point_first(platform: str) -> None:
    assert FIRST in posted(platform).text


SECOND = "Peserta mendaftar di lelang.go.id paling lambat sehari sebelumnya."
THIRD = "Uang jaminan disetor penuh ke rekening virtual masing-masing peserta."
WHOLE = [
    ("x", f"{FIRST} {SECOND}\n\n#Lelang #KendaraanDinas\n{URL}"),
    ("bluesky", f"{FIRST} {SECOND} {THIRD}\n\n#Lelang #KendaraanDinas #BMN"),
]


@pytest.mark.parametrize(("platform", "text"), WHOLE)
def test_writes_this_post(platform: str, text: str) -> None:
    assert posted(platform).text == text


TITLED = [
    ("x", None, False, "its link card shows it"),
    ("facebook", PICTURE, False, "its link card shows it"),
    ("mastodon", None, False, "its link card shows it"),
    ("instagram", PICTURE, True, "there is no link card"),
    ("youtube", None, True, "there is no link card"),
    ("telegram", None, False, "the preview shows it"),
    ("telegram", PICTURE, True, "a picture takes the preview's place"),
    ("whatsapp", PICTURE, True, "a picture takes the preview's place"),
]


@pytest.mark.parametrize(
    ("platform", "picture", "shown"),
    [pytest.param(*row[:3], id=f"{row[0]}: {row[3]}") for row in TITLED],
)
def test_repeats_no_title_that_the_card_shows(
    platform: str,
    picture: object,
    shown: bool,  # noqa: FBT001 -- a column of the table
) -> None:
    text = posted(platform, picture=picture).text
    assert (article().title in text) is shown


def test_instagram_says_where_to_tap() -> None:
    assert f"ketuk tautan di profil kami, atau buka {URL}" in posted("instagram").text
    assert f"tap the link in our profile, or open {URL}" in posted("instagram", lang="en").text


def test_a_caption_fits_below_its_picture() -> None:
    long = "<p>" + "Peserta menyetor uang jaminan tepat waktu. " * 100 + "</p>"
    assert (
        bound_by(posted("telegram", html=long, picture=PICTURE).text, packaged("telegram")) <= 1024
    )


HASHTAGS = [
    ("instagram", ("Lelang", "KendaraanDinas", "BMN"), "all of them, below the cap"),
    ("threads", ("Lelang",), "one topic"),
    ("whatsapp", (), "nobody can tap them"),
]


@pytest.mark.parametrize(
    ("platform", "tags"), [pytest.param(*row[:2], id=f"{row[0]}: {row[2]}") for row in HASHTAGS]
)
def test_takes_the_hashtags_that_are_allowed(platform: str, tags: tuple[str, ...]) -> None:
    post = posted(platform)
    assert post.hashtags == tags
    assert re.findall(r"(?<=#)\w+", post.text) == list(tags)


def test_leaves_hashtags_out_where_there_is_no_room() -> None:
    assert posted("bluesky", tags=("kendaraan " * 5, "BMN")).hashtags == ("BMN",)


def test_skips_a_hashtag_that_is_too_long_for_the_platform() -> None:
    assert posted("threads", tags=("a" * 51, "lelang")).hashtags == ("Lelang",)


def test_the_summary_of_the_writer_wins_where_it_fits() -> None:
    own = "Lima mobil dinas, satu jadwal, satu tempat mendaftar."
    assert posted("x", summary=own).text.startswith(own)
    assert FIRST in posted("x", summary=own * 6).text
    assert posted("facebook", summary=own * 10).text.startswith(own * 10)


def test_a_long_summary_serves_where_the_body_is_silent() -> None:
    own = "Lima mobil dinas dilelang. " * 12
    assert posted("x", summary=own, html="").text.startswith("Lima mobil dinas dilelang. Lima")


def test_a_correction_comes_first() -> None:
    text = posted("x", correction="27 Mei 2024: limit semula tertulis Rp1.500.000,00.").text
    assert text.startswith("Ralat 27 Mei 2024: limit semula tertulis Rp1.500.000,00.\n\nKPKNL")
    assert posted("local", correction="Harga.").text.startswith("Ralat: Harga.\n\n")
    assert posted("local", lang="en", correction="Price.").text.startswith("Correction: Price.")


def test_a_long_correction_is_shortened_too() -> None:
    correction = "Jadwal semula tertulis Senin, padahal " + "tempatnya " * 60
    assert posted("x", correction=correction).text.startswith("Ralat: Jadwal semula")


OWN = [
    ("x", "Ayo ikut! #Lelang", f"Ayo ikut! #Lelang\n\n{URL}", "the link is put at the end"),
    ("x", f"Buka {URL} sekarang.", f"Buka {URL} sekarang.", "the link stays where it was put"),
    ("x", f"{URL} {URL}", URL, "the link only once"),
    ("x", f"Ini {URL}lain", f"Ini {URL}lain\n\n{URL}", "a longer address is another one"),
    ("facebook", f"Ayo ikut! {URL}", "Ayo ikut!", "the card has the link"),
    ("x", "Ayo\r\n\r\n\r\nikut \u200b", f"Ayo\n\nikut\n\n{URL}", "white space is tidied"),
]


@pytest.mark.parametrize(
    ("platform", "own", "text"), [pytest.param(*row[:3], id=row[3]) for row in OWN]
)
def test_takes_an_own_text_as_it_is(platform: str, own: str, text: str) -> None:
    rules = packaged(platform)
    post = compose(article(own_posts={platform: own}), channel(platform), rules)
    assert post.text == text


def test_finds_the_hashtags_of_an_own_text() -> None:
    assert posted("x", own_posts={"x": "Ayo #Lelang"}).hashtags == ("Lelang",)


def test_refuses_an_own_text_that_is_too_long_and_says_by_how_much() -> None:
    with pytest.raises(Unfit, match=r"Pos_x terlalu panjang: 325 dari 280\. Singkatkan 45 "):
        posted("x", own_posts={"x": "a" * 300})


TEMPLATES = [
    ("{{ title }}: {{ link }}", f"Lima Kendaraan Dinas Dilelang: {URL}", "the link in a line"),
    ("Baru: {{ title }}", f"Baru: Lima Kendaraan Dinas Dilelang\n\n{URL}", "the link is added"),
    ("{{ link }} {{ link }} {{ title }}", f"{URL}  Lima Kendaraan Dinas Dilelang", "never twice"),
    ("{{ category }}{{ date.year }}", f"2022\n\n{URL}", "category and date"),
]


@pytest.mark.parametrize(
    ("template", "text"), [pytest.param(*row[:2], id=row[2]) for row in TEMPLATES]
)
def test_fills_the_template_of_a_channel(template: str, text: str) -> None:
    assert posted("local", template).text == text


BAD_TEMPLATES = [
    ("{{ judul }}", "an unknown word"),
    ("{{ title", "no template"),
    ("{{ ''.__class__.__mro__ }}", "a way out of the sandbox"),
    ("{% for i in range(10**9) %}x{% endfor %}", "work without end"),
    ("{{ 1 / 0 }}", "arithmetic"),
]


@pytest.mark.parametrize(
    "template", [pytest.param(template, id=reason) for template, reason in BAD_TEMPLATES]
)
def test_refuses_a_bad_template(template: str) -> None:
    with pytest.raises(Unfit, match="Templat channel local perlu diperbaiki"):
        posted("local", template)


BAD_INPUT = [
    ({"html": ""}, "an empty body"),
    ({"html": "<p>Dilelang.</p>"}, "a body of one sentence"),
    ({"html": "<table><tr><td>1</td></tr></table>"}, "a body of a table"),
    ({"html": "<p><img src='a.jpg' alt='x'></p>"}, "a body of pictures"),
    ({"html": f"<p>{'Barang dijual apa adanya. ' * 12_500}</p>"}, "50,000 words"),
    ({"html": f"<p>{'kata ' * 50_000}</p>"}, "50,000 words without a full stop"),
    ({"html": f"<p>{'a' * 50_000}</p>"}, "one word of 50,000 letters"),
    ({"title": "Lelang " * 60, "html": ""}, "a title longer than the limit"),
    ({"html": "<p>\u202eالمزاد مفتوح للجميع. التسجيل مجاني.</p>"}, "right-to-left text"),  # noqa: RUF001 -- Arabic
    ({"tags": tuple(f"tag {number}" for number in range(3000))}, "3,000 tags"),
    ({"html": f"<p>{'z' + chr(0x316) * 30} {'a' + chr(0x300) * 90} jatuh.</p>"}, "zalgo"),
    ({"html": "<p>Satu <b>dua.<p>Tiga</div></p><a href="}, "broken HTML"),
    ({"html": f"<p>Buka {URL} sekarang. {FIRST}</p>"}, "the own address in the body"),
    ({"html": f"<p>{FIRST} Ikuti @humas dan https://lain.id/x.</p>"}, "names and addresses"),
    ({"html": "<p>Ratusan 👨‍👩‍👧‍👦 hadir.</p>" * 30}, "emoji"),
    ({"html": "<ul><li>Bawa KTP asli ke loket.</li></ul>"}, "a body of a list"),
    ({"html": "<div>" * 900 + FIRST + "</div>" * 900}, "blocks 900 deep"),
]


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize(
    "changes", [pytest.param(changes, id=reason) for changes, reason in BAD_INPUT]
)
def test_bad_input_gives_a_fitting_post(platform: str, changes: dict[str, Any]) -> None:
    assert posted(platform, **changes).text.replace(URL, "").strip()


REFUSED = [
    ("threads", {"url": "https://a.go.id/" + "x" * 500}, "Tautan", "a URL longer than the limit"),
    ("local", {"url": "https://a.go.id/" + "x" * 500}, "Tautan", "the same, elsewhere"),
    ("instagram", {"title": "Lelang " * 400}, "judul", "a title longer than the limit"),
    ("bluesky", {"title": "a" * 400, "html": ""}, "Tidak ada", "one word longer than the limit"),
    ("facebook", {"title": "", "html": ""}, "Tidak ada", "nothing to say at all"),
]


@pytest.mark.parametrize(
    ("platform", "changes", "said"), [pytest.param(*row[:3], id=row[3]) for row in REFUSED]
)
def test_refuses_clearly_where_no_honest_post_is_possible(
    platform: str, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(Unfit, match=said):
        posted(platform, **changes)


def test_a_number_of_the_body_survives() -> None:
    assert "Rp1.250.000,00" in BODY
    assert "Rp1.250.000,00" in posted("x").text


def test_describes_the_card() -> None:
    assert posted("x").description.startswith("KPKNL Pekalongan melelang")
    assert posted("x", summary="Ringkas.").description == "Ringkas."
