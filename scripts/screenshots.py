"""Pictures of a running portal: kinds of pages, in each language, on phone and desktop, in light and dark.

    make run &  make screenshots PORT=8000

They are written to var/screenshots, one file each: article.zh-hans.phone.dark.png.
"""

import os
import shutil
import sys
from itertools import product
from pathlib import Path

from environment import ROOT
from playwright.sync_api import Error, sync_playwright

sys.path.insert(0, str(ROOT))

from tests.browser.pages import DESKTOP, LANGUAGES, PHONE, addresses
from tests.servers import chromium_path

FOLDER = Path(os.environ.get("VAR_DIR", str(ROOT / "var"))) / "screenshots"
SIZES = {"phone": PHONE, "desktop": DESKTOP}


def main(port: str) -> str | None:
    """Take all pictures; returns what hindered it, for the terminal."""
    chromium = chromium_path()
    if chromium is None:
        return "No Chromium: install it (Debian's package chromium), or set CHROMIUM to its path."
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(reduced_motion="reduce")
        for language in LANGUAGES:
            for name, address in addresses(language).items():
                try:
                    page.goto(f"http://127.0.0.1:{port}/thongtindoingoai{address}")
                except Error:
                    return f"No portal answers on port {port}: start it with make run, or name another PORT."
                for (size, viewport), scheme in product(SIZES.items(), ("light", "dark")):
                    page.set_viewport_size(viewport)
                    page.emulate_media(color_scheme=scheme)
                    file = FOLDER / f"{name.replace(' ', '-')}.{language}.{size}.{scheme}.png"
                    page.screenshot(path=file, full_page=True)
        browser.close()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}")
    return None


if __name__ == "__main__":
    sys.exit(main(os.environ.get("PORT") or "8000"))
