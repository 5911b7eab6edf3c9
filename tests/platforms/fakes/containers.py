"""What Instagram and Threads have in common: containers, posts, people who answer, figures."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import ClassVar

from syndication.model import JSON, Figures
from tests.platforms.fakes.graph import error, gone, paged
from tests.platforms.fakes.stage import Reply, Request, data

USERNAME = "kpknl.contoh"


@dataclass
class Containers(ABC):
    """One account. With a `token` only that token is let in.

    `states` are what the looks at a container show, in order; the last one stays. `used` is how
    many posts the account made. `said` is what stands below its posts, `counted` how they did.
    """

    first_id: ClassVar[int]
    quota: ClassVar[int]
    text: ClassVar[str]
    permalink: ClassVar[str]
    publish: ClassVar[str]

    user_id: str = ""
    token: str = ""
    used: int = 0
    states: list[str] = field(default_factory=lambda: ["FINISHED"])
    posts: list[dict[str, JSON]] = field(default_factory=list)
    containers: dict[str, dict[str, JSON]] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    said: list[dict[str, str]] = field(default_factory=list)
    counted: dict[str, Figures] = field(default_factory=dict)
    made: int = 0

    def publishes(self, request: Request) -> bool:
        return request.method == "POST" and request.path.endswith(f"/{self.publish}")

    @abstractmethod
    def reply(self, request: Request) -> Reply:
        """Do what is asked."""

    def published(self) -> list[dict[str, JSON]]:
        return list(self.posts)

    def say(self, post_id: str, author: str, text: str, parent: str = "") -> str:
        said = {"id": self.new_id(), "post_id": post_id, "author": author, "text": text}
        self.said.append(said | {"parent": parent, "at": now()})
        return said["id"]

    def count(self, post_id: str, figures: Figures) -> None:
        self.counted[post_id] = figures

    def new_id(self) -> str:
        self.made += 1
        return str(self.first_id + self.made)

    def keep(self, given: Mapping[str, JSON]) -> Reply:
        """Lay down a container."""
        container = self.new_id()
        self.containers[container] = dict(given)
        return data(200, {"id": container})

    def post(self, post_id: str, given: Mapping[str, JSON]) -> Reply:
        """Let the public see what a container held."""
        self.used += 1
        shown: dict[str, JSON] = {
            "id": post_id,
            "text": given[self.text],
            "permalink": self.permalink.format(self.made),
            "timestamp": now(),
        }
        self.posts.append({**given, **shown})
        return data(200, {"id": post_id})

    def limit(self) -> Reply:
        config = {"quota_total": self.quota, "quota_duration": 86400}
        return data(200, {"data": [{"quota_usage": self.used, "config": config}]})

    def itself(self) -> Reply:
        return data(200, {"id": self.user_id, "username": USERNAME})

    def state(self, container: str, field: str, why: str, failure: str) -> Reply:
        shown = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        return data(200, {"id": container, field: shown, why: failure})

    def shown(self, post_id: str) -> Reply:
        for post in self.posts:
            if post["id"] == post_id:
                return data(200, {"id": post_id, "permalink": post["permalink"]})
        return gone(post_id)

    def listed(self, query: Mapping[str, JSON]) -> Reply:
        """List the posts since a moment, with the fields that were asked for."""
        fields = str(query["fields"]).split(",")
        posts = [
            {name: post[name] for name in fields if name in post}
            for post in reversed(self.posts)
            if datetime.fromisoformat(str(post["timestamp"])).timestamp()
            >= int(str(query["since"]))
        ]
        return self.page(posts, query)

    def page(self, rows: list[dict[str, JSON]], query: Mapping[str, JSON]) -> Reply:
        size, after = int(str(query.get("limit", 25))), str(query.get("after", ""))
        return data(200, paged(rows, size=size, after=after, token=self.token))

    def insights(self, post_id: str, asked: str, numbers: Mapping[str, int | None]) -> Reply:
        """Tell the numbers that were asked for; an unknown one is an error, as Meta has it."""
        if all(post["id"] != post_id for post in self.posts):
            return gone(post_id)
        unknown = set(asked.split(",")) - set(numbers)
        if unknown:
            return error(100, f"metric[0] must be one of the following values: not {unknown}")
        rows = [
            {"name": name, "period": "lifetime", "values": [{"value": numbers[name] or 0}]}
            for name in asked.split(",")
        ]
        return data(200, {"data": rows})

    def remove(self, post_id: str) -> Reply:
        if all(post["id"] != post_id for post in self.posts):
            return gone(post_id)
        self.posts = [post for post in self.posts if post["id"] != post_id]
        return data(200, {"success": True, "deleted_id": post_id})


def now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S%z")
