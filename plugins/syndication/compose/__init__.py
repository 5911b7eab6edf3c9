"""Pure text: from an article to a post that fits its channel."""

from __future__ import annotations

from syndication.compose.summary import summarise

__all__ = ["summarise"]
