"""How far a reader scrolls on a phone: no page is longer than some twenty screens while it stands as it opens.

Each run measures the pages with the most on them, and one of each layout; `make audit` every page.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser

from tests.site.guarding import measure_height, open_page
from tests.site.layouts import list_longest
from tests.site.test_browser import ADDRESSES

LONGEST = 15_000
# Lists of publications, which a reader looks things up in.
_LISTS = "reference/sources/"
_LONGEST_LIST = 20_000


def find_tall(browser: Browser, address: str, urls: list[str]) -> list[str]:
    """Returns which of these pages are too tall, and how tall they are."""
    tall: list[str] = []
    with open_page(browser, address, width=360, height=740) as tab:
        for url in urls:
            tab.goto(urljoin(address, f"latest/{url}"))
            height = measure_height(tab)
            assert height > 740, f"{url} is all but empty"
            if height > (_LONGEST_LIST if url.startswith(_LISTS) else LONGEST):
                tall.append(f"{url}: {height}")
    return tall


def test_no_long_page_is_too_tall_for_a_phone(browser: Browser, address: str, built: Path, layouts: list[str]) -> None:
    urls = {*list_longest(built / "latest", 24), *layouts}
    assert find_tall(browser, address, sorted(urls)) == []


@pytest.mark.audit
def test_no_page_is_too_tall_for_a_phone(browser: Browser, address: str) -> None:
    assert find_tall(browser, address, ADDRESSES) == []
