"""Reads Markdown as Pelican does, and lets only safe HTML through to the page."""

from __future__ import annotations

from pelican.readers import MarkdownReader, Readers

from kantor import embeds, phrases, safe_html


class SafeMarkdownReader(MarkdownReader):  # type: ignore[misc]  # Pelican is untyped
    """Cleans the body, and those fields that are Markdown themselves."""

    def read(self, source_path: str) -> tuple[str, dict[str, object]]:
        """Return the body and the metadata of a file."""
        body, metadata = super().read(source_path)
        words = phrases.load(self.settings["THEME"]).of(
            metadata.get("lang", self.settings["DEFAULT_LANG"])
        )
        for name in metadata.keys() & set(self.settings["FORMATTED_FIELDS"]):
            metadata[name] = safe_html.clean(metadata[name])
        return safe_html.clean(embeds.as_cards(body, words)), metadata


def register(readers: Readers) -> None:
    """Let it read every file that Pelican's own Markdown reader would."""
    for extension in MarkdownReader.file_extensions:
        readers.reader_classes[extension] = SafeMarkdownReader
