"""Search, in a real browser: what readers type leads to the page that answers, and nothing is fetched before."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from macros.commands.server import serve
from tests.site.guarding import open_page

# What readers type, and an address that must be among the first results. The first of them must be the first.
FIRST = {
    "is it legally binding": "framework/legal-effect/",
    "180 days": "framework/deadlines/",
    "rare earth magnets": "reference/terms/minerals/#term-permanent-magnet",
    "NdFeB": "reference/terms/minerals/#term-permanent-magnet",
    "SMR": "reference/terms/energy/#term-smr",
    "stockpile": "reference/terms/minerals/#term-stockpile",
    "who signed": "framework/parties/",
    "LNG from Alaska": "energy/lng-alaska/",
    "No. 18": "context/general-licences/",
    "offtake": "reference/terms/minerals/#term-offtake",
}
AMONG = {
    "ministerial": "reference/answers/developments/#answer-ministerial-held",
    "small reactors": "energy/smr/",
    "six months": "framework/provisions/financing/",
    "price floor": "reference/terms/minerals/#term-price-floor",
    "Does Japan have to leave Russian LNG?": "energy/russia-sakhalin/",
    "how do I cite this": "reference/answers/using-this-site/#answer-how-to-cite",
    "550 billion": "energy/vehicle/",
    "IPEF entry into force": "reference/answers/ipef/#answer-ipef-in-force",
    "Lynas": "developments/projects/lynas-jare/",
    "Australia": "compare/tokyo-and-canberra/",
    "export ban": "context/measures/",
    "Mayer Brown": "reference/sources/comment/#source-mayerbrown-cma",
}
LIMIT = 300_000


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Page]:
    """Yields the home page, guarded."""
    with open_page(browser, address) as page:
        page.goto(urljoin(address, "latest/"))
        yield page


def ask(page: Page, words: str) -> list[str]:
    """Types the words and returns the addresses of the results, relative to the edition."""
    field = page.get_by_role("searchbox")
    field.fill("")
    expect(page.locator(".cm-find__list li")).to_have_count(0)
    field.fill(words)
    expect(page.get_by_role("status")).to_contain_text("result")
    page.wait_for_function("document.querySelectorAll('.cm-find__list li').length > 0")
    page.wait_for_load_state("networkidle")
    links = page.locator(".cm-find__list a")
    return [str(one.get_attribute("href")).partition("/latest/")[2] for one in links.all()]


def test_what_readers_type_leads_to_what_answers(tab: Page) -> None:
    tab.keyboard.press("/")
    for words, wanted in FIRST.items():
        assert ask(tab, words)[0] == wanted, words
    for words, wanted in AMONG.items():
        assert wanted in ask(tab, words)[:8], words


def test_a_result_says_what_it_is_and_as_at_which_day(tab: Page) -> None:
    tab.keyboard.press("/")
    ask(tab, "financing six months")
    first = tab.locator(".cm-find__list li").first
    expect(first.locator("small")).to_have_text("Provision · as at 30 September 2026")
    expect(first.locator("mark").first).to_be_visible()


def test_the_keyboard_alone_searches_and_follows(tab: Page) -> None:
    opener = tab.get_by_role("link", name="Search")
    opener.focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("searchbox")).to_be_focused()
    tab.keyboard.press("Escape")
    expect(opener).to_be_focused()
    tab.keyboard.press("Control+k")
    ask(tab, "stockpile")
    assert "q=stockpile" in tab.url
    tab.keyboard.press("ArrowDown")
    expect(tab.locator(".cm-find__list a").first).to_be_focused()
    tab.keyboard.press("ArrowUp")
    expect(tab.get_by_role("searchbox")).to_be_focused()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/reference/terms/minerals/#term-stockpile")


def test_an_address_with_words_opens_the_search(tab: Page, address: str) -> None:
    tab.goto(urljoin(address, "latest/energy/?q=Sakhalin"))
    expect(tab.locator(".cm-find__list li").first).to_be_visible()
    tab.keyboard.press("Escape")
    expect(tab).to_have_url(urljoin(address, "latest/energy/"))


def test_nothing_found_says_what_to_do(tab: Page) -> None:
    tab.keyboard.press("/")
    tab.get_by_role("searchbox").fill("xylophone zither")
    expect(tab.get_by_role("status")).to_contain_text("Nothing found")
    tab.get_by_role("status").get_by_role("link").click()
    tab.wait_for_url("**/reference/answers/")


def test_nothing_of_search_is_fetched_before_and_a_query_costs_little(browser: Browser, address: str) -> None:
    page = browser.new_page()
    fetched: list[Response] = []
    page.on("response", lambda one: fetched.append(one))  # noqa: PLW0108 - Playwright marks what it is given
    page.goto(urljoin(address, "latest/framework/"))
    page.wait_for_load_state("networkidle")
    assert not [one.url for one in fetched if "pagefind" in one.url or "search" in one.url]
    fetched.clear()
    page.keyboard.press("/")
    ask(page, "rare earth magnets")
    size = sum(len(gzip.compress(one.body())) for one in fetched)
    print(f"the first query cost {size} bytes in {len(fetched)} answers")
    assert 0 < size <= LIMIT
    page.close()


def test_a_phone_shows_the_results_without_scrolling_sideways(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(urljoin(address, "latest/"))
    page.get_by_role("link", name="Search").click()
    ask(page, "price floor")
    assert page.evaluate("document.querySelector('.cm-find').scrollWidth") <= 360
    page.close()


def test_without_script_the_link_leads_to_the_answers(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(urljoin(address, "latest/"))
    page.get_by_role("link", name="Search").click()
    page.wait_for_url("**/reference/answers/")
    page.close()


def test_a_preview_without_an_index_says_so(browser: Browser, built: Path, tmp_path: Path) -> None:
    (tmp_path / "latest").symlink_to(built / "latest")
    with serve(tmp_path) as url:
        page = browser.new_page()
        page.route("**/pagefind/**", lambda route: route.abort())
        page.goto(urljoin(url, "latest/"))
        page.keyboard.press("/")
        page.get_by_role("searchbox").fill("scrap")
        expect(page.get_by_role("status")).to_contain_text("The search index is not here")
        page.close()
