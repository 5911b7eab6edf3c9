"""Run every measurement and print its figures."""

from __future__ import annotations

from bench import compose

if __name__ == "__main__":
    compose.main()
