"""Run every measurement and print its figures."""

from __future__ import annotations

from bench import compose, deliver, idle

if __name__ == "__main__":
    for each in (compose, deliver, idle):
        each.main()
