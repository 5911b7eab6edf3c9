"""A Threads profile, as far as we use it, checked by our own table of parameters.

Meta publishes no machine-readable description of the Threads API, so `threads.toml` is written
after its pages. A token in an address is a complaint. Runs as a program too:
`python -m tests.platforms.fakes.threads --port N`.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import regex

from syndication.model import JSON
from tests.platforms.fakes.stage import Reply, Request, data, main

VERSION = "v1.0"
TABLE: dict[str, str] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)["call"]
FIRST_ID = 18_000_000_000_000_000
MOST = 500
EMOJI = regex.compile(r"\p{Extended_Pictographic}|\p{Regional_Indicator}")


@dataclass
class Threads:
    """One profile. With a `token` only that token is let in.

    `states` are what the looks at a container show, in order; the last one stays.
    """

    user_id: str = "2938475610"
    token: str = ""
    states: list[str] = field(default_factory=lambda: ["FINISHED"])
    posts: list[dict[str, JSON]] = field(default_factory=list)
    containers: dict[str, dict[str, JSON]] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    made: int = 0

    def publishes(self, request: Request) -> bool:
        return request.method == "POST" and request.path.endswith("/threads_publish")

    def published(self) -> list[dict[str, JSON]]:
        return list(self.posts)

    def reply(self, request: Request) -> Reply:
        given: dict[str, JSON] = json.loads(request.body) if request.body else dict(request.query)
        if "access_token" in request.query:
            self.complaints.append("a token in an address")
        if self.token and request.headers.get("authorization") != f"Bearer {self.token}":
            return error(190, "Invalid OAuth access token.", status=401)
        version, *place = request.path.strip("/").split("/")
        wrong = self._wrong_with(request.method, place, given)
        if version != VERSION or wrong:
            self.complaints.append(wrong or version)
            return error(100, wrong or version)
        return self._do(request.method, place, given)

    def _do(self, method: str, place: list[str], given: dict[str, JSON]) -> Reply:
        if place[0] == self.user_id:
            return self._of_profile(method, place[1:], given)
        return self._delete(place[0]) if method == "DELETE" else self._shown(place[0])

    def _of_profile(self, method: str, edge: list[str], given: dict[str, JSON]) -> Reply:
        match method, edge:
            case "POST", ["threads"]:
                return self._lay_down(given)
            case "POST", ["threads_publish"]:
                return self._publish(str(given["creation_id"]))
            case "GET", ["threads"]:
                return self._listed(int(str(given["since"])))
            case "GET", ["threads_publishing_limit"]:
                config = {"quota_total": 250, "quota_duration": 86400}
                return data(200, {"data": [{"quota_usage": len(self.posts), "config": config}]})
        return data(200, {"id": self.user_id, "username": "kpknl.contoh"})

    def _lay_down(self, given: dict[str, JSON]) -> Reply:
        if weight(str(given["text"])) > MOST:
            return error(100, "Param text must be at most 500 characters long.")
        self.made += 1
        container = str(FIRST_ID + self.made)
        self.containers[container] = given
        return data(200, {"id": container})

    def _publish(self, container: str) -> Reply:
        if container not in self.containers:
            return error(24, "The requested resource does not exist", subcode=4279009)
        given = self.containers.pop(container)
        self.made += 1
        post_id = str(FIRST_ID + self.made)
        self.posts.append(
            {
                "id": post_id,
                "text": given["text"],
                "permalink": f"https://www.threads.com/@kpknl.contoh/post/C{self.made}",
                "timestamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S%z"),
                "link_attachment_url": given["link_attachment"],
            }
        )
        return data(200, {"id": post_id})

    def _shown(self, thing: str) -> Reply:
        if thing in self.containers:
            state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
            return data(200, {"id": thing, "status": state, "error_message": "UNKNOWN"})
        for post in self.posts:
            if post["id"] == thing:
                return data(200, {"id": thing, "permalink": post["permalink"]})
        return gone(thing)

    def _listed(self, since: int) -> Reply:
        posts = [
            post
            for post in reversed(self.posts)
            if datetime.fromisoformat(str(post["timestamp"])).timestamp() >= since
        ]
        return data(200, {"data": posts, "paging": {"cursors": {"before": "a", "after": "b"}}})

    def _delete(self, post_id: str) -> Reply:
        if all(post["id"] != post_id for post in self.posts):
            return gone(post_id)
        self.posts = [post for post in self.posts if post["id"] != post_id]
        return data(200, {"success": True, "deleted_id": post_id})

    def _wrong_with(self, method: str, place: list[str], given: dict[str, JSON]) -> str:
        edge = place[1] if len(place) > 1 else ""
        known = TABLE.get(f"{method} {edge}".strip())
        if known is None:
            return f"Threads has no {method} {edge}"
        words = known.split()
        unknown = sorted(set(given) - {word.rstrip("*") for word in words})
        lacking = [word[:-1] for word in words if word.endswith("*") and word[:-1] not in given]
        return f"{method} {edge} knows no {unknown}, misses {lacking}" if unknown + lacking else ""


def weight(text: str) -> int:
    """Count as Threads does: an emoji counts the bytes of its UTF-8."""
    return sum(
        len(cluster.encode()) if EMOJI.search(cluster) else len(cluster)
        for cluster in regex.findall(r"\X", text)
    )


def gone(thing: str) -> Reply:
    return error(100, f"Object with ID '{thing}' does not exist", subcode=33)


def error(code: int, message: str, *, subcode: int = 0, status: int = 400) -> Reply:
    body: dict[str, object] = {
        "message": f"(#{code}) {message}",
        "type": "OAuthException",
        "code": code,
        "fbtrace_id": "AbCdEfGhIjKlMnOpQrStUv",
    }
    if subcode:
        body["error_subcode"] = subcode
    return data(status, {"error": body})


if __name__ == "__main__":
    main(Threads())
