"""Real HTTP servers for the relay's tests: the office's site, and a platform that can fail.

They run in threads of the test's own process, so that they outlive a relay that is killed, and
they count: what they accepted is the truth that the ledger is compared with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

DIGEST = "a" * 64

PAGE = """<!doctype html><html lang="id"><head><title>{path}</title>
<link rel="canonical" href="{canonical}">
<meta name="siar:digest" content="{digest}">
<meta property="og:image" content="{picture}">
</head><body><p>Lelang rumah dinas.</p></body></html>"""


MISSING = (404, "text/html", "tidak ada")


class Handler(BaseHTTPRequestHandler):
    """Answers through the server's `answer`, and logs nothing."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- as inherited
        """Keep the test's output clean."""

    def do_GET(self) -> None:
        """Hand over to the server."""
        self._hand_over()

    def do_POST(self) -> None:
        """Hand over to the server."""
        self._hand_over()

    def do_PUT(self) -> None:
        """Hand over to the server."""
        self._hand_over()

    def do_DELETE(self) -> None:
        """Hand over to the server."""
        self._hand_over()

    def _hand_over(self) -> None:
        length = int(self.headers.get("content-length", 0))
        body = self.rfile.read(length)
        server = self.server
        assert isinstance(server, Server)
        server.asked.set()
        server.answer(self, body)

    def say(self, status: int, body: bytes, kind: str = "application/json", **more: str) -> None:
        """Send a whole answer."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in more.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def hang_up(self) -> None:
        """Send nothing and close the connection."""
        self.close_connection = True


class Server(ThreadingHTTPServer):
    """Listens on a free port of the loopback address."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked = Event()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"

    def answer(self, request: Handler, body: bytes) -> None:
        """Answer one request."""
        raise NotImplementedError

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed in the middle is no news here."""

    @contextmanager
    def running(self) -> Iterator[None]:
        """Serve until the block ends."""
        thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.shutdown()
            self.server_close()
            thread.join()


class Site(Server):
    """The office's site. A page is live once it was put there."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: dict[str, tuple[int, str, str]] = {}
        self.late: Counter[str] = Counter()
        self.seen: list[tuple[str, dict[str, str]]] = []

    def put(self, path: str, **changes: str) -> str:
        """Publish the page of an article; `changes` spoil a part of it. Returns its URL."""
        parts = {
            "path": path,
            "canonical": self.url + path,
            "digest": DIGEST,
            "picture": f"{self.url}/gambar.png",
        }
        self.pages[path] = (200, "text/html", PAGE.format(**(parts | changes)))
        return self.url + path

    def is_live(self, url: str) -> bool:
        """Tell whether a page is there for its readers."""
        path = url.removeprefix(self.url)
        return path in self.pages and self.late[path] <= 0

    def answer(self, request: Handler, body: bytes) -> None:
        """Serve what was put there."""
        del body
        self.seen.append((request.path, dict(request.headers)))
        if request.path == "/gambar.png":
            request.say(200, b"\x89PNG", "image/png")
            return
        status, kind, text = self._page(request.path)
        more = {"Location": text} if status in {301, 302} else {}
        request.say(status, text.encode(), kind, **more)

    def _page(self, path: str) -> tuple[int, str, str]:
        """Find a page; one that is late is not there the first times that it is asked for.

        As on any file server, a query makes no other page of it, unless one was put there.
        """
        if self.late[path] > 0:
            self.late[path] -= 1
            return MISSING
        return self.pages.get(path, self.pages.get(path.partition("?")[0], MISSING))
