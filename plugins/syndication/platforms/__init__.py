"""A folder each: rules.toml (numbers), format.py (Post to Payload), client.py (the wire)."""
