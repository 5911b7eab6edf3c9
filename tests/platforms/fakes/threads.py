"""A Threads profile, as far as we use it, checked by our own table of parameters.

Meta publishes no machine-readable description of the Threads API, so `threads.toml` is written
after its pages. A token in an address is a complaint. Runs as a program too:
`python -m tests.platforms.fakes.threads --port N`.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import regex

from syndication.model import JSON, Figures
from tests.platforms.fakes.containers import USERNAME, Containers
from tests.platforms.fakes.graph import bearer, error, gone
from tests.platforms.fakes.stage import Reply, Request, data, main

VERSION = "v1.0"
TABLE: dict[str, str] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)["call"]
MOST = 500
EMOJI = regex.compile(r"\p{Extended_Pictographic}|\p{Regional_Indicator}")


@dataclass
class Threads(Containers):
    """One profile. `passed_on` is how often each of its posts was reposted and quoted."""

    first_id: ClassVar[int] = 18_000_000_000_000_000
    quota: ClassVar[int] = 250
    text: ClassVar[str] = "text"
    permalink: ClassVar[str] = f"https://www.threads.com/@{USERNAME}/post/C{{}}"
    publish: ClassVar[str] = "threads_publish"

    user_id: str = "2938475610"
    passed_on: dict[str, int] = field(default_factory=dict)

    def reply(self, request: Request) -> Reply:
        given: dict[str, JSON] = json.loads(request.body) if request.body else dict(request.query)
        if "access_token" in request.query:
            self.complaints.append("a token in an address")
        if self.token and bearer(request) != self.token:
            return error(190, "Invalid OAuth access token.", status=401)
        version, *place = request.path.strip("/").split("/")
        wrong = _wrong_with(request.method, place, given)
        if version != VERSION or wrong:
            self.complaints.append(wrong or version)
            return error(100, wrong or version)
        if place[0] == self.user_id:
            return self._of_profile(request.method, place[1:], given)
        return self._of_thing(request.method, place, given)

    def _of_profile(self, method: str, edge: list[str], given: dict[str, JSON]) -> Reply:
        match method, edge:
            case "POST", ["threads"]:
                return self._lay_down(given)
            case "POST", ["threads_publish"]:
                return self._publish(str(given["creation_id"]))
            case "GET", ["threads"]:
                return self.listed(given)
            case "GET", ["threads_publishing_limit"]:
                return self.limit()
        return self.itself()

    def _of_thing(self, method: str, place: list[str], given: dict[str, JSON]) -> Reply:
        match method, place:
            case "GET", [post_id, "conversation"]:
                return self._conversation(post_id, given)
            case "GET", [post_id, "insights"]:
                return self.insights(post_id, str(given["metric"]), self._numbers(post_id))
            case "DELETE", [post_id]:
                return self.remove(post_id)
        thing = place[0]
        if thing in self.containers:
            return self.state(thing, "status", "error_message", "UNKNOWN")
        for said in self.said:
            if said["id"] == thing:
                return data(200, {"id": thing, "permalink": self._permalink(thing)})
        return self.shown(thing)

    def _lay_down(self, given: dict[str, JSON]) -> Reply:
        if weight(str(given["text"])) > MOST:
            return error(100, "Param text must be at most 500 characters long.")
        answered = given.get("reply_to_id")
        if answered and all(said["id"] != answered for said in self.said):
            return gone(str(answered))
        return self.keep(given)

    def _publish(self, container: str) -> Reply:
        if container not in self.containers:
            return error(24, "The requested resource does not exist", subcode=4279009)
        given = self.containers.pop(container)
        if "reply_to_id" in given:
            return self._answer(str(given["reply_to_id"]), str(given["text"]))
        return self.post(self.new_id(), {**given, "link_attachment_url": given["link_attachment"]})

    def _answer(self, answered: str, text: str) -> Reply:
        (asked,) = (said for said in self.said if said["id"] == answered)
        return data(200, {"id": self.say(asked["post_id"], USERNAME, text, answered)})

    def _conversation(self, post_id: str, given: dict[str, JSON]) -> Reply:
        """List all replies, however deep, the newest first."""
        if all(post["id"] != post_id for post in self.posts):
            return gone(post_id)
        fields = str(given["fields"]).split(",")
        rows = [
            {name: reply[name] for name in fields if name in reply}
            for reply in self._replies(post_id)
        ]
        return self.page(rows, given)

    def _replies(self, post_id: str) -> Iterator[dict[str, JSON]]:
        for said in reversed(self.said):
            if said["post_id"] == post_id:
                yield {
                    "id": said["id"],
                    "text": said["text"],
                    "timestamp": said["at"],
                    "permalink": self._permalink(said["id"]),
                    "username": said["author"],
                    "root_post": {"id": post_id},
                    "replied_to": {"id": said["parent"] or post_id},
                    "is_reply": True,
                    "is_reply_owned_by_me": said["author"] == USERNAME,
                }

    def _permalink(self, thing: str) -> str:
        return f"https://www.threads.com/@warga/post/R{thing[-4:]}"

    def _numbers(self, post_id: str) -> dict[str, int | None]:
        figures = self.counted.get(post_id, Figures())
        return {
            "views": figures.views,
            "likes": figures.likes,
            "replies": figures.replies,
            "reposts": self.passed_on.get("reposts"),
            "quotes": self.passed_on.get("quotes"),
            "shares": figures.shares,
        }


def _wrong_with(method: str, place: list[str], given: dict[str, JSON]) -> str:
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


if __name__ == "__main__":
    main(Threads())
