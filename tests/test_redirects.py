"""Old addresses lead to the current one."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from syndication.redirects import file_of, page


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/kpknl/baca-artikel/15170/Judul.html", "kpknl/baca-artikel/15170/Judul.html"),
        ("/artikel/lama/", "artikel/lama/index.html"),
        ("/artikel/lama", "artikel/lama/index.html"),
        ("/artikel/lama/?utm=1#a", "artikel/lama/index.html"),
        ("/../../etc/passwd", "etc/passwd/index.html"),
        ("/", "index.html"),
    ],
)
def test_an_old_address_names_its_file_inside_the_output(address: str, file: str) -> None:
    assert file_of(address) == file


def test_the_page_refreshes_names_its_canonical_and_links_without_script() -> None:
    url = 'https://a.go.id/artikel/baru/?a="1"&b=2'
    soup = BeautifulSoup(page(url=url, title="Judul <b>", lang="id"), "html.parser")
    refresh = soup.find("meta", {"http-equiv": "refresh"})
    canonical = soup.find("link", rel="canonical")
    assert refresh
    assert canonical
    assert refresh["content"] == f"0; url={url}"
    assert canonical["href"] == url
    assert [(link["href"], link.text) for link in soup.find_all("a")] == [(url, "Judul <b>")]
