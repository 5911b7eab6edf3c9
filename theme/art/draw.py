# ruff: noqa: INP001 -- a script
"""Draw the pictures that are made once: `python theme/art/draw.py` (Debian's Chromium, Pillow)."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
IMAGES = HERE.parent / "static" / "img"
# What is drawn, its size in pixels, and the file it becomes.
PICTURES = (
    (HERE / "card.html", 1200, 630, "card.png"),
    (IMAGES / "icon.svg", 512, 512, "logo.png"),
)

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(
        executable_path="/usr/bin/chromium", args=["--no-sandbox", "--allow-file-access-from-files"]
    )
    for source, width, height, name in PICTURES:
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(source.resolve().as_uri(), wait_until="networkidle")
        shot = Image.open(io.BytesIO(page.screenshot(omit_background=True)))
        # 64 colours are more than these drawings use; a palette makes the file a third as large.
        shot.quantize(64).save(IMAGES / name, optimize=True)
    browser.close()

# For browsers that know no SVG icon: they ask for this name unbidden.
Image.open(IMAGES / "logo.png").convert("RGBA").save(IMAGES / "favicon.ico", sizes=[(32, 32)])
