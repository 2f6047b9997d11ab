"""`weigh`: what each page of the latest edition costs on the wire, in a real browser, from a server that packs."""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urljoin

from playwright.sync_api import Browser, Request, sync_playwright

from macros.machine.browser import ensure_browser
from macros.machine.server import Handler, serve
from macros.problems import UsageError
from macros.tree import Tree

LIGHTHOUSE = "lighthouse@12.8.2"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
HEAVY = 80_000
PAGES = ("", "framework/provisions/financing/", "compare/matrix/", "framework/timeline/")
PACKED = {".html", ".css", ".js", ".svg", ".json", ".xml", ".txt"}
BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
# Layout shifts are summed from the first paint on, as the browser reports them.
WATCH = """new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.shifted = (window.shifted || 0) + one.value;
}).observe({ type: "layout-shift", buffered: true });"""


class PackingHandler(Handler):
    """Serves a folder as hosts do: packed, and kept by the browser."""

    def send_head(self) -> BytesIO | BinaryIO | None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in PACKED or not path.is_file():
            return super().send_head()
        content = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        for name, value in (
            ("Content-Type", f"{self.guess_type(str(path))}; charset=utf-8"),
            ("Content-Encoding", "gzip"),
            ("Content-Length", str(len(content))),
            ("Cache-Control", "max-age=86400"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        return None


@dataclass(frozen=True)
class Weight:
    """What the first view of a page costs: bytes of its HTML and of everything, packed; shift of the layout."""

    url: str
    html: int
    whole: int
    foreign: int
    shift: float


def run(tree: Tree, _options: argparse.Namespace) -> int:
    """Prints medians, the heaviest pages and, where npx is installed, what Lighthouse says of four pages on a phone.

    Returns 1 when Lighthouse was asked and said nothing.
    """
    site = tree.site
    if not (site / "latest" / "index.html").is_file():
        raise UsageError("no site is built: run make site first")
    urls = sorted(str(path.parent.relative_to(site)) for path in (site / "latest").rglob("index.html"))
    with serve(site, PackingHandler) as address:
        for width in (360, 1280):
            with _browser() as browser:
                weights = [_weigh(browser, address, url, width) for url in urls]
            html = statistics.median(one.html for one in weights)
            print(f"{width} px: {len(weights)} pages, HTML {html / 1000:.1f} KB at the median (packed)")
            print(f"  requests to other hosts: {sum(one.foreign for one in weights)}")
            shifted = max(weights, key=lambda one: one.shift)
            print(f"  largest shift of the layout: {shifted.shift:.4f}{f', {shifted.url}' if shifted.shift else ''}")
            print(f"  pages above {HEAVY / 1000:.0f} KB in all: {sum(one.whole > HEAVY for one in weights)}")
            for one in sorted(weights, key=lambda one: one.whole)[-5:]:
                print(f"  {one.whole / 1000:6.1f} KB in all, HTML {one.html / 1000:.1f} KB: {one.url}")
        return 0 if _ask_lighthouse(address) else 1


def _weigh(browser: Browser, address: str, url: str, width: int) -> Weight:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.add_init_script(WATCH)
    requests: list[Request] = []
    page.on("requestfinished", lambda one: requests.append(one))  # noqa: PLW0108 - Playwright marks what it is given
    page.goto(urljoin(address, f"{url}/"), wait_until="networkidle")
    # By address: the page itself is not always the first that is done.
    sizes = {one.url: one.sizes()["responseBodySize"] for one in requests}
    foreign = sum(not one.url.startswith(address) for one in requests)
    shift = float(page.evaluate("window.shifted || 0"))
    context.close()
    return Weight(url, sizes[page.url], sum(sizes.values()), foreign, shift)


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_browser(), args=BROWSER)
        yield browser
        browser.close()


def _ask_lighthouse(address: str) -> bool:
    """Prints its scores; returns whether it has said something of every page, or could not be asked at all."""
    if shutil.which("npx") is None:
        print("Lighthouse: not asked, for npx is not installed")
        return True
    said = True
    chromium = ensure_browser()
    for url in PAGES:
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.json"
            command = ["npx", "--yes", LIGHTHOUSE, urljoin(address, f"latest/{url}"), "--quiet", "--output=json"]
            flags = f"--chrome-flags={' '.join(['--headless=new', *BROWSER])}"
            only = f"--only-categories={','.join(CATEGORIES)}"
            done = subprocess.run(
                [*command, f"--output-path={report}", f"--chrome-path={chromium}", flags, only],
                env=os.environ | {"CHROME_PATH": chromium},  # which its launcher wants beside the option
                capture_output=True,
                text=True,
                check=False,
            )
            if not report.is_file():
                print(f"Lighthouse: no report of {url or 'home'}: {done.stderr.strip()[:300]}")
                said = False
                continue
            found = json.loads(report.read_text(encoding="utf-8"))["categories"]
            scores = ", ".join(f"{name} {round(100 * (found[name]['score'] or 0))}" for name in CATEGORIES)
            print(f"Lighthouse, phone, {url or 'home'}: {scores}")
    return said
