"""What may befall a request: the faults that every client must name right."""

from __future__ import annotations

from collections.abc import Mapping

from syndication.model import NOTHING
from syndication.platforms.protocol import Barred, Deferred, Failure, InDoubt
from tests.platforms.fakes.stage import JSON_TYPE, Fault

PATIENT = "10"
"""How long a client may wait in the tests: longer than a busy machine takes, in seconds."""

HASTY = "0.4"
"""The same where no answer comes."""

HTML = {"Content-Type": "text/html"}


def says(status: int, body: str = "", headers: Mapping[str, str] = NOTHING) -> Fault:
    """Answer without publishing."""
    return Fault(publish=False, status=status, body=body, headers=headers)


def lies(status: int, body: str = "", headers: Mapping[str, str] = NOTHING) -> Fault:
    """Publish, and answer otherwise."""
    return Fault(publish=True, status=status, body=body, headers=headers)


FAULTS: list[tuple[str, Fault, type[Failure]]] = [
    ("closes without a word", Fault(publish=False, then="drop"), InDoubt),
    ("publishes and closes", Fault(publish=True, then="drop"), InDoubt),
    ("never answers", Fault(publish=False, then="hang"), InDoubt),
    ("publishes and never answers", Fault(publish=True, then="hang"), InDoubt),
    ("publishes and answers half", Fault(publish=True, then="half"), InDoubt),
    ("publishes and answers for ever", Fault(publish=True, then="drip"), InDoubt),
    ("publishes and answers 500 in HTML", lies(500, "<h1>Error</h1>", HTML), InDoubt),
    ("answers 502 in HTML", says(502, "<h1>Bad gateway</h1>", HTML), InDoubt),
    ("answers 503 without a type", says(503, "busy"), InDoubt),
    ("answers 503 with an id", says(503, '{"id": "1", "data": {"id": "1"}}', JSON_TYPE), InDoubt),
    ("answers 504 empty", says(504), InDoubt),
    ("answers 408", says(408), InDoubt),
    ("answers 409", says(409, "{}", JSON_TYPE), InDoubt),
    ("answers 200 in HTML", lies(200, "<p>Welcome to the portal</p>", HTML), InDoubt),
    ("answers 200 empty", lies(200, "", JSON_TYPE), InDoubt),
    ("answers 200 without a type", lies(200, "{}"), InDoubt),
    ("answers 204", lies(204), InDoubt),
    ("answers without an id", lies(201, '{"data": {}}', JSON_TYPE), InDoubt),
    ("answers with an id that is none", lies(200, '{"id": {}, "data": []}', JSON_TYPE), InDoubt),
    ("answers with a list", lies(200, "[]", JSON_TYPE), InDoubt),
    ("answers with null", lies(200, "null", JSON_TYPE), InDoubt),
    ("answers with endless brackets", lies(200, "[" * 20_000, JSON_TYPE), InDoubt),
    ("answers with no UTF-8 JSON", lies(200, '{"id": "\ud800"', JSON_TYPE), InDoubt),
    ("redirects, to be repeated", says(307, "", {"Location": "http://127.0.0.1:9/"}), InDoubt),
    ("redirects", says(302, "", {"Location": "http://127.0.0.1:9/"}), InDoubt),
    ("refuses in HTML, like a proxy", says(400, "<h1>Bad request</h1>", HTML), InDoubt),
    ("limits without a reset", says(429), Deferred),
    ("limits in HTML", says(429, "<h1>Slow down</h1>", HTML), Deferred),
    ("lets nobody in", says(401), Barred),
    ("forbids in HTML", says(403, "<h1>Blocked</h1>", HTML), Barred),
    ("wants a proxy's password", says(407), Barred),
    ("knows no such address", says(404), Barred),
]

MISREAD: list[tuple[str, Fault, type[Failure]]] = [
    ("closes without a word", Fault(publish=False, then="drop"), Failure),
    ("never answers", Fault(publish=False, then="hang"), Failure),
    ("answers 500 in HTML", says(500, "<h1>Error</h1>", HTML), Failure),
    ("answers 200 in HTML", says(200, "<p>Welcome to the portal</p>", HTML), Failure),
    ("answers 200 empty", says(200, "", JSON_TYPE), Failure),
    ("answers half", Fault(publish=True, then="half"), Failure),
    ("answers for ever", Fault(publish=True, then="drip"), Failure),
    ("answers with endless brackets", says(200, "[" * 20_000, JSON_TYPE), Failure),
    ("limits without a reset", says(429), Deferred),
    ("lets nobody in", says(401), Barred),
    ("redirects", says(302, "", {"Location": "http://127.0.0.1:9/"}), Failure),
]
"""What may befall a request that only reads; `Failure` stands for any of the four."""
