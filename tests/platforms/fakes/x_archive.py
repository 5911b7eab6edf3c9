"""What X shows of an account's posts, of what others say below them, and what it bills for that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from xdk.posts.models import GetByIdsResponse, SearchRecentResponse
from xdk.users.models import GetPostsResponse

from syndication.model import JSON, Figures
from tests.platforms.fakes.stage import Reply, Request, data
from tests.platforms.fakes.x_checks import must_be

PROBLEMS = "https://api.x.com/2/problems/"
FIRST_ID = 1_860_000_000_000_000_000
ALWAYS = ("id", "text")
CONVERSATION = re.compile(r"conversation_id:(\d+)")
QUERY_CHARACTERS = 512
SHOWN = 280
"""What `text` shows of a longer post; the whole is its note."""

Post = dict[str, JSON]


@dataclass
class Archive:
    """One account's posts and the talk below them, as X hands them out.

    A page has at most `page_size` posts. `billed` counts posts that were read, `people` the users
    who came with them. `reach` is how far back a search goes (None: as far as asked). `figures`
    has the metrics of posts by number; `kept_back` are posts without private ones.
    """

    posts: list[Post] = field(default_factory=list)
    talk: list[Post] = field(default_factory=list)
    user_id: str = "1234567890"
    username: str = "kpknl"
    names: dict[str, str] = field(default_factory=dict)
    figures: dict[str, dict[str, int]] = field(default_factory=dict)
    kept_back: set[str] = field(default_factory=set)
    reach: datetime | None = None
    page_size: int = 100
    billed: int = 0
    people: int = 0
    made: int = 0

    def number(self) -> str:
        self.made += 1
        return str(FIRST_ID + self.made)

    def say(self, post_id: str, author: str, text: str, parent: str = "") -> str:
        """Let somebody answer a post, or what is said below it; gives the number of the answer."""
        user_id = next((key for key, name in self.names.items() if name == author), self.number())
        self.names[user_id] = author
        said = self.written(text, user_id, answers=parent or post_id)
        if len(text) > SHOWN:
            said["note_tweet"] = {"text": said["text"], "entities": said["entities"]}
            said["text"] = str(said["text"])[:SHOWN]
        self.talk.append(said)
        return str(said["id"])

    def count(self, post_id: str, figures: Figures) -> None:
        """Let a post have these figures; what is shared is reposted."""
        self.figures[post_id] = {
            "impression_count": figures.views or 0,
            "like_count": figures.likes or 0,
            "reply_count": figures.replies or 0,
            "retweet_count": figures.shares or 0,
            "url_link_clicks": figures.clicks or 0,
        }

    def written(self, text: str, author_id: str, *, answers: str = "") -> Post:
        """Write a post as X keeps it: links shortened, &, < and > as entities.

        A reply begins with the name of the person answered, which its pages do not show.
        """
        before = f"@{self._name(self._author(answers))} " if answers else ""
        shown, urls = shortened(before + text)
        post_id = self.number()
        referenced: list[JSON] = [{"type": "replied_to", "id": answers}] if answers else []
        return {
            "id": post_id,
            "said": text,
            "text": shown,
            "author_id": author_id,
            "conversation_id": self._root(answers) or post_id,
            "created_at": datetime.now(UTC).isoformat(),
            "entities": {"urls": urls},
            "display_text_range": [len(before), len(shown)],
            **({"referenced_tweets": referenced} if referenced else {}),
        }

    def there(self, post_id: str) -> bool:
        return any(post["id"] == post_id for post in (*self.posts, *self.talk))

    def timeline(self, request: Request) -> Reply:
        answer = self._page(request, reversed(self.posts), "pagination_token")
        must_be(GetPostsResponse, answer)
        return data(200, answer)

    def search(self, request: Request) -> Reply:
        query, start = request.query["query"], datetime.fromisoformat(request.query["start_time"])
        if len(query) > QUERY_CHARACTERS or not query.endswith(" is:reply"):
            return problem(400, "invalid-request", "Invalid Request", "query")
        if self.reach and start < self.reach:
            return problem(400, "invalid-request", "Invalid Request", "'start_time' is too old")
        roots = set(CONVERSATION.findall(query))
        below = (
            post
            for post in (*self.talk, *self.posts)
            if post.get("conversation_id") in roots and "referenced_tweets" in post
        )
        answer = self._page(request, sorted(below, key=lambda post: -int(str(post["id"]))))
        authors = {str(post["author_id"]) for post in _posts(answer)}
        if request.query.get("expansions") == "author_id" and authors:
            self.people += len(authors)
            answer["includes"] = {"users": [self._user(each) for each in sorted(authors)]}
        must_be(SearchRecentResponse, answer)
        return data(200, answer)

    def lookup(self, request: Request) -> Reply:
        ids = request.query["ids"].split(",")
        private = "non_public_metrics" in request.query["tweet.fields"]
        shown = [
            self._measured(post, request)
            for post in self.posts
            if post["id"] in ids and not (private and post["id"] in self.kept_back)
        ]
        self.billed += len(shown)
        lacking = [each for each in ids if each not in {str(post["id"]) for post in shown}]
        answer: Post = {"data": shown} if shown else {}
        if lacking:
            answer["errors"] = [_missing(post_id) for post_id in lacking]
        must_be(GetByIdsResponse, answer)
        return data(200, answer)

    def _page(
        self, request: Request, posts: Iterable[Post], further: str = "next_token"
    ) -> dict[str, JSON]:
        since = datetime.fromisoformat(request.query["start_time"])
        wanted = {*ALWAYS, *request.query.get("tweet.fields", "").split(",")}
        young = [
            {name: value for name, value in post.items() if name in wanted}
            for post in posts
            if datetime.fromisoformat(str(post["created_at"])) >= since
        ]
        first = int(request.query.get(further, "0"))
        last = first + min(self.page_size, int(request.query["max_results"]))
        shown = young[first:last]
        self.billed += len(shown)
        meta: dict[str, JSON] = {"result_count": len(shown)}
        if last < len(young):
            meta["next_token"] = str(last)
        return {"meta": meta, **({"data": shown} if shown else {})}

    def _measured(self, post: Post, request: Request) -> Post:
        told = self.figures.get(str(post["id"]), {})
        clicks = {"url_link_clicks": told.get("url_link_clicks", 0)}
        public = ("retweet", "reply", "like", "quote", "bookmark", "impression")
        counts = {f"{name}_count": told.get(f"{name}_count", 0) for name in public}
        shown: Post = {"id": post["id"], "text": post["text"], "public_metrics": counts}
        private = "non_public_metrics" in request.query["tweet.fields"]
        return {**shown, "non_public_metrics": clicks} if private else shown

    def _root(self, answers: str) -> JSON:
        everything = (*self.posts, *self.talk)
        above = (post.get("conversation_id") for post in everything if post["id"] == answers)
        return next(above, "")

    def _author(self, post_id: str) -> str:
        everything = (*self.posts, *self.talk)
        return next((str(each["author_id"]) for each in everything if each["id"] == post_id), "")

    def _name(self, user_id: str) -> str:
        return self.names.get(user_id, self.username)

    def _user(self, user_id: str) -> Post:
        name = self._name(user_id)
        return {"id": user_id, "name": name.title(), "username": name}


def shortened(text: str) -> tuple[str, list[JSON]]:
    """Put a short address in the place of each link, and escape the text, as X does."""
    words = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    urls: list[JSON] = []
    for word in text.split():
        if word.startswith(("https://", "http://")):
            short = f"https://t.co/{len(urls)}abcdefgh"
            words = words.replace(word.replace("&", "&amp;"), short, 1)
            place = {"start": words.index(short), "end": words.index(short) + len(short)}
            urls.append({"url": short, "expanded_url": word, **place})
    return words, urls


def problem(status: int, kind: str, title: str, detail: str, **more: JSON) -> Reply:
    told: Mapping[str, JSON] = {"type": PROBLEMS + kind, "title": title, "detail": detail}
    return data(status, {**told, "status": status, **more})


def _posts(answer: Mapping[str, JSON]) -> Iterator[Mapping[str, JSON]]:
    shown = answer.get("data")
    yield from (each for each in shown if isinstance(each, dict)) if isinstance(shown, list) else ()


def _missing(post_id: str) -> Post:
    return {
        "resource_id": post_id,
        "resource_type": "tweet",
        "title": "Not Found Error",
        "detail": f"Could not find tweet with id: [{post_id}].",
        "type": f"{PROBLEMS}resource-not-found",
    }
