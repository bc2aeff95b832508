"""Pictures of the administration for the handbook, and what on them is not Vietnamese."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page

WIDTH = 1000  # of the pictures; the browser's window is somewhat wider
QUALITY = 60

# Text that people see or hear. Passages marked as another language are what they say they are; a hidden counter of a
# side panel says nothing until it counts (what else is hidden are panels that people open).
SEEN = """() => {
  const unsaid =
    'script, style, template, noscript, [lang]:not(html), [data-side-panel-toggle-counter][hidden]';
  const found = new Set();
  const add = text => { const words = (text || '').replace(/\\s+/g, ' ').trim(); if (words) found.add(words); };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent && !parent.closest(unsaid)) {
      add(walker.currentNode.textContent);
    }
  }
  for (const element of document.querySelectorAll('*')) {
    for (const name of ['title', 'placeholder', 'aria-label', 'aria-description', 'alt']) {
      add(element.getAttribute(name));
    }
    if (element.matches('input[type=submit], input[type=button], input[type=reset]')) add(element.value);
  }
  return [...found];
}"""


class Camera:
    def __init__(self, folder: Path):
        self.folder = folder
        self.taken: set[str] = set()
        self.seen: dict[str, set[str]] = {}  # picture: texts on the page

    def take(self, page: Page, name: str, part: Locator | None = None) -> None:
        """A picture of the window or of a part of the page, and a note of what the page says."""
        page.mouse.move(0, 0)
        page.wait_for_timeout(300)  # menus and panels glide in
        shot = Image.open(io.BytesIO((part or page).screenshot(animations="disabled"))).convert("RGB")
        if shot.width > WIDTH:
            shot = shot.resize((WIDTH, round(shot.height * WIDTH / shot.width)), Image.Resampling.LANCZOS)
        shot.save(self.folder / f"{name}.webp", quality=QUALITY, method=6)
        self.taken.add(name)
        self.seen[name] = set(page.evaluate(SEEN))
