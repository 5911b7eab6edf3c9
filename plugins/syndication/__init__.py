"""Syndication of the office's articles to its official channels, as a Pelican plugin."""
