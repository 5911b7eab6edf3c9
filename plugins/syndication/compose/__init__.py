"""Pure text: from an article to a post that fits its channel."""
