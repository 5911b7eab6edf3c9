"""What people say below a Page's posts, and how often those are seen, as the Graph API tells it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from syndication.model import JSON, Figures
from tests.platforms.fakes.graph import error, gone
from tests.platforms.fakes.stage import Reply, Request, data

FIRST_ID = 122_100_000_000_000_000
METRICS = ("post_media_view", "post_clicks")
"""Those of a post that are left and that we ask for."""

NAMED = "pages_read_user_content"
SEEN = "read_insights"

Object = dict[str, JSON]


@dataclass
class Talk:
    """The comments below the posts of one Page; a page of a list has at most `page_size` items.

    `scopes` is what its token allows: without `pages_read_user_content` nobody has a name, without
    `read_insights` there are no metrics. `shy` are people whose name is kept back all the same.
    """

    page_id: str = "1029384756"
    posts: list[Object] = field(default_factory=list)
    comments: list[Object] = field(default_factory=list)
    figures: dict[str, Figures] = field(default_factory=dict)
    shy: set[str] = field(default_factory=set)
    metrics: tuple[str, ...] = METRICS
    scopes: tuple[str, ...] = ("pages_manage_posts", "pages_read_engagement", NAMED, SEEN)
    page_size: int = 100
    made: int = 0

    def number(self) -> str:
        self.made += 1
        return str(FIRST_ID + self.made)

    def say(self, post_id: str, author: str, text: str, parent: str = "") -> str:
        """Let somebody comment on a post, or on the comment `parent` below it."""
        return self.comment(post_id, {"id": f"7{len(author)}", "name": author}, text, parent)

    def comment(self, post_id: str, author: Object, text: str, parent: str = "") -> str:
        own = post_id.rpartition("_")[2]
        comment: Object = {
            "id": f"{own}_{self.number()}",
            "post": post_id,
            "message": text,
            "from": author,
            "created_time": written(datetime.now(UTC)),
        }
        if parent:
            comment["parent"] = {"id": parent}
        self.comments.append(comment)
        return str(comment["id"])

    def count(self, post_id: str, figures: Figures) -> None:
        """Let a post have these figures."""
        self.figures[post_id] = figures

    def commented(self, post_id: str, request: Request) -> Reply:
        """List the comments below a post, or say that it is not there."""
        if all(post["id"] != post_id for post in self.posts):
            return gone(post_id)
        wanted = {"id", *request.query["fields"].replace("{", ",").replace("}", ",").split(",")}
        below = [
            {name: value for name, value in comment.items() if name in wanted and self._told(value)}
            for comment in self.comments
            if comment["post"] == post_id
        ]
        return self.listed(request, below)

    def _told(self, value: JSON) -> bool:
        """Tell whether a token may see this: a name is kept back without the right to it."""
        if not (isinstance(value, dict) and "name" in value):
            return True
        return NAMED in self.scopes and value["name"] not in self.shy

    def described(self, post: Object, request: Request) -> Reply:
        """Show the counts of a post, where the token may see them."""
        fields, post_id = request.query["fields"], str(post["id"])
        if "reactions" in fields and NAMED not in self.scopes:
            return error(10, f"This endpoint requires the '{NAMED}' permission")
        told = self.figures.get(post_id, Figures())
        shown: Object = {"id": post_id}
        if told.shares:
            shown["shares"] = {"count": told.shares}
        if "reactions" in fields:
            shown["reactions"] = {"data": [], "summary": {"total_count": told.likes or 0}}
            shown["comments"] = {"data": [], "summary": {"total_count": told.replies or 0}}
        return data(200, shown)

    def measured(self, post_id: str, request: Request) -> Reply:
        """Show one metric of a post; one that is not there fails the request."""
        name = request.query["metric"]
        if SEEN not in self.scopes:
            return error(200, f"Requires {SEEN} permission", status=403)
        if name not in self.metrics:
            return error(100, "The value must be a valid insights metric")
        told = self.figures.get(post_id, Figures())
        value = {"post_media_view": told.views, "post_clicks": told.clicks}[name] or 0
        row = {"name": name, "period": "lifetime", "values": [{"value": value}]}
        return data(200, {"data": [row]})

    def listed(self, request: Request, items: Iterable[Object]) -> Reply:
        """Answer with one page of a list."""
        since = datetime.fromtimestamp(int(request.query["since"]), UTC)
        first = int(request.query.get("after", "0"))
        young = [
            item for item in items if datetime.fromisoformat(str(item["created_time"])) >= since
        ]
        last = first + min(self.page_size, int(request.query["limit"]))
        paging: Object = {"cursors": {"before": str(first), "after": str(last)}}
        if last < len(young):
            paging["next"] = "https://graph.facebook.com/…"
        return data(200, {"data": young[first:last], "paging": paging})


def written(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S%z")
