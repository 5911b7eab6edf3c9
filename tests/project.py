"""A small office's project in a folder of its own, driven by the real programs."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn

from kantor.serve import application
from syndication.ledger.queries import entries
from syndication.ledger.store import open_ledger
from syndication.model import Entry

HERE = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
NOWHERE = "http://127.0.0.1:9"
"""Port 9 (discard): nobody answers there."""

SETTINGS = """\
import sys

sys.path.insert(0, {here!r})
from pelicanconf import *

SITEURL = {siteurl!r}
PATH = "content"
OUTPUT_PATH = "output"
THEME = {theme!r}
PLUGIN_PATHS = [{plugins!r}]
VIEWS_FILE = {views!r}
DEPLOY_TO = "deploy"
SYNDICATION_PUBLISH = True
SYNDICATION_CHANNELS = {{
    "warta": {{"platform": "local", "lang": "id", "host": {host!r}}},
    "kabar": {{"platform": "local", "lang": "id", "host": {host!r}}},
    "news": {{"platform": "local", "lang": "en", "host": {host!r}}},
}}
"""

BODY = (
    "Kantor membuka lelang kendaraan dinas pada 1 Desember 2026 pukul 09.00 WIB. "
    "Uang jaminan disetor paling lambat sehari sebelumnya.\n\n"
    "Peserta mendaftar lewat lelang.go.id dan melihat barang pada jam kerja.\n"
)


@dataclass
class Project:
    """A folder with settings and content; `extra` settings are appended to publishconf.py."""

    root: Path
    siteurl: str = NOWHERE
    host: str = NOWHERE
    extra: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make the folder, unless it is there."""
        (self.root / "content" / "artikel").mkdir(parents=True, exist_ok=True)
        self.configure(**self.extra)

    def copy(self, root: Path) -> Project:
        """Copy the whole project, its ledger and its site, to another folder."""
        shutil.copytree(self.root, root, symlinks=True)
        return Project(root, self.siteurl, self.host, self.extra)

    def configure(self, **settings: object) -> None:
        """Write publishconf.py anew, with these settings added, now and from now on."""
        self.extra = settings
        text = SETTINGS.format(
            here=str(HERE),
            siteurl=self.siteurl,
            host=self.host,
            theme=str(HERE / "theme"),
            plugins=str(HERE / "plugins"),
            views=str(HERE / "content" / "data" / "kunjungan.json"),
        )
        text += "".join(f"{name} = {value!r}\n" for name, value in settings.items())
        (self.root / "publishconf.py").write_text(text, "utf-8")

    def article(self, name: str, body: str = BODY, **said: str) -> Path:
        """Write an article; a field given as an empty string is left out."""
        fields = {
            "Title": f"Lelang {name}",
            "Date": "2026-11-20",
            "ID": f"id-{name}",
            "Slug": name,
            "Author": "Seksi Pelayanan Lelang",
        } | said
        file = self.root / "content" / "artikel" / f"{name}-{fields.get('Lang', 'id')}.md"
        head = "".join(f"{key}: {value}\n" for key, value in fields.items() if value)
        file.write_text(f"---\n{head}---\n\n{body}", "utf-8")
        return file

    def run(self, program: str, *arguments: str, **said: str) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment in the project, blind to any secret but `said`."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("SIAR_")}
        kept.pop("CI", None)
        return subprocess.run(
            [BIN / program, *arguments],
            cwd=self.root,
            env=kept | {"SIAR_ACTOR": "uji", "NO_COLOR": "1", "COLUMNS": "200"} | said,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def build(self, *options: str) -> subprocess.CompletedProcess[str]:
        """Run Pelican with the public settings."""
        return self.run("pelican", "--settings", "publishconf.py", *options)

    def siar(self, *arguments: str, **said: str) -> subprocess.CompletedProcess[str]:
        """Run the command."""
        return self.run("siar", *arguments, **said)

    def invoke(self, task: str, **said: str) -> subprocess.CompletedProcess[str]:
        """Run one of the project's tasks with these settings."""
        settings = str(self.root / "publishconf.py")
        return self.run("invoke", "--search-root", str(HERE), task, "--settings", settings, **said)

    @contextmanager
    def served(self) -> Iterator[None]:
        """Serve what is deployed at `siteurl`, which becomes an address on loopback."""
        listener = socket.create_server(("127.0.0.1", 0))
        self.siteurl = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self.configure(**self.extra)
        app = application(self.root / "deploy" / "current")
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield
        finally:
            server.should_exit = True
            thread.join()
            listener.close()

    def entries(self) -> list[Entry]:
        """Read the ledger."""
        ledger = open_ledger(f"sqlite:///{self.root}/var/ledger.sqlite3")
        try:
            return entries(ledger)
        finally:
            ledger.close()

    def output(self, path: str) -> str:
        """Read a file of the built site."""
        return (self.root / "output" / path).read_text("utf-8")
