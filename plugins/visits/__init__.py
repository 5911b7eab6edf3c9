"""How often each article was read, from the server's own access logs; no one is followed."""
