"""Pelican's writer, but that it leaves a page alone which would come out as it is."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pelican import writers
from pelican.paginator import Paginator
from pelican.plugins import signals
from pelican.utils import get_relative_path, path_to_url, sanitised_join
from pelican.writers import Writer

from incremental.contexts import Page
from incremental.grouping import plain

if TYPE_CHECKING:
    from incremental.build import Build

log = logging.getLogger(f"pelican.{__name__}")


def writer_of(build: Build) -> type[Writer]:
    """Make the writer's class for a build: Pelican makes the writer itself."""
    return type("IncrementalWriter", (IncrementalWriter,), {"build": build})


class IncrementalWriter(Writer):  # type: ignore[misc]  # Pelican is untyped
    """Renders and writes what changed."""

    build: Build

    def write_file(  # noqa: PLR0913, PLR0917 -- Pelican's own signature
        self,
        name: str,
        template: Any,  # noqa: ANN401 -- Jinja's
        context: dict[str, Any],
        relative_urls: bool = False,  # noqa: FBT001, FBT002 -- Pelican's
        paginated: dict[str, Any] | None = None,
        template_name: str | None = None,
        override_output: bool = False,  # noqa: FBT001, FBT002 -- Pelican's
        url: str | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        """Write a page, or each page of a list."""
        if not name:
            return
        kwargs = plain(kwargs)
        if paginated is None:
            paginated = {key: kwargs[key] for key in kwargs if key in {"articles", "dates"}}
        lists = self.settings["PAGINATED_TEMPLATES"]
        pages = [(name, kwargs)]
        if paginated and template_name in lists:
            per_page = lists[template_name] or self.settings["DEFAULT_PAGINATION"]
            pages = self._pages(
                {
                    key: writers.Paginator(name, url, value, self.settings, per_page)
                    for key, value in paginated.items()
                },
                kwargs,
            )
        for place, said in pages:
            local = _local(context, place, said, relative=relative_urls)
            self._write(template, context, local, place, override=override_output)

    def _pages(self, paginators: dict[str, Paginator], kwargs: Mapping[str, Any]) -> Any:  # noqa: ANN401 -- an iterator of names and variables
        count = next(iter(paginators.values())).num_pages
        for number in range(1, count + 1):
            said = dict(kwargs)
            for key, paginator in paginators.items():
                page = paginator.page(number)
                said[f"{key}_paginator"] = paginator
                said[f"{key}_page"] = page
                said[f"{key}_previous_page"] = paginator.page(number - 1) if number > 1 else None
                said[f"{key}_next_page"] = paginator.page(number + 1) if number < count else None
            yield page.save_as, said

    def _write(
        self,
        template: Any,  # noqa: ANN401
        context: dict[str, Any],
        local: dict[str, Any],
        name: str,
        *,
        override: bool,
    ) -> None:
        if local["localsiteurl"]:
            context["localsiteurl"] = local["localsiteurl"]
        path = sanitised_join(self.output_path, name)
        again = path in self._written_files or path in self._overridden_files
        if again or not self.build.pages_are_kept:
            self._rendered(path, template.render(local), override=override)
            self.build.doubt(path)
        elif self.build.unchanged(path, template, local):
            self._left(path, override=override)
        else:
            text = self.build.render(path, template, local)
            if text is None:
                self._left(path, override=override)
            else:
                self._rendered(path, text, override=override)
        signals.content_written.send(path, context=local)

    def _left(self, path: str, *, override: bool) -> None:
        """Note a page whose file stays as if it had been written."""
        self._written_files.add(path)
        if override:
            self._overridden_files.add(path)

    def _rendered(self, path: str, text: str, *, override: bool) -> None:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 -- every page
        self.build.begin(path)
        with self._open_w(path, "utf-8", override=override) as file:
            file.write(text)
        log.info('Writing "%s"', path)


def _local(
    context: Mapping[str, Any], name: str, said: Mapping[str, Any], *, relative: bool
) -> dict[str, Any]:
    """Return the variables of one page."""
    local = dict(context)
    local["localsiteurl"] = local.get("localsiteurl")
    if relative:
        local["SITEURL"] = local["localsiteurl"] = path_to_url(get_relative_path(name))
    local["output_file"] = name
    local.update(said)
    return local


def page_of(local: Mapping[str, Any], shared: Mapping[str, Any], template: Any) -> Page:  # noqa: ANN401
    """Return a page as questions are asked about it."""
    return Page(local, shared, template.globals)
