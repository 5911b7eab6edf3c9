"""What writers commit, read and checked before Pelican runs: pure text, no Pelican."""
