"""Other people on a real PDS: their answers, likes and reposts are real records of their own."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx

from syndication.model import JSON, Figures
from tests.platforms.samples import NOW

POST, LIKE, REPOST = "app.bsky.feed.post", "app.bsky.feed.like", "app.bsky.feed.repost"
DELETION = "com.atproto.repo.applyWrites#delete"
PAGE = 100
WRITES_AT_ONCE = 200
"""How many writes `applyWrites` takes (measured on @atproto/pds 0.4.217)."""

ASKING = httpx.Client(trust_env=False, timeout=60)
Record = dict[str, JSON]


def posts_of(url: str, did: str, collection: str = POST) -> list[Record]:
    """List an account's records, the oldest first."""
    return list(_pages(url, did, collection))


def accounts(url: str) -> list[str]:
    """List the DIDs of all accounts on a PDS."""
    repos = _asked(f"{url}/xrpc/com.atproto.sync.listRepos", {"limit": "1000"})["repos"]
    assert isinstance(repos, list)
    return [str(repo["did"]) for repo in repos]


def handle_of(url: str, did: str) -> str:
    """Tell an account's handle."""
    return str(_asked(f"{url}/xrpc/com.atproto.repo.describeRepo", {"repo": did})["handle"])


def _pages(url: str, did: str, collection: str) -> Iterator[Record]:
    query = {"repo": did, "collection": collection, "reverse": "true", "limit": str(PAGE)}
    cursor = ""
    while True:
        page = _asked(
            f"{url}/xrpc/com.atproto.repo.listRecords",
            query | ({"cursor": cursor} if cursor else {}),
        )
        records = page["records"]
        assert isinstance(records, list)
        yield from records
        cursor = str(page.get("cursor") or "")
        if len(records) < PAGE or not cursor:
            return


def _asked(address: str, query: dict[str, str]) -> Record:
    answer = ASKING.get(address, params=query)
    assert answer.is_success, answer.text
    told: Record = answer.json()
    return told


@dataclass
class Person:
    """Somebody with an account on the PDS."""

    did: str
    token: str


@dataclass
class People:
    """Those who answer, like and repost; each is made when first heard of."""

    url: str
    known: dict[str, Person] = field(default_factory=dict)

    def say(self, post_id: str, author: str, text: str, parent: str = "") -> str:
        """Answer a post, or a response below it, with a record that refers to both."""
        root, above = self.reference(post_id), self.reference(parent or post_id)
        reply = {"root": root, "parent": above}
        return self.write(author, POST, {"text": text, "reply": reply})

    def count(self, post_id: str, figures: Figures) -> None:
        """Like and repost a post as often, each by somebody else, and answer it."""
        subject = self.reference(post_id)
        for number in range(figures.likes or 0):
            self.write(f"orang{number}", LIKE, {"subject": subject})
        for number in range(figures.shares or 0):
            self.write(f"orang{number}", REPOST, {"subject": subject})
        for number in range(figures.replies or 0):
            self.say(post_id, f"orang{number}", f"Tanggapan {number}")

    def quote(self, post_id: str, author: str, text: str) -> str:
        """Quote a post in one of their own."""
        embed: Record = {"$type": "app.bsky.embed.record", "record": self.reference(post_id)}
        return self.write(author, POST, {"text": text, "embed": embed})

    def clear(self) -> None:
        """Delete all that they wrote."""
        for person in self.known.values():
            for collection in (POST, LIKE, REPOST):
                keys = [
                    str(record["uri"]).rpartition("/")[2]
                    for record in posts_of(self.url, person.did, collection)
                ]
                self._delete(person, collection, keys)

    def _delete(self, person: Person, collection: str, keys: list[str]) -> None:
        place: Record = {"$type": DELETION, "collection": collection}
        for start in range(0, len(keys), WRITES_AT_ONCE):
            writes: list[JSON] = [
                {**place, "rkey": key} for key in keys[start : start + WRITES_AT_ONCE]
            ]
            body: Record = {"repo": person.did, "writes": writes}
            self._called("com.atproto.repo.applyWrites", body, person.token)

    def write(self, author: str, collection: str, value: Record) -> str:
        """Write a record, and give its address."""
        person = self.known.get(author) or self._made(author)
        at = max(datetime.now(UTC), NOW).isoformat(timespec="milliseconds")
        record = {"$type": collection, "createdAt": at.replace("+00:00", "Z"), **value}
        body: Record = {"repo": person.did, "collection": collection, "record": record}
        return str(self._called("com.atproto.repo.createRecord", body, person.token)["uri"])

    def _made(self, author: str) -> Person:
        wanted: Record = {
            "handle": f"{author}.test",
            "email": f"{author}@example.test",
            "password": secrets.token_hex(),
        }
        account = self._called("com.atproto.server.createAccount", wanted)
        self.known[author] = Person(str(account["did"]), str(account["accessJwt"]))
        return self.known[author]

    def reference(self, uri: str) -> Record:
        """Refer to a post in the version that stands."""
        did, collection, rkey = uri.removeprefix("at://").split("/")
        query = {"repo": did, "collection": collection, "rkey": rkey}
        record = _asked(f"{self.url}/xrpc/com.atproto.repo.getRecord", query)
        return {"uri": uri, "cid": record["cid"]}

    def _called(self, method: str, body: Record, token: str = "") -> Record:
        bearer = {"Authorization": f"Bearer {token}"} if token else {}
        answer = ASKING.post(f"{self.url}/xrpc/{method}", json=body, headers=bearer)
        assert answer.is_success, answer.text
        told: Record = answer.json() if answer.text else {}
        return told
