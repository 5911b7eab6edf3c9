"""One count for a reader, an article and a day; robots none; nobody remembered."""

from __future__ import annotations

from datetime import date

import pytest

from visits.count import Span, Tally, is_robot
from visits.log import Other, Read

ARTICLES = {"/artikel/lelang/": "1", "/kpknl/baca/1.html": "1", "/artikel/piutang/": "2"}
PHONE = "Mozilla/5.0 (Linux; Android 14) Chrome/131.0 Mobile Safari/537.36"
TODAY = date(2026, 11, 24)
DAY = date(2026, 11, 20)


def read(
    path: str = "/artikel/lelang/",
    day: date = DAY,
    address: str = "203.0.113.7",
    agent: str | None = PHONE,
) -> Read:
    return Read(address, agent, day, path)


def tally(*lines: Read | Other, counted: Span | None = None) -> Tally:
    found = Tally(ARTICLES, TODAY, counted)
    for line in lines:
        found.take(line)
    return found


@pytest.mark.parametrize(
    ("lines", "counts"),
    [
        pytest.param([read(), read()], {"1": 1}, id="twice on a day"),
        pytest.param([read(), read(day=date(2026, 11, 21))], {"1": 2}, id="on two days"),
        pytest.param([read(), read("/artikel/piutang/")], {"1": 1, "2": 1}, id="two articles"),
        pytest.param([read(), read(address="203.0.113.8")], {"1": 2}, id="two addresses"),
        pytest.param([read(), read(agent=f"{PHONE} X")], {"1": 2}, id="two browsers"),
        pytest.param([read(), read("/kpknl/baca/1.html")], {"1": 1}, id="by its old address"),
        pytest.param([read("/"), read("/theme/css/site.css")], {}, id="no article"),
        pytest.param([read(agent="Googlebot/2.1")], {}, id="robot"),
        pytest.param([read(agent=None), read(agent=None)], {"1": 1}, id="browser untold"),
        pytest.param([read(day=TODAY)], {}, id="today is not over"),
    ],
)
def test_what_counts(lines: list[Read], counts: dict[str, int]) -> None:
    assert dict(tally(*lines).counts) == counts


def test_days_that_are_counted_are_not_counted_again() -> None:
    counted = Span(date(2026, 11, 18), DAY)
    found = tally(read(), read(day=date(2026, 11, 21)), counted=counted)
    assert found.counts == {"1": 1}
    assert found.span == Span(date(2026, 11, 18), date(2026, 11, 21))


def test_older_logs_can_be_added() -> None:
    found = tally(read(day=date(2026, 11, 1)), counted=Span(DAY, DAY))
    assert (found.counts, found.span) == ({"1": 1}, Span(date(2026, 11, 1), DAY))


def test_a_day_without_readers_is_counted_too() -> None:
    assert tally(read("/")).span == Span(DAY, DAY)


def test_a_reader_cannot_be_found_again_in_another_run() -> None:
    first, second = tally(read()), tally(read())
    assert first._seen.isdisjoint(second._seen)  # noqa: SLF001 -- what must not be told
    assert not any(b"203.0.113.7" in reader for reader in first._seen)  # noqa: SLF001


@pytest.mark.parametrize(
    ("agent", "robot"),
    [
        (PHONE, False),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15", False),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", False),
        ("Mozilla/5.0 (Linux; Android 13; CUBOT P80) Chrome/130.0 Mobile Safari/537.36", False),
        ("Opera/9.80 (Android; Opera Mini/77.0/191.315; U; id) Presto/2.12", False),
        ("Mozilla/5.0 (Linux; Android 12) Mobile [FB_IAB/FB4A;FBAV/440.0;]", False),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", True),
        ("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", True),
        ("WhatsApp/2.24.20 A", True),
        ("TelegramBot (like TwitterBot)", True),
        ("Siar (live check)", True),
        ("curl/8.5.0", True),
        ("python-requests/2.32", True),
        ("Mozilla/5.0 (X11) AppleWebKit HeadlessChrome/131.0 Safari", True),
        ("-", True),
        ("", True),
    ],
)
def test_robots_are_known_by_what_they_call_themselves(agent: str, *, robot: bool) -> None:
    assert is_robot(agent) is robot
