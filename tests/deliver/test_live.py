from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from syndication.deliver import web
from syndication.deliver.live import Live, LiveCheck, NotLive
from syndication.model import JSON, Entry, Media, Payload
from tests.deliver.servers import DIGEST, Site
from tests.deliver.test_retry import FRESH


@pytest.fixture
def check() -> Iterator[LiveCheck]:
    with web.client() as http:
        yield LiveCheck(http)


def entry(site: Site) -> Entry:
    return replace(FRESH, url=f"{site.url}/a.html", article_digest=DIGEST)


def test_the_right_page_is_live(site: Site, check: LiveCheck) -> None:
    site.put("/a.html")
    assert check(entry(site)) == Live()


def test_it_asks_past_every_cache(site: Site, check: LiveCheck) -> None:
    site.put("/a.html")
    check(entry(site))
    paths = [path for path, _ in site.seen]
    assert paths == ["/a.html", "/gambar.png"]
    assert {headers["Cache-Control"] for _, headers in site.seen} == {"no-cache"}


@pytest.mark.parametrize(
    ("named", "there", "live"),
    [
        pytest.param("image_url", True, True, id="there"),
        pytest.param("image_url", False, False, id="not there"),
        pytest.param("uploaded", False, True, id="not there, but not fetched by the platform"),
    ],
)
def test_a_picture_that_the_platform_fetches_is_there(
    site: Site, check: LiveCheck, *, named: str, there: bool, live: bool
) -> None:
    site.put("/a.html")
    url = f"{site.url}/kartu.jpg"
    if there:
        site.pages["/kartu.jpg"] = (200, "image/jpeg", "")
    body: dict[str, JSON] = {"image_url": url if named == "image_url" else ""}
    payload = Payload("instagram", "Halo", "", body, (Media(url, "", "image/jpeg", ""),))
    seen = check(replace(entry(site), payload=payload))
    assert isinstance(seen, Live if live else NotLive)
    if isinstance(seen, NotLive):
        assert "kartu.jpg" in seen.reason


def status(code: int, text: str = "") -> Callable[[Site], None]:
    return lambda site: site.pages.update({"/a.html": (code, "text/html", text)})


def spoilt(**parts: str) -> Callable[[Site], object]:
    return lambda site: site.put("/a.html", **parts)


@pytest.mark.parametrize(
    ("publish", "reason"),
    [
        pytest.param(status(404), "{site}/a.html menjawab 404", id="nothing there"),
        pytest.param(status(503), "{site}/a.html menjawab 503", id="server trouble"),
        pytest.param(status(200), "tautan kanoniknya “”, bukan {site}/a.html", id="an empty page"),
        pytest.param(
            status(301, "/b.html"), "{site}/a.html dialihkan ke /b.html", id="a redirect"
        ),
        pytest.param(
            spoilt(canonical="https://lain.example/a.html"),
            "tautan kanoniknya “https://lain.example/a.html”, bukan {site}/a.html",
            id="another address is canonical",
        ),
        pytest.param(spoilt(digest="b" * 64), "isinya masih versi lain", id="another revision"),
        pytest.param(spoilt(digest=""), "tidak memuat <meta name=siar:digest>", id="no digest"),
        pytest.param(
            spoilt(picture="/tidak-ada.png"), "gambar {site}/tidak-ada.png menjawab 404",
            id="its picture is missing",
        ),
        pytest.param(
            spoilt(picture="http://127.0.0.1:1/a.png"),
            "gambar http://127.0.0.1:1/a.png tidak dapat dibuka (ConnectError)",
            id="its picture cannot be reached",
        ),
        pytest.param(
            spoilt(picture="http://[::1/a.png"),
            "gambar http://[::1/a.png tidak dapat dibuka (InvalidURL)",
            id="its picture has an impossible address",
        ),
    ],
)  # fmt: skip
def test_anything_else_is_a_reason(
    site: Site, check: LiveCheck, publish: Callable[[Site], object], reason: str
) -> None:
    publish(site)
    seen = check(entry(site))
    assert isinstance(seen, NotLive)
    assert seen.reason == "halaman belum tayang: " + reason.format(site=site.url)


def test_a_picture_must_be_one(site: Site, check: LiveCheck) -> None:
    site.put("/b.html")
    site.put("/a.html", picture="/b.html")
    seen = check(entry(site))
    assert seen == NotLive(f"halaman belum tayang: {site.url}/b.html bukan gambar (text/html)")


def test_a_page_without_a_picture_is_live(site: Site, check: LiveCheck) -> None:
    site.put("/a.html", picture="")
    assert check(entry(site)) == Live()


def test_a_cached_404_is_told_from_a_page_that_is_not_there(site: Site, check: LiveCheck) -> None:
    page = site.pages[site.put("/a.html").removeprefix(site.url)]
    site.pages = {f"/a.html?siar={DIGEST[:12]}": page}
    assert check(entry(site)) == NotLive(
        f"halaman belum tayang: {site.url}/a.html menjawab 404; yang baru sudah ada di server, "
        "tetapi cache belum memberikannya"
    )


def test_a_site_that_cannot_be_reached_is_asked_once() -> None:
    gone = replace(FRESH, url="http://127.0.0.1:1/a.html")
    with web.client() as http:
        check = LiveCheck(http)
        first = check(gone)
    assert first == NotLive(
        "halaman belum tayang: situs 127.0.0.1:1 tidak dapat dihubungi (ConnectError)"
    )
    assert check(replace(gone, url="http://127.0.0.1:1/b.html")) == first


@pytest.mark.parametrize("url", ["", "bukan alamat", "http://[::1", "ftp://127.0.0.1/a"])
def test_an_impossible_address_is_a_reason(check: LiveCheck, url: str) -> None:
    assert isinstance(check(replace(FRESH, url=url)), NotLive)


def test_a_page_without_end_is_read_only_so_far(site: Site, check: LiveCheck) -> None:
    page = site.pages[site.put("/a.html").removeprefix(site.url)][2]
    site.pages["/a.html"] = (200, "text/html", page + "x" * (8 << 20))
    assert check(entry(site)) == Live()
