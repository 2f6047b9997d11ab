"""The site in a real browser: reading, finding one's way, both themes, a phone's width, no script."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.site import load_site
from macros.tree import Tree
from tests.conftest import ROOT

ADDRESSES = [page.url for page in load_site(Tree(ROOT)).pages.pages]


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Yields a page of the browser that fails the test on a script error, a failed or a foreign request."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    tab = context.new_page()
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("response", lambda one: faults.append(f"{one.status} {one.url}") if one.status >= 400 else None)
    tab.on("request", lambda one: faults.append(one.url) if foreign(one.url, address) else None)
    yield tab
    context.close()
    assert faults == []


def foreign(url: str, address: str) -> bool:
    """Returns whether a request leaves the site."""
    return urlsplit(url).scheme in ("http", "https") and urlsplit(url).netloc != urlsplit(address).netloc


def test_the_root_leads_to_the_latest_edition(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_url("**/latest/")
    expect(page.locator("h1")).to_be_visible()


def test_home_says_that_nothing_is_binding_and_what_is_due(page: Page, address: str) -> None:
    page.goto(urljoin(address, "latest/"))
    article = page.locator("article")
    expect(article).to_contain_text("Not binding")
    expect(article).to_contain_text("26 April 2026")
    expect(article).to_contain_text("28 April 2026")
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


def test_search_finds_a_provision(page: Page, address: str) -> None:
    page.goto(urljoin(address, "latest/"))
    page.keyboard.press("/")
    page.keyboard.type("stockpiling")
    expect(page.locator(".md-search-result__link").first).to_contain_text("tockpil", ignore_case=True)


def test_the_theme_can_be_switched(page: Page, address: str) -> None:
    page.goto(urljoin(address, "latest/"))
    body = page.locator("body")
    before = body.get_attribute("data-md-color-scheme")
    page.locator("label[for^='__palette_']:visible").first.click()
    expect(body).not_to_have_attribute("data-md-color-scheme", before or "")


def test_no_page_scrolls_sideways_on_a_phone(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    tab = context.new_page()
    wide = []
    for url in ADDRESSES:
        tab.goto(urljoin(address, f"latest/{url}"), wait_until="domcontentloaded")
        if tab.evaluate("document.documentElement.scrollWidth") > 360:
            wide.append(url)
    context.close()
    assert wide == []


def test_every_page_reads_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    for url in ADDRESSES:
        tab.goto(urljoin(address, f"latest/{url}"), wait_until="domcontentloaded")
        expect(tab.locator("article h1")).to_be_visible()
    context.close()
