"""YouTube posts, posted by hand."""
