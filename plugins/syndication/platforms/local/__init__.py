"""The timeline on loopback, the embedded default."""
