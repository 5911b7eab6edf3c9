"""Settings of the public site: `invoke publish`, or `pelican content -s publishconf.py`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pelicanconf import *  # noqa: F403 -- Pelican's own way to build on other settings

# The official address. Every post links to it, and the relay checks that the page is live there.
SITEURL = "https://kpknl-pekalongan.example.go.id"
RELATIVE_URLS = False
DELETE_OUTPUT_DIRECTORY = False

# Posts are composed and queued only in builds with these settings.
SYNDICATION_PUBLISH = True
# Articles dated earlier are never posted. Unset: the date that `siar init --since` was given.
SYNDICATION_SINCE = None
# True where the output folder itself is what the web server serves.
SYNDICATION_AFTER_BUILD = False

# Where `invoke deploy` puts releases: a folder, or user@host:/folder.
DEPLOY_TO = "var/deploy"
