"""What real web servers answer with the configuration that a build writes for them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

import pelicanconf
from kantor.hosting.caddy import caddy
from kantor.hosting.headers_file import headers_file
from kantor.hosting.nginx import nginx
from kantor.hosting.rules import Rules, policy, rules_of
from tests.site.conftest import Site

USUAL = policy(pelicanconf.CONTENT_SECURITY_POLICY)
SEARCH = USUAL.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
READY_WITHIN_S = 20

NGINX = """\
{user}
daemon off;
pid {folder}/nginx.pid;
error_log stderr;
worker_processes 1;
events {{}}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {root};
        include {rules}/nginx.conf;
    }}
}}
"""
CADDY = """\
{{
    admin off
    auto_https off
}}
http://127.0.0.1:{port} {{
    bind 127.0.0.1
    root * {root}
    import {rules}/situs.caddy
}}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, folder: Path) -> Iterator[str]:
    """Run a web server until the tests are done; yields its address."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)
    try:
        for _ in range(READY_WITHIN_S * 10):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.1)
                break
        assert process.poll() is None, process.stderr and process.stderr.read().decode()
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate()


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def server(
    request: pytest.FixtureRequest, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    """A real server with the site that was built, and one file that nobody may see."""
    folder, port = tmp_path_factory.mktemp("server"), free_port()
    root, rules = folder / "situs", site.root.parent / pelicanconf.HOSTING_PATH
    shutil.copytree(site.root, root)
    (root / ".env").write_text("RAHASIA=1")
    user = "user root;" if os.geteuid() == 0 else ""
    form, command = {
        "nginx": (NGINX, ["/usr/sbin/nginx", "-c"]),
        "caddy": (CADDY, ["caddy", "run", "--adapter", "caddyfile", "--config"]),
    }[request.param]
    file = folder / "conf"
    file.write_text(form.format(user=user, folder=folder, port=port, root=root, rules=rules))
    with (
        running([*command, str(file)], port, folder) as address,
        httpx.Client(base_url=address) as client,
    ):
        yield client


@pytest.mark.parametrize(
    ("path", "policy_there", "caching", "kind"),
    [
        ("/", USUAL, "no-cache", "text/html; charset=utf-8"),
        ("/en/artikel/potensi-media-sosial/", USUAL, "no-cache", "text/html; charset=utf-8"),
        ("/cari/", SEARCH, "no-cache", "text/html; charset=utf-8"),
        ("/en/cari/", SEARCH, "no-cache", "text/html; charset=utf-8"),
        ("/theme/css/site.css", USUAL, "public, max-age=31536000, immutable", "text/css"),
        ("/images/uji.png", USUAL, "public, max-age=604800", "image/png"),
        ("/manifest.webmanifest", USUAL, "no-cache", "application/manifest+json"),
        ("/.well-known/security.txt", USUAL, "no-cache", "text/plain; charset=utf-8"),
    ],
)
def test_a_file_comes_with_its_headers(
    server: httpx.Client, path: str, policy_there: str, caching: str, kind: str
) -> None:
    answer = server.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"] == policy_there
    assert answer.headers["Cache-Control"] == caching
    assert answer.headers["Content-Type"].startswith(kind)
    for name, value in pelicanconf.SECURITY_HEADERS.items():
        assert answer.headers[name] == value


@pytest.mark.parametrize(
    "path",
    ["/tidak-ada/", "/theme/tidak-ada.css", "/cari/tidak-ada", "/_headers", "/.env"],
)
def test_what_is_not_there_is_a_page_that_leads_on(server: httpx.Client, path: str) -> None:
    answer = server.get(path)
    assert answer.status_code == 404
    assert "Halaman tidak ditemukan" in answer.text
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(
            "/kpknl-pekalongan/baca-artikel/15170/POTENSI-MEDIA-SOSIAL.html", id="old address"
        ),
        pytest.param("/artikel/nama-lama/", id="renamed slug"),
        pytest.param("/artikel/potensi-media-sosial", id="without slash"),
    ],
)
def test_a_moved_address_says_so_for_good(server: httpx.Client, path: str) -> None:
    answer = server.get(path)
    assert answer.status_code in ({301, 308} if path.endswith("sosial") else {301})
    assert answer.headers["Location"].endswith("/artikel/potensi-media-sosial/")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    assert server.get(path, follow_redirects=True).status_code == 200


def test_text_is_compressed_and_the_server_keeps_its_version(server: httpx.Client) -> None:
    answer = server.get("/", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert not any(character.isdigit() for character in answer.headers.get("Server", ""))


def rules(redirects: dict[str, str]) -> Rules:
    return rules_of(vars(pelicanconf), redirects)


def test_the_headers_file_takes_the_usual_policy_off_the_search() -> None:
    lines = headers_file(rules({})).splitlines()
    start = lines.index("/cari/")
    assert lines[start + 1] == "  ! Content-Security-Policy"
    assert lines[start + 2] == f"  Content-Security-Policy: {SEARCH}"


@pytest.mark.parametrize(
    "former", ["/a$b/", '/a";return 200 "x', "/a{b}/", "/a*/", "/a b/", "/a\n/"]
)
def test_an_old_address_cannot_become_configuration(former: str) -> None:
    redirects = rules({former: "/artikel/a/", "/lama/a.html": "/artikel/a/"}).redirects
    assert redirects == {"/lama/a.html": "/artikel/a/"}


@pytest.mark.parametrize(("write", "sign"), [(nginx, "$"), (caddy, "{")], ids=["nginx", "caddy"])
def test_a_header_that_a_server_would_misread_is_refused(write: object, sign: str) -> None:
    assert callable(write)
    twisted = Rules({"X-A": f"a{sign}b"}, {}, {}, "no-cache", {})
    with pytest.raises(ValueError, match="tidak dapat dipakai"):
        write(twisted)
