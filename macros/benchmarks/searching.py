"""What the first query of a reader costs: what a browser fetches for it, and how long it takes to an answer."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Response, sync_playwright

from macros.machine.browser import ensure_browser
from macros.machine.server import serve
from macros.tree import LATEST

_BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


class Query(NamedTuple):
    """The first query of a visit: files fetched, kilobytes of them as servers pack them, seconds until it is answered.

    The seconds are those of a page that is open, from the key that opens the search, on this machine without a network.
    """

    files: int
    kilobytes: float
    seconds: float


def measure_first_queries(site: Path, queries: Sequence[str]) -> Iterator[Query]:
    """Yields what each of these queries costs a reader who has asked nothing before; each finds something."""
    with sync_playwright() as playwright, serve(site) as address:
        browser = playwright.chromium.launch(executable_path=ensure_browser(), args=_BROWSER)
        for words in queries:
            yield _ask(browser, f"{address}{LATEST}/", words)
        browser.close()


def _ask(browser: Browser, url: str, words: str) -> Query:
    fetched: list[Response] = []
    page = browser.new_context().new_page()
    page.goto(url, wait_until="networkidle")
    page.on("response", lambda one: fetched.append(one))  # noqa: PLW0108 - Playwright marks what it is given
    begun = time.perf_counter()
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill(words)
    page.locator(".cm-find__list a").first.wait_for()
    seconds = time.perf_counter() - begun
    page.wait_for_load_state("networkidle")
    kilobytes = sum(len(gzip.compress(one.body(), 6)) for one in fetched) / 1000
    page.context.close()
    return Query(len(fetched), kilobytes, seconds)
