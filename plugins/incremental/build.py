"""One build, from what the last one kept to what is kept for the next."""

from __future__ import annotations

import hashlib
import logging
import os
import time
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader
from pelican import Pelican
from pelican.generators import ArticlesGenerator, Generator
from pelican.plugins import signals
from pelican.writers import Writer

from incremental import addresses, cleaning, grouping, parsers, templates, watching
from incremental.contexts import prepare, render
from incremental.facts import Answers, links_in
from incremental.files import Files
from incremental.record import Record
from incremental.store import Folder
from incremental.surroundings import Surroundings, look, modules
from incremental.texts import Texts
from incremental.trust import Trust, doubtful
from incremental.writer import page_of, writer_of

log = logging.getLogger(f"pelican.{__name__}")

_CODE: dict[str, tuple[Any, ...]] = {}
"""The digests of modules as this process knows them: it runs what it imported, not what is new."""

_at_end: set[str] = set()
_between: set[str] = set()
"""Modules that this process loaded after one build and before the next: no build needs them."""

# Whoever listens to these may change a page, or a file that we would leave alone.
_MEDDLING = (
    signals.content_written,
    signals.article_generator_write_article,
    signals.page_generator_write_page,
)


class Build:
    """What is known while a site is built."""

    def __init__(self, pelican: Pelican, settings_digest: bytes) -> None:
        """Take the site; wait until no other build of it runs."""
        self.pelican, self.settings = pelican, pelican.settings
        self.began_ns = time.time_ns()
        self.output = os.path.abspath(pelican.output_path)  # noqa: PTH100 -- as Pelican names files
        self.trust = Trust(self.settings.get("INCREMENTAL_TRUSTED", ()))
        self.folder = Folder(_folder_of(self.settings, self.output))
        self.usable = self.folder.acquire()
        state = self.folder.load() if self.usable else {}
        self.left = set(state.get("pages", ())) | set(state.get("others", ()))
        self.left |= self.folder.begun()
        if self.settings.get("INCREMENTAL_FULL"):
            state = {}
        self.files = Files(state.get("files", {}))
        self.files.asked.update(_CODE)
        self._digest = settings_digest
        self._modules = (modules() - _loaded_between()) | set(state.get("modules", ()))
        around = look(self.settings, self._digest, self.files, self._modules)
        same_texts = state.get("texts") == around.texts
        same_pages = same_texts and state.get("around") == around.pages
        records = state.get("records", {}) if same_texts else {}
        self.texts = Texts(self.folder.path / "texts", records, self.files)
        self.record = Record(self.output, state if same_pages else {})
        self._templates: templates.Kept = state.get("templates", {}) if same_pages else {}
        parsers.share(self.trust)
        self.written: set[str] = set()
        self.generators: list[Generator] = []
        self.pages_are_kept = False
        self._answers: Answers | None = None
        self._doubtful: dict[tuple[int, str], str] = {}
        self._told: set[str] = set()
        watching.forget()

    def clean(self) -> None:
        """Do for Pelican what `DELETE_OUTPUT_DIRECTORY` asks, but for pages that may be kept."""
        if self.usable and cleaning.asked(self.pelican):
            self.pelican.delete_outputdir = False
            kept = self.record.names() if self.pages_can_be_kept() else set()
            cleaning.empty(self.output, kept, self.settings["OUTPUT_RETENTION"])

    def adopt(self, generator: Generator) -> None:
        """Let a generator read only what is not known."""
        self.generators.append(generator)
        for kind, reader in generator.readers.readers.items():
            if self.usable and kind != "static":
                reader.read = self.texts.reading(reader.read, reader, self.settings)

    def pages_can_be_kept(self) -> bool:
        """Tell whether nobody meddles with pages; say who does."""
        for signal in _MEDDLING:
            for receiver in _receivers(signal):
                if not self.trust.callee(receiver):
                    self.tell(f"{_name(receiver)} listens to {signal.name}")
                    return False
        return True

    def begin_output(self) -> type[Writer] | None:
        """Choose the writer, once all generators have read what they read."""
        if not self.usable or len(_receivers(signals.get_writer)) > 1:
            return None
        for generator in self.generators:
            templates.keep(generator.env, self.trust, self._templates)
        able = [prepare(each.env) and _known_loader(each.env.loader) for each in self.generators]
        self.pages_are_kept = (
            all(able) and self.pages_can_be_kept() and not _attaches(self.generators)
        )
        for generator in self.generators:
            if isinstance(generator, ArticlesGenerator):
                grouping.shelve(generator)
        if self.pages_are_kept:
            addresses.remember()
        return writer_of(self)

    def tell(self, why: str) -> None:
        """Say once why pages are built that may not have changed."""
        if why not in self._told:
            self._told.add(why)
            log.info("Incremental: pages are built anew in every build, since %s.", why)

    @property
    def context(self) -> Mapping[str, Any]:
        """Return what all generators share."""
        context: Mapping[str, Any] = self.generators[0].context
        return context

    @property
    def answers(self) -> Answers:
        """Return the answers of this build."""
        if self._answers is None:
            self._answers = Answers(self.context, self.trust)
        return self._answers

    def unchanged(self, path: str, template: Any, local: Mapping[str, Any]) -> bool:  # noqa: ANN401
        """Tell whether a page's file may stay as it is."""
        page = page_of(local, self.context, template)
        return self.record.unchanged(
            self._name(path), self._of_template(template), page, self.answers
        )

    def render(self, path: str, template: Any, local: Mapping[str, Any]) -> str | None:  # noqa: ANN401
        """Render a page; None if its file holds just that."""
        page = page_of(local, self.context, template)
        text, trace = render(template, page, local, self.trust)
        doubt = self._doubt_of(template)
        if doubt:
            trace.unsure(f"uses {doubt}")
        self.answers.grown()
        facts = self.answers.told(trace, page)
        name, data = self._name(path), text.encode("utf-8")
        if facts is None:
            self.tell(f"{template.name} {trace.doubt}")
        same = self.record.same_text(name, data)
        self.record.add(name, data, self._of_template(template), facts)
        return None if same else text

    def _doubt_of(self, template: Any) -> str:  # noqa: ANN401
        key = (id(template.environment), template.name)
        if key not in self._doubtful:
            self._doubtful[key] = doubtful(template.environment, template.name, self.trust)
        return self._doubtful[key]

    def _of_template(self, template: Any) -> tuple[str, bytes | None]:  # noqa: ANN401
        return (template.name, self.files.digest(os.path.abspath(template.filename)))  # noqa: PTH100

    def wrote(self, path: str) -> None:
        """Note a file that is part of the site, whether it was written or stayed."""
        self.written.add(self._name(path))

    def begin(self, path: str) -> None:
        """Note that a file is about to be written."""
        name = self._name(path)
        if name not in self.left:
            self.folder.begin(name)

    def doubt(self, path: str) -> None:
        """Forget what a page was made from."""
        self.record.doubt(self._name(path))

    def _name(self, path: str) -> str:
        root = f"{self.output}{os.sep}"
        if path.startswith(root) and path == os.path.normpath(path):
            return path[len(root) :]
        return os.path.relpath(path, self.output)

    def take_pages_away(self) -> None:
        """Take away pages that earlier builds wrote and this one did not: it has written all."""
        if self.usable:
            gone = {name for name in self.left - self.written if name.endswith(".html")}
            cleaning.forget(self.output, gone, self.began_ns)

    def finish(self) -> None:
        """Take away what earlier builds wrote and this one did not; keep all for the next."""
        if not self.usable:
            return
        others = cleaning.of_pelican(self.context, self.settings)
        there = self.written | others
        cleaning.forget(self.output, self.left - there, self.began_ns)
        try:
            records = self.texts.save()
        except OSError as error:
            log.warning("Incremental: texts cannot be kept (%s).", error)
            records = {}
        in_use = self._modules | (modules() - _between)
        _at_end.update(modules())
        around = look(self.settings, self._digest, self.files, in_use)
        _CODE.update({name: self.files.asked[name] for name in in_use & set(self.files.asked)})
        self.folder.save(self._state(around, in_use, records, others))
        self.folder.release()

    def _state(
        self,
        around: Surroundings,
        in_use: set[str],
        records: dict[bytes, Any],
        others: set[str],
    ) -> dict[str, Any]:
        record = self.record.kept()
        return {
            **record,
            "texts": around.texts,
            "around": around.pages,
            "modules": sorted(in_use),
            "files": self.files.kept(),
            "records": records,
            "templates": self._templates,
            "others": sorted(others | (self.written - set(record["pages"]))),
        }


def _loaded_between() -> set[str]:
    if _at_end:
        _between.update(modules() - _at_end)
    return _between


def _folder_of(settings: Mapping[str, Any], output: str) -> Path:
    name = hashlib.sha256(output.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return Path(settings["CACHE_PATH"], "incremental", name)


def _name(receiver: Any) -> str:  # noqa: ANN401 -- any callable
    return f"{receiver.__module__}.{getattr(receiver, '__qualname__', type(receiver).__name__)}"


def _receivers(signal: Any) -> list[Any]:  # noqa: ANN401 -- blinker's
    """List all who listen to a signal."""
    found = (
        each() if isinstance(each, weakref.ref) else each for each in signal.receivers.values()
    )
    return [each for each in found if each is not None]


def _known_loader(loader: object) -> bool:
    """Tell whether templates come from folders alone."""
    match loader:
        case FileSystemLoader():
            return True
        case ChoiceLoader():
            return all(map(_known_loader, loader.loaders))
        case PrefixLoader():
            return all(map(_known_loader, loader.mapping.values()))
    return False


def _attaches(generators: Sequence[Generator]) -> bool:
    """Tell whether a text moves a file with `{attach}`: then the order of pages matters."""
    for content in generators[0].context["generated_content"].values():
        text = getattr(content, "_content", None) or ""
        if "attach" in text and any(what == "attach" for what, _ in links_in(content, text)):
            return True
    return False
