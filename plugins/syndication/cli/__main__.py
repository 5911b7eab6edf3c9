"""Run the command as `python -m syndication.cli`."""

from syndication.cli import main

main()
