"""A page of the browser that fails its test when a script breaks, a request fails or a request leaves the site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page


@contextmanager
def open_page(
    browser: Browser, address: str, *, width: int = 1280, height: int = 900, **options: Any
) -> Iterator[Page]:
    """Yields an empty page for the site that is served at `address`; sizes in CSS pixels, `options` the context's."""
    size = {"width": width, "height": height}
    context = browser.new_context(**{"viewport": size, "reduced_motion": "reduce"} | options)
    tab = context.new_page()
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("response", lambda one: faults.append(f"{one.status} {one.url}") if one.status >= 400 else None)
    tab.on("request", lambda one: faults.append(one.url) if _is_foreign(one.url, address) else None)
    yield tab
    context.close()
    assert faults == []


def _is_foreign(url: str, address: str) -> bool:
    return urlsplit(url).scheme in ("http", "https") and urlsplit(url).netloc != urlsplit(address).netloc
