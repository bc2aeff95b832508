"""The Nu Html Checker and Lighthouse on every kind of page in every language of a running portal; prints one table.

    make run &  make check-pages PORT=8000 ARGS="--runs 1 --kinds front,article"

Outside the test suite: it needs node, java and Chromium, and the programs come from npm into var/check. Pages that
search engines may not list are not asked for Lighthouse's SEO category.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import urlopen

from environment import ROOT

sys.path.insert(0, str(ROOT))

from tests.browser.pages import LANGUAGES, addresses
from tests.servers import chromium_path

FOLDER = Path(os.environ.get("VAR_DIR", str(ROOT / "var"))) / "check"
PACKAGES = ("vnu-jar", "lighthouse")
REFUSED = {"not found"}  # Lighthouse does not look at error pages
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def main() -> str | None:
    """Check and print; returns what hindered it or was found, for the terminal."""
    options = _options()
    for program in ("node", "npm", "java"):
        if shutil.which(program) is None:
            return f"{program} is not in PATH: the Nu Html Checker needs java, Lighthouse needs node with npm."
    if chromium_path() is None:
        return "No Chromium: install it (Debian's package chromium), or set CHROMIUM to its path."
    _install()
    try:
        pages = _fetch(options)
    except URLError:
        return f"No portal answers on port {options.port}: start it with make run, or name another PORT."
    errors = _html_errors([file for file, _address in pages.values()])
    print("kind of page | language | HTML errors | performance | accessibility | best practices | SEO")
    faults = sum(map(len, errors.values()))
    for (kind, language), (file, address) in pages.items():
        scores = _lighthouse(address, options.runs) if options.runs else {}
        shown = [scores.get(name, "–") for name in CATEGORIES]
        if options.runs and not scores and kind not in REFUSED:
            faults += 1
            print(f"{kind} in {language}: Lighthouse gave no answer, which counts as a fault")
        faults += sum(score != "–" and score < 100 for score in shown)
        print(" | ".join(map(str, (kind, language, len(errors[file]), *shown))), flush=True)
    for file, messages in errors.items():
        for message in messages:
            print(f"{file.name}: {message}")
    return f"{faults} faults" if faults else None


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Nu Html Checker and Lighthouse on every kind of page")
    parser.add_argument("--port", default=os.environ.get("PORT") or "8000")
    parser.add_argument("--runs", type=int, default=5, help="of Lighthouse, a page; the median counts; 0: only HTML")
    parser.add_argument("--kinds", default="", help="only these, separated by commas")
    return parser.parse_args()


def _install() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not all((FOLDER / "node_modules" / name).is_dir() for name in PACKAGES):
        command = ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", *PACKAGES]
        subprocess.run(command, cwd=FOLDER, check=True)


def _fetch(options: argparse.Namespace) -> dict[tuple[str, str], tuple[Path, str]]:
    """Every kind of page as a file, with its address; error pages too, whose HTML is checked as well."""
    wanted = {kind for kind in options.kinds.split(",") if kind}
    pages = {}
    for language in LANGUAGES:
        for kind, path in addresses(language).items():
            if wanted and kind not in wanted:
                continue
            address = f"http://127.0.0.1:{options.port}/thongtindoingoai{quote(path, safe='/?=&')}"
            file = FOLDER / f"{kind.replace(' ', '-')}.{language}.html"
            try:
                answer = urlopen(address)
            except HTTPError as error:
                answer = error
            file.write_bytes(answer.read())
            pages[kind, language] = (file, address)
    return pages


def _html_errors(files: list[Path]) -> dict[Path, list[str]]:
    """What the Nu Html Checker calls errors, by file."""
    jar = FOLDER / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-jar", jar, "--errors-only", "--format", "json", "--exit-zero-always", *files]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    errors: dict[Path, list[str]] = {file: [] for file in files}
    for message in json.loads(said)["messages"]:
        place = Path(message["url"].removeprefix("file:"))
        errors[place].append(f"line {message.get('lastLine')}: {message['message']}")
    return errors


def _lighthouse(address: str, runs: int) -> dict[str, int]:
    """Median scores of the phone profile; SEO only where the page may be listed."""
    found: dict[str, list[int]] = {name: [] for name in CATEGORIES}
    command = [
        *(FOLDER / "node_modules" / ".bin" / "lighthouse", address, "--quiet", "--output=json"),
        f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]
    for _run in range(runs):
        environment = {**os.environ, "CHROME_PATH": chromium_path()}
        answer = subprocess.run(command, capture_output=True, text=True, env=environment)
        if answer.returncode:
            continue  # a page that got no answer in any run is told and counted by the caller
        report = json.loads(answer.stdout)
        for name in CATEGORIES:
            found[name].append(round((report["categories"][name]["score"] or 0) * 100))
        if report["audits"]["is-crawlable"]["score"] == 0:
            found["seo"].clear()
        (FOLDER / "lighthouse.json").write_text(answer.stdout)
    return {name: round(statistics.median(scores)) for name, scores in found.items() if scores}


if __name__ == "__main__":
    sys.exit(main())
