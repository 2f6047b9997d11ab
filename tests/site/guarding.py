"""Pages of the browser, each as a reader's first, and guarded ones that fail their test when something breaks in them.

A page that is a browser's first takes three times as long as a later one: a process must start, and everything in it is
read, compiled and laid out anew. So pages at one address share a context and its process. Of what a page leaves behind
the next one finds what was fetched, and nothing else: what the site has stored is forgotten when a tab first opens it.
A test of what is fetched or stored takes a page of the browser itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
# By the address that is served as long as they are kept, and by their options.
_KEPT: dict[str, dict[str, BrowserContext]] = {}
# A tab keeps its name while it stays on the site.
_FORGET = """if (window === top && location.protocol === "http:" && !window.name) {
  window.name = "opened";
  localStorage.clear();
}"""


@contextmanager
def keep_contexts(address: str) -> Iterator[None]:
    """Lets pages at an address share what they can; for what is served to many tests, and does not change meanwhile."""
    _KEPT[address] = {}
    yield
    for context in _KEPT.pop(address).values():
        if context.browser and context.browser.is_connected():
            context.close()


def new_page(
    browser: Browser,
    address: str,
    *,
    width: int = 1280,
    height: int = 720,
    color_scheme: Theme = "light",
    reduced_motion: Literal["reduce", "no-preference"] = "no-preference",
    **options: Any,
) -> Page:
    """Returns an empty page for the site that is served at `address`; sizes in CSS pixels, `options` the context's."""
    page = _find_context(browser, address, options).new_page()
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=color_scheme, reduced_motion=reduced_motion)
    return page


def _find_context(browser: Browser, address: str, options: dict[str, Any]) -> BrowserContext:
    """Returns the context for these options: one that is kept at the address, or a new one where none are."""
    if address not in _KEPT:
        return browser.new_context(**options)
    key = repr(sorted(options.items()))
    if key not in _KEPT[address]:
        context = _KEPT[address][key] = browser.new_context(**options)
        context.add_init_script(_FORGET)
        context.new_page().goto(urljoin(address, "nothing-there"))  # a page that stays, and so its process
    return _KEPT[address][key]


@contextmanager
def open_page(browser: Browser, address: str, *, height: int = 900, **options: Any) -> Iterator[Page]:
    """Yields a page as `new_page` returns it, for readers who want little motion, and fails when something breaks.

    That is when a script breaks, a request fails or a request leaves the site.
    """
    tab = new_page(browser, address, height=height, **{"reduced_motion": "reduce"} | options)
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("response", lambda one: faults.append(f"{one.status} {one.url}") if one.status >= 400 else None)
    tab.on("request", lambda one: faults.append(one.url) if _is_foreign(one.url, address) else None)
    yield tab
    if address in _KEPT:
        tab.close()
    else:
        tab.context.close()
    assert faults == []


def measure_height(tab: Page) -> int:
    """Returns how tall a page is, in pixels, with what is out of sight laid out too."""
    return int(
        tab.evaluate("""() => {
        for (const one of document.querySelectorAll(".cm-article *")) {
            if (getComputedStyle(one).contentVisibility === "auto") one.style.contentVisibility = "visible";
        }
        return document.documentElement.scrollHeight;
    }""")
    )


def _is_foreign(url: str, address: str) -> bool:
    return urlsplit(url).scheme in ("http", "https") and urlsplit(url).netloc != urlsplit(address).netloc
