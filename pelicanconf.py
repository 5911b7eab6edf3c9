"""Pelican's settings for development, and who the office is. publishconf.py builds on this."""

from __future__ import annotations

from typing import Any

SITENAME = "KPKNL Pekalongan"
SITESUBTITLE = "Berita dan artikel tentang kekayaan negara, lelang, penilaian, dan piutang negara"
SITEURL = ""
DEMO = True  # says on every page that this is a demonstration, not the office's own site

TIMEZONE = "Asia/Jakarta"
DEFAULT_LANG = "id"
LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}

# Who publishes. The theme, the feeds, and the structured data take it from here and nowhere else.
# A text in several languages is written once for each of LANGUAGES.
OFFICE: dict[str, Any] = {
    "full_name": {
        "id": "Kantor Pelayanan Kekayaan Negara dan Lelang Pekalongan",
        "en": "Pekalongan State Assets and Auction Service Office",
    },
    "parents": {
        "id": (
            "Direktorat Jenderal Kekayaan Negara",
            "Kementerian Keuangan Republik Indonesia",
        ),
        "en": (
            "Directorate General of State Assets Management",
            "Ministry of Finance of the Republic of Indonesia",
        ),
    },
    "street": "Jl. Lapangan Banteng Timur No.2-4",
    "city": "Jakarta Pusat",
    "country": "ID",
    "telephone": "1 500-991",
    "login": "https://www.djkn.kemenkeu.go.id/",
    # The links that every page of the office must carry; without an address: a page of this site.
    "links": (
        {"label": {"id": "Peta Situs", "en": "Site map"}, "path": "peta-situs/"},
        {
            "label": {"id": "Email Kemenkeu", "en": "Ministry e-mail"},
            "url": "https://mail.kemenkeu.go.id/",
        },
        {"label": {"id": "Prasyarat", "en": "Terms"}, "path": "prasyarat/"},
        {"label": {"id": "Wise", "en": "Wise"}, "url": "https://www.wise.kemenkeu.go.id/"},
        {"label": {"id": "LPSE", "en": "LPSE"}, "url": "https://www.lpse.kemenkeu.go.id/"},
        {"label": {"id": "Hubungi Kami", "en": "Contact us"}, "path": "hubungi-kami/"},
    ),
    # Official accounts. These names are examples ("contoh"), as befits a demonstration. An account
    # on Mastodon (name: "@kantor@server") is also named as the writer of each shared article.
    "accounts": (
        {"platform": "X", "name": "@kpknl_contoh", "url": "https://x.com/kpknl_contoh"},
        {
            "platform": "Facebook",
            "name": "kpknl.contoh",
            "url": "https://www.facebook.com/kpknl.contoh",
        },
    ),
}

# What writers touch.
PATH = "content"
ARTICLE_PATHS = ["artikel"]
PAGE_PATHS = ["halaman"]
STATIC_PATHS = ["images"]
VIEWS_FILE = "data/kunjungan.json"  # below PATH; `siar views` writes it
ADDRESSES_FILE = "var/addresses.json"  # beside PATH; `siar views` reads there which page is which
PICTURES_CACHE = "var/pictures"  # beside PATH; may be deleted at any time
USE_FOLDER_AS_CATEGORY = False
DEFAULT_CATEGORY = "Berita"
WITH_FUTURE_DATES = False
READERS = {"html": None, "rst": None}
MARKDOWN = {
    "extensions": ["markdown.extensions.extra", "markdown.extensions.sane_lists"],
    "extension_configs": {
        "markdown.extensions.meta": {},
        # A colon in an id is legal in HTML and a nuisance in CSS and in links.
        "markdown.extensions.footnotes": {"SEPARATOR": "-"},
    },
    "output_format": "html",
}

# What readers see.
THEME = "theme"
OUTPUT_PATH = "output"
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["incremental", "kantor", "syndication"]
# Only what changed is built (plugins/incremental/README.md). Functions of these plugins that
# templates call read nothing but what they are given, the page's variables and the theme.
INCREMENTAL = True
INCREMENTAL_TRUSTED = ("kantor", "syndication")
INCREMENTAL_PAGES_FROM_OLDEST = True  # a new article changes the first page of a list alone
CACHE_PATH = "var/cache"  # may be deleted at any time
DEFAULT_PAGINATION = 10
PAGINATED_TEMPLATES = {
    "articles": None,
    "category": None,
    "tag": None,
    "author": None,
    "archives": 250,  # titles only: a page of them weighs no more than a page of ten summaries
}
PAGINATION_PATTERNS = [
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/halaman/{number}/", "{base_name}/halaman/{number}/index.html"),
]

# Addresses. A site in another language stands under its code, with the same paths.
INDEX_URL = ""
ARTICLE_URL = "artikel/{slug}/"
ARTICLE_SAVE_AS = "artikel/{slug}/index.html"
ARTICLE_LANG_URL = "{lang}/artikel/{slug}/"
ARTICLE_LANG_SAVE_AS = "{lang}/artikel/{slug}/index.html"
DRAFT_URL = "konsep/{slug}/"
DRAFT_SAVE_AS = "konsep/{slug}/index.html"
DRAFT_LANG_URL = "{lang}/konsep/{slug}/"
DRAFT_LANG_SAVE_AS = "{lang}/konsep/{slug}/index.html"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
PAGE_LANG_URL = "{lang}/{slug}/"
PAGE_LANG_SAVE_AS = "{lang}/{slug}/index.html"
CATEGORY_URL = "kategori/{slug}/"
CATEGORY_SAVE_AS = "kategori/{slug}/index.html"
TAG_URL = "tag/{slug}/"
TAG_SAVE_AS = "tag/{slug}/index.html"
AUTHOR_URL = "penulis/{slug}/"
AUTHOR_SAVE_AS = "penulis/{slug}/index.html"

DIRECT_TEMPLATES = [
    "index",
    "articles",
    "archives",
    "categories",
    "tags",
    "authors",
    "site_map",
    "verification",
    "search",
    "404",
]
ARTICLES_URL = "artikel/"
ARTICLES_SAVE_AS = "artikel/index.html"
ARCHIVES_URL = "arsip/"
ARCHIVES_SAVE_AS = "arsip/index.html"
CATEGORIES_URL = "kategori/"
CATEGORIES_SAVE_AS = "kategori/index.html"
TAGS_URL = "tag/"
TAGS_SAVE_AS = "tag/index.html"
AUTHORS_URL = "penulis/"
AUTHORS_SAVE_AS = "penulis/index.html"
SITE_MAP_URL = "peta-situs/"
SITE_MAP_SAVE_AS = "peta-situs/index.html"
VERIFICATION_URL = "verifikasi/"
VERIFICATION_SAVE_AS = "verifikasi/index.html"
SEARCH_URL = "cari/"
# False: a build leaves the index as it is, and `python -m kantor.search output` makes it anew.
SEARCH_IN_BUILD = True
SEARCH_SAVE_AS = "cari/index.html"

# What a browser may do on our pages: everything comes from our own origin, and nothing is inline
# but the icon of the browser's tab (`data:`).
# From here it goes into every page and into the web server's headers (output/_headers).
CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
# What differs for one page, by its path, on every side of the site: the search runs WebAssembly.
CONTENT_SECURITY_POLICY_OF = {
    SEARCH_URL: {"script-src": "'self' 'wasm-unsafe-eval'"},
}
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
}
# How long a browser may keep what it was sent, by address; the theme's files, copies of pictures
# and cards are asked for by the digest of their content, so they may be kept for ever.
CACHE_OTHERWISE = "no-cache"  # asked again each time, since a page may have been withdrawn
CACHE_RULES = {
    "/theme/*": "public, max-age=31536000, immutable",
    "/gambar/*": "public, max-age=31536000, immutable",
    "/kartu/*": "public, max-age=31536000, immutable",
    "/images/*": "public, max-age=604800",
    "/pagefind/fragment/*": "public, max-age=31536000, immutable",  # named by their content
    "/pagefind/index/*": "public, max-age=31536000, immutable",
}
# Where a production build writes what nginx and Caddy need to know (docs/operator.md), beside
# the folder of OUTPUT_PATH: it is no part of the site.
HOSTING_PATH = "var/hosting"

# Feeds are written by the plugin `kantor`, which knows each language; Pelican's own stay off.
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None

# Who is told of changes by `siar announce`, after a deployment; nobody unless named. The key is
# public: IndexNow reads it at SITEURL/KEY.txt, which the build then writes.
WEBSUB_HUBS: list[str] = []
INDEXNOW_KEY = ""
ANNOUNCED_FILE = "var/announced.json"  # beside PATH; what was told already

# Official channels, each an account on a platform in one language. Their secrets never stand here:
# docs/operator.md says which environment variables hold them. The names are examples.
SYNDICATION_CHANNELS = {
    "x": {"platform": "x", "lang": "id", "account": "kpknl_contoh"},
    "facebook": {
        "platform": "facebook",
        "lang": "id",
        "account": "kpknl.contoh",
        "page_id": "100000000000000",
    },
}
