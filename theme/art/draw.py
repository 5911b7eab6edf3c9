# ruff: noqa: INP001 -- a script
"""Draw the pictures that are made once: `python theme/art/draw.py` (Debian's Chromium, Pillow)."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
IMAGES = HERE.parent / "static" / "img"
CARDS = HERE.parent.parent / "plugins" / "cards" / "art"
# What is drawn, its size in pixels, and the file it becomes.
PICTURES = (
    (HERE / "card.html", 1200, 630, IMAGES / "card.png"),
    (IMAGES / "icon.svg", 512, 512, IMAGES / "logo.png"),
    (HERE / "band.html", 1200, 96, CARDS / "band.png"),
    (HERE / "mark.svg", 216, 216, CARDS / "mark.png"),
)

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(
        executable_path="/usr/bin/chromium", args=["--no-sandbox", "--allow-file-access-from-files"]
    )
    for source, width, height, file in PICTURES:
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(source.resolve().as_uri(), wait_until="networkidle")
        shot = Image.open(io.BytesIO(page.screenshot(omit_background=True)))
        # 64 colours are more than these drawings use; a palette makes the file a third as large.
        shot.quantize(64).save(file, optimize=True)
    browser.close()

# For browsers that know no SVG icon: they ask for this name unbidden.
Image.open(IMAGES / "logo.png").convert("RGBA").save(IMAGES / "favicon.ico", sizes=[(32, 32)])
