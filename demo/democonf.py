"""Settings of `make demo`: the public site; its channels are on loopback or posted by hand."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from demo.servers import HERE, SITE, TIMELINE  # noqa: E402
from publishconf import *  # noqa: E402, F403 -- the public site, moved to loopback

SITEURL = SITE.url
PATH = str(ROOT / "content")
THEME = str(ROOT / "theme")
PLUGIN_PATHS = [str(ROOT / "plugins")]
VIEWS_FILE = str(ROOT / "content" / "data" / "kunjungan.json")
OUTPUT_PATH = str(HERE / "output")
HOSTING_PATH = "hosting"
CACHE_PATH = str(HERE / "cache")
DEPLOY_TO = str(HERE / "public")

SYNDICATION_LEDGER_URL = f"sqlite:///{HERE / 'ledger.sqlite3'}"
SYNDICATION_CHANNELS = {
    "linimasa": {
        "platform": "local",
        "lang": "id",
        "account": "kpknlpekalongan",
        "host": TIMELINE.url,
    },
    "timeline": {
        "platform": "local",
        "lang": "en",
        "account": "kpknlpekalongan-en",
        "host": TIMELINE.url,
    },
    "whatsapp": {"platform": "whatsapp", "lang": "id"},
    "youtube": {"platform": "youtube", "lang": "id"},
}
