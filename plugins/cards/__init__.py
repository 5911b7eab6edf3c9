"""Pictures drawn of an article's words, in the office's identity: for pages and for platforms."""
