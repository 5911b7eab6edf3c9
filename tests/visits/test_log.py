"""Lines of access logs: what tells of a reader, and what tells of something else."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visits.log import Other, Read, entry, lines

WIB = ZoneInfo("Asia/Jakarta")
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36"
COMMON = '203.0.113.7 - - [18/Jul/2022:09:00:00 +0700] "GET /artikel/lelang/ HTTP/1.1" 200 5120'
COMBINED = f'{COMMON} "https://www.google.com/" "{PHONE}"'


@pytest.mark.parametrize(
    ("line", "read"),
    [
        pytest.param(
            COMMON,
            Read("203.0.113.7", None, date(2022, 7, 18), "/artikel/lelang/"),
            id="common",
        ),
        pytest.param(
            COMBINED,
            Read("203.0.113.7", PHONE, date(2022, 7, 18), "/artikel/lelang/"),
            id="combined",
        ),
        pytest.param(
            "2001:db8::1 - nama pengguna [18/Jul/2022:23:30:00 +0000] "
            '"GET /a?utm=x#b HTTP/2.0" 200 - "-" "-"',
            Read("2001:db8::1", "-", date(2022, 7, 19), "/a"),
            id="IPv6, a user, a query, and a day that is another here",
        ),
        pytest.param(
            COMMON.replace("/artikel/lelang/", "/artikel/k%C3%A9/"),
            Read("203.0.113.7", None, date(2022, 7, 18), "/artikel/ké/"),
            id="encoded",
        ),
        pytest.param(
            COMMON.replace("/artikel", "https://kantor.example.go.id/artikel"),
            Read("203.0.113.7", None, date(2022, 7, 18), "/artikel/lelang/"),
            id="through a proxy",
        ),
        pytest.param(
            COMBINED.replace(PHONE, 'Aneh \\" sekali'),
            Read("203.0.113.7", 'Aneh \\" sekali', date(2022, 7, 18), "/artikel/lelang/"),
            id="a quote in the browser's name",
        ),
    ],
)
def test_a_reader(line: str, read: Read) -> None:
    assert entry(line, WIB) == read


@pytest.mark.parametrize(
    ("line", "known"),
    [
        pytest.param(COMMON.replace("GET", "HEAD"), True, id="only asked about"),
        pytest.param(COMMON.replace("GET", "POST"), True, id="posted"),
        pytest.param(COMMON.replace(" 200 ", " 304 "), True, id="had it already"),
        pytest.param(COMMON.replace(" 200 ", " 404 "), True, id="not there"),
        pytest.param(COMMON.replace(" 200 ", " 206 "), True, id="a part"),
        pytest.param(
            COMMON.replace("GET /artikel/lelang/ HTTP/1.1", "\\x16\\x03\\x01"), True, id="not HTTP"
        ),
        pytest.param("", True, id="empty"),
        pytest.param("2022/07/18 09:00:00 [error] 12#12: *1 open() failed", False, id="error log"),
        pytest.param(COMMON.replace("Jul", "Bulan"), False, id="no such month"),
        pytest.param(COMMON[:60], False, id="cut off"),
        pytest.param(COMMON.replace("/artikel/lelang/", "http://[::1"), False, id="no address"),
    ],
)
def test_something_else(line: str, *, known: bool) -> None:
    assert entry(line, WIB) == Other(known=known)


@given(line=st.text(alphabet='0a." \\[]:+-/GET', max_size=400))
def test_no_line_stops_the_count(line: str) -> None:
    assert isinstance(entry(line, WIB), Read | Other)


@pytest.mark.parametrize("name", ["access.log", "access.log.1", "access.log.2.gz"])
def test_every_line_of_a_file_is_read_compressed_or_not(tmp_path: Path, name: str) -> None:
    data = b"satu\nd\xff\xe9\ntiga"
    file = tmp_path / name
    file.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    found = list(lines(file))
    assert [line.strip() for line, _ in found] == ["satu", "d\ufffd\ufffd", "tiga"]
    assert found[-1][1] == file.stat().st_size
