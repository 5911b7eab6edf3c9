"""The office's site, as far as a post's picture is fetched from it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

from PIL import Image


@cache
def photograph() -> bytes:
    """Draw what a camera would write: lying on its side, with the place where it was taken."""
    picture = Image.effect_noise((1200, 1600), 60).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6  # Orientation: turn it clockwise
    exif[0x010E] = "Makassar"  # ImageDescription
    exif.get_ifd(0x8825)[2] = (5.0, 8.0, 51.0)  # GPSLatitude
    written = BytesIO()
    picture.save(written, "JPEG", quality=95, exif=exif)
    return written.getvalue()


class _Album(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        there = self.path.partition("?")[0] == "/foto.jpg"  # as a file server looks for it
        self.send_response(200 if there else 404)
        self.end_headers()
        self.wfile.write(photograph() if there else b"<h1>Tidak ada</h1>")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- as in the base
        """Say nothing."""


@contextmanager
def album() -> Iterator[str]:
    """Serve the photograph at `/foto.jpg` and nothing else; gives the site's address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Album) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
