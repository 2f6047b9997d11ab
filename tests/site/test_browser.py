"""The site in a real browser: reading, finding one's way, both themes, a phone's width, no script."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.guarding import THEMES, new_page, open_page
from tests.site.parsing import load_own

ADDRESSES = [page.url for page in load_own().pages.pages]


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Yields a guarded page of a wide screen."""
    with open_page(browser, address) as tab:
        yield tab


def test_the_root_leads_to_the_latest_edition(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_url("**/latest/")
    expect(page.locator("h1")).to_be_visible()


def test_home_says_that_nothing_is_binding_and_what_is_due(page: Page, address: str) -> None:
    page.goto(urljoin(address, "latest/"))
    article = page.locator("article")
    expect(article).to_contain_text("Not binding")
    expect(article).to_contain_text("April 26, 2026")
    expect(article).to_contain_text("April 28, 2026")
    expect(article).to_contain_text("no public evidence found")


def test_from_home_to_the_six_month_clause_and_its_source(page: Page, address: str) -> None:
    page.goto(urljoin(address, "latest/"))
    page.locator("article a[href*='#deadline-financing-six-months']").first.click()
    page.wait_for_url("**/framework/deadlines/#deadline-financing-six-months")
    page.locator("#deadline-financing-six-months a[href*='provisions/financing/']").first.click()
    expect(page.locator("h1")).to_contain_text("I.2(b)")
    page.locator(".cm-cites a").first.click()
    note = page.locator(page.url.partition("#")[2] and f"[id='{page.url.partition('#')[2]}']")
    expect(note).to_be_in_viewport()
    note.get_by_text("about this source").click()
    page.wait_for_url("**/reference/sources/**#source-*")
    expect(page.locator(f"[id='{page.url.partition('#')[2]}']")).to_be_in_viewport()


def test_the_theme_can_be_switched_and_is_remembered(page: Page, address: str) -> None:
    page.goto(urljoin(address, "latest/"))
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_role("button", name="Switch to dark").click()
    dark = page.evaluate(paper)
    assert dark != light
    page.goto(urljoin(address, "latest/framework/"))
    assert page.evaluate(paper) == dark
    page.get_by_role("button", name="Switch to light").click()
    assert page.evaluate(paper) == light


@pytest.mark.parametrize("scripts", [True, False])
def test_the_theme_follows_the_reader_s_system_also_without_script(
    browser: Browser, address: str, scripts: bool
) -> None:
    found = []
    for scheme in THEMES:
        tab = new_page(browser, address, color_scheme=scheme, java_script_enabled=scripts)
        tab.goto(urljoin(address, "latest/"))
        found.append(tab.screenshot(clip={"x": 0, "y": 300, "width": 4, "height": 4}))
        tab.close()
    assert found[0] != found[1]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_phone_opens_the_navigation_by_tap_also_without_script(browser: Browser, address: str, scripts: bool) -> None:
    tab = new_page(browser, address, width=360, height=740, has_touch=True, java_script_enabled=scripts)
    tab.goto(urljoin(address, "latest/"))
    nav = tab.get_by_role("navigation", name="Navigation")
    expect(nav).to_be_hidden()
    tab.get_by_role("button", name="Menu").tap()
    expect(nav).to_be_visible()
    tab.keyboard.press("Escape")
    expect(nav).to_be_hidden()
    tab.get_by_role("button", name="Menu").tap()
    nav.get_by_role("link", name="Energy").tap()
    tab.wait_for_url("**/energy/")
    tab.close()


def find_wide(browser: Browser, address: str, urls: list[str]) -> list[tuple[str, int]]:
    """Returns which of these pages, read without script, scroll sideways, and at which width.

    On a phone, and on a screen of 1280 pixels at twice its size, which has 640 of them.
    """
    tab = new_page(browser, address, java_script_enabled=False)
    wide = []
    for url in urls:
        tab.goto(urljoin(address, f"latest/{url}"), wait_until="domcontentloaded")
        expect(tab.locator("article h1")).to_be_visible()
        for width in (640, 360):
            tab.set_viewport_size({"width": width, "height": 740})
            if tab.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((url, width))
    tab.close()
    return wide


def test_every_layout_reads_without_script_and_never_scrolls_sideways(
    browser: Browser, address: str, layouts: list[str]
) -> None:
    assert find_wide(browser, address, layouts) == []


@pytest.mark.audit
def test_every_page_reads_without_script_and_never_scrolls_sideways(browser: Browser, address: str) -> None:
    assert find_wide(browser, address, ADDRESSES) == []
