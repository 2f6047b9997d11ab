"""How far a reader scrolls on a phone: no page is longer than some twenty screens while it stands as it opens."""

from __future__ import annotations

from urllib.parse import urljoin

from playwright.sync_api import Browser

from tests.site.guarding import open_page
from tests.site.test_browser import ADDRESSES

LONGEST = 15_000
# Lists of publications, which a reader looks things up in.
_LISTS = "reference/sources/"
_LONGEST_LIST = 20_000


def test_no_page_is_too_tall_for_a_phone(browser: Browser, address: str) -> None:
    tall: list[str] = []
    with open_page(browser, address, width=360, height=740) as tab:
        for url in ADDRESSES:
            tab.goto(urljoin(address, f"latest/{url}"))
            height = int(tab.evaluate("document.documentElement.scrollHeight"))
            assert height > 740, f"{url} is all but empty"
            if height > (_LONGEST_LIST if url.startswith(_LISTS) else LONGEST):
                tall.append(f"{url}: {height}")
    assert tall == []
