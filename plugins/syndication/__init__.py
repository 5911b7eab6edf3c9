"""Syndication of the office's articles to its official channels, as a Pelican plugin."""


def register() -> None:
    """Connect the plugin to Pelican's signals."""
    from syndication import site  # noqa: PLC0415 -- the command line does not need Pelican

    site.connect()
