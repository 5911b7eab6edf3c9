"""Files are compared: one ID, one address, one old address, one original."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from syndication.content.check import check
from syndication.content.document import Source, Terms


def article(title: str = "Lelang", *more: str, new: str = "20260228-7k3q") -> str:
    return "\n".join((f"Title: {title}", "Date: 2026-02-28", f"ID: {new}", *more, "", "Isi.", ""))


ENGLISH = ("Lang: en", "Slug: lelang")

NEW_ID = "Hapus baris ID di artikel yang lebih baru, lalu jalankan `siar check --fix`."
SAME_ID = f"E b.md:3: ID 20260228-7k3q sudah dipakai a.md:3. {NEW_ID}"
SAME_SLUG = (
    'b.md:1: Alamat "lelang" sudah dipakai a.md:1. Beri alamat lain, misalnya: Slug: lelang-2'
)
BOTH = "Samakan ID dan Slug dengan aslinya; bila tidak ada, tulis Translation: false."
ALONE = f"b.md:4: Naskah asli (id) dari terjemahan ini tidak ada. {BOTH}"

CASES = [
    pytest.param({"a.md": article(), "b.md": article("Gadai")}, [SAME_ID], id="one ID"),
    pytest.param(
        {"a.md": article(), "b.md": article("Gadai", "Status: draft")},
        [SAME_ID],
        id="one ID, copied into a draft",
    ),
    pytest.param(
        {"a.md": article(new="aaa"), "b.md": article(new="bbb")},
        [f"E {SAME_SLUG}"],
        id="one title",
    ),
    pytest.param(
        {"a.md": article("Obral", "Slug: lelang", new="aaa"), "b.md": article(new="bbb")},
        [f"E {SAME_SLUG}".replace("a.md:1", "a.md:4")],
        id="one slug, said here and made from the title there",
    ),
    pytest.param(
        {"c.md": article("Lelang!", new="ccc"), "b.md": article(), "a.md": article(new="aaa")},
        [f"E {SAME_SLUG}", f"E {SAME_SLUG}".replace("b.md", "c.md")],
        id="one slug three times: the first by name keeps it",
    ),
    pytest.param(
        {"a.md": article(new="aaa"), "b.md": article("Lelang", "Status: draft")},
        [f"W {SAME_SLUG}"],
        id="one slug, but a draft",
    ),
    pytest.param(
        {"a.md": article(), "b.md": article("Lelang", "Status: skip")},
        [],
        id="a file that Pelican skips",
    ),
    pytest.param({"a.md": article(), "b.md": article("Auction", *ENGLISH)}, [], id="a translation"),
    pytest.param(
        {
            "a.md": article("Lelang", "Lama: /a", "Lama: /b"),
            "b.md": article("X", "Lama: /b", new="b-1"),
        },
        ["E b.md:4: Alamat lama /b sudah dipakai a.md:5. Hapus salah satu."],
        id="one old address",
    ),
    pytest.param(
        {"a.md": article("Lelang", "Lama: /a", "Lama: /a")},
        ["E a.md:5: Alamat lama /a sudah dipakai a.md:4. Hapus salah satu."],
        id="one old address twice in one file",
    ),
    pytest.param(
        {"a.md": article(), "b.md": article("Auction", "Lang: en")},
        ['E b.md:1: Terjemahan a.md ini beralamat lain ("auction"). Tulis: Slug: lelang'],
        id="a translation without its original's slug",
    ),
    pytest.param(
        {"a.md": article(), "b.md": article("Auction", *ENGLISH, new="bbb")},
        ["E b.md:3: Terjemahan a.md ini ber-ID lain (bbb). Tulis: ID: 20260228-7k3q"],
        id="a translation with an ID of its own",
    ),
    pytest.param({"b.md": article("Auction", "Lang: en")}, [f"W {ALONE}"], id="no original"),
    pytest.param(
        {"b.md": article("Auction", "Lang: en", "Translation: true")},
        [f"E {ALONE}"],
        id="no original for what says that it is a translation",
    ),
    pytest.param(
        {"b.md": article("Auction", "Lang: en", "Translation: false")},
        [],
        id="English on its own",
    ),
]


@pytest.mark.parametrize(("files", "says"), CASES)
def test_names_both_files(terms: Terms, files: Mapping[str, str], says: list[str]) -> None:
    sources = [Source(name, text.encode()) for name, text in files.items()]
    assert [f"{each.severity[0].upper()} {each}" for each in check(sources, terms)] == says


def test_a_page_and_an_article_may_have_one_slug(terms: Terms) -> None:
    page = Source("b.md", b"Title: Lelang\n\nIsi.\n", page=True)
    assert check([Source("a.md", article().encode()), page], terms) == []
