"""Pictures of a running portal: every kind of page, in each language, at four widths, in light and dark.

    make run &  make screenshots PORT=8000 ARGS="--kinds front,article --sizes phone"

They are written to var/screenshots, one file each: article.zh-hans.phone.dark.png. Nothing in the portal is changed:
answers that only a fault or a withdrawal brings about are drawn by their own views here.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.test import RequestFactory
from django.utils import translation
from environment import ROOT
from playwright.sync_api import Error, Page, Route, sync_playwright

sys.path.insert(0, str(ROOT))

from tests.browser.pages import DESKTOP, LANGUAGES, PHONE, TABLET, WIDE, addresses
from tests.servers import chromium_path

VAR = Path(os.environ.get("VAR_DIR", str(ROOT / "var")))
FOLDER = VAR / "screenshots"
SIZES = {"phone": PHONE, "tablet": TABLET, "desktop": DESKTOP, "wide": WIDE}
MORE = {  # besides those that the browser suite looks at
    "all information": "thong-tin-chung/",
    "gallery": "tiem-nang-va-phat-trien/du-lich/ban-sin-suoi-ho/",
    "accessibility": "thong-tin-chung/tuyen-bo-tiep-can/",
    "language policy": "thong-tin-chung/chinh-sach-ngon-ngu/",
    "privacy": "thong-tin-chung/quyen-rieng-tu/",
    "copyright": "thong-tin-chung/ban-quyen/",
    "results narrowed": "search/?q=lai+chau&kind=article",
    "results of a former name": "search/?q=tam+duong",
    "names found": "names/?q=phong+tho",
    "login": "_util/login/",
    "style": "style/",
}
SENT = {  # a form on a page, sent with what stands in it: kind of page, button
    "thanks for feedback": ("article", ".feedback__answers button"),
    "thanks for request": ("stub", "main form[action*=translation-request] button"),
    "wrong password": ("restricted", "main form button"),
}
# A picture of the whole page shows what no reader has scrolled to yet.
LOADED = """async () => {
  const pictures = [...document.images];
  pictures.forEach(one => one.loading = "eager");
  await Promise.allSettled(pictures.map(one => one.decode()));
}"""
DRAWN = ("withdrawn", "fault", "rest", "disk full")


def main() -> str | None:
    """Take all pictures; returns what hindered it, for the terminal."""
    options = _options()
    chromium = chromium_path()
    if chromium is None:
        return "No Chromium: install it (Debian's package chromium), or set CHROMIUM to its path."
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    os.environ.update(DJANGO_SETTINGS_MODULE="portal.settings.dev", PORT=options.port)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright's loop runs in this thread, and nothing is concurrent
    django.setup()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(reduced_motion="reduce")
        try:
            for scheme in options.schemes:
                # Before pages load: controls of a page already drawn can keep their colours of the other scheme.
                page.emulate_media(color_scheme=scheme)
                for name in _scenes(page, f"http://127.0.0.1:{options.port}/thongtindoingoai", options):
                    _take(page, name, scheme, options)
        except Error as error:
            return f"{error.message}\nStart the portal with make run, or name another PORT than {options.port}."
        browser.close()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}")
    return None


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="pictures of every kind of page")
    parser.add_argument("--port", default=os.environ.get("PORT") or "8000")
    parser.add_argument("--kinds", type=_kinds, default=[], help="only these, by commas: not-found,front")
    parser.add_argument(
        "--languages", type=_parts, default=list(LANGUAGES), help=f"only these of {', '.join(LANGUAGES)}"
    )
    parser.add_argument("--sizes", type=_parts, default=list(SIZES), help=",".join(SIZES))
    parser.add_argument("--schemes", type=_parts, default=["light", "dark"], help="only light, or only dark")
    return parser.parse_args()


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",")]


def _kinds(text: str) -> list[str]:
    """Names of kinds, also as they stand in the names of files."""
    return [part.replace("-", " ") for part in _parts(text)]


def _scenes(page: Page, portal: str, options: argparse.Namespace) -> Iterator[str]:
    """Bring one kind of page after the other on the screen, and say its name each time."""
    for language in options.languages:
        places = {**addresses(language), **{kind: f"/{language}/{path}" for kind, path in MORE.items()}}
        for kind in options.kinds or [*places, *SENT, *DRAWN]:
            page.context.clear_cookies()
            if kind == "style":
                _sign_in(page, portal)
            if kind in DRAWN:
                _draw(page, portal, language, kind)
            else:
                page.goto(portal + places[SENT[kind][0] if kind in SENT else kind])
            if kind in SENT:
                if not page.locator(SENT[kind][1]).count():
                    continue  # the original needs no translation
                for field in page.locator("main input[type=password]").all():
                    field.fill("wrong")
                page.locator(SENT[kind][1]).first.click()
                page.wait_for_load_state()
            yield f"{kind.replace(' ', '-')}.{language}"


def _take(page: Page, name: str, scheme: str, options: argparse.Namespace) -> None:
    for size in options.sizes:
        page.set_viewport_size(SIZES[size])
        page.evaluate(LOADED)
        page.screenshot(path=FOLDER / f"{name}.{size}.{scheme}.png", full_page=True)


def _sign_in(page: Page, portal: str) -> None:
    from portal.core.demo.accounts import PASSWORD

    page.goto(f"{portal}/cms/login/")
    page.fill("input[name=username]", "editor")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{portal}/cms/")


def _draw(page: Page, portal: str, language: str, kind: str) -> None:
    """Answers of the portal's own views to what does not happen every day, under an address of the portal."""
    address = f"{portal}/{language}/{kind.replace(' ', '-')}/"
    body = _answer(language, kind)

    def fulfil(route: Route) -> None:
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    page.route(address, fulfil)
    page.goto(address)
    page.unroute(address)


def _answer(language: str, kind: str) -> bytes:
    from portal.core.views import page_not_found, server_error
    from portal.operations.outage import unavailable
    from portal.publishing.visibility import Gone

    request = RequestFactory().get(f"/{language}/{kind}/")
    with translation.override(language):
        if kind == "withdrawn":
            return page_not_found(request, Gone("this page was withdrawn")).content
        if kind == "fault":
            return server_error(request).content
        return unavailable(request, disk_full=kind == "disk full").content


if __name__ == "__main__":
    sys.exit(main())
