"""Entries that open: by a tap, by the keyboard, by an address, all at once, and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.site.guarding import open_page
from tests.site.test_accessibility import find_faults

ANSWERS = "latest/reference/answers/framework/"
ENTRY = "answer-rely-in-court"
CLOSED = "document.querySelectorAll('.cm-entry:not([open])').length"


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    """Yields a long page of answers on a phone."""
    with open_page(browser, address, width=360, height=740, has_touch=True, is_mobile=True) as tab:
        tab.goto(urljoin(address, ANSWERS))
        yield tab


def body_of(tab: Page, entry: str = ENTRY) -> Locator:
    return tab.locator(f"#{entry} > .cm-entry__body > p").first


def test_a_tap_opens_an_entry_of_which_the_first_sentence_is_seen(phone: Page) -> None:
    summary = phone.locator(f"#{ENTRY} > summary")
    expect(summary.locator(".cm-gist")).to_be_visible()
    expect(body_of(phone)).to_be_hidden()
    summary.tap()
    expect(body_of(phone)).to_be_visible()
    summary.tap()
    expect(body_of(phone)).to_be_hidden()


def test_the_keyboard_opens_an_entry_and_goes_on_to_the_next(phone: Page) -> None:
    first, second = (phone.locator(".cm-entry > summary").nth(place) for place in (0, 1))
    first.focus()
    phone.keyboard.press("Tab")
    expect(second).to_be_focused()
    phone.keyboard.press("Shift+Tab")
    phone.keyboard.press("Enter")
    expect(phone.locator(".cm-entry__body").first).to_be_visible()
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.closest('.cm-entry__body') !== null"), "what opened comes next"


def test_an_address_opens_its_entry(phone: Page, address: str) -> None:
    for anchor in (ENTRY, f"{ENTRY}-name"):
        phone.goto("about:blank")
        phone.goto(urljoin(address, f"{ANSWERS}#{anchor}"))
        expect(body_of(phone)).to_be_in_viewport()
        assert phone.evaluate("document.querySelectorAll('.cm-entry[open]').length") == 1
    phone.evaluate("location.hash = 'answer-who-signed'")
    expect(body_of(phone, "answer-who-signed")).to_be_in_viewport()


def test_a_link_on_the_page_opens_its_entry_also_a_second_time(phone: Page) -> None:
    link = phone.locator(f".cm-entry__body a.cm-ref[href='#{ENTRY}']").first
    link.evaluate("one => { one.closest('.cm-entry').open = true; }")
    for _ in range(2):
        link.tap()
        expect(body_of(phone)).to_be_in_viewport()
        phone.locator(f"#{ENTRY} > summary").tap()
        expect(body_of(phone)).to_be_hidden()


def test_the_search_of_the_browser_opens_what_it_finds(phone: Page, address: str) -> None:
    words = " ".join((body_of(phone).text_content() or "").split()).split(".")[0]
    assert len(words) > 20
    phone.goto("about:blank")
    phone.goto(urljoin(address, f"{ANSWERS}#:~:text={words.replace(' ', '%20').replace(',', '%2C')}"))
    expect(body_of(phone)).to_be_in_viewport()


def test_one_button_opens_and_closes_all_entries(phone: Page) -> None:
    entries = phone.locator(".cm-entry").count()
    assert phone.evaluate(CLOSED) == entries > 50
    phone.get_by_role("button", name=f"Open all {entries} entries").tap()
    assert phone.evaluate(CLOSED) == 0
    assert find_faults(phone) == []
    phone.locator(f"#{ENTRY} > summary").tap()
    phone.get_by_role("button", name="Open all").tap()
    phone.get_by_role("button", name="Close all").tap()
    assert phone.evaluate(CLOSED) == entries


def test_all_entries_are_open_in_print_and_as_they_were_after_it(phone: Page) -> None:
    entries = phone.locator(".cm-entry").count()
    phone.locator(f"#{ENTRY} > summary").tap()
    phone.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert phone.evaluate(CLOSED) == 0
    expect(phone.locator(".cm-cite")).not_to_have_attribute("open", "")
    phone.evaluate("dispatchEvent(new Event('afterprint'))")
    assert phone.evaluate(CLOSED) == entries - 1


def test_without_script_an_address_opens_its_entry_and_print_opens_all(browser: Browser, address: str) -> None:
    with open_page(browser, address, java_script_enabled=False) as tab:
        tab.goto(urljoin(address, f"{ANSWERS}#{ENTRY}"))
        expect(tab.get_by_role("button", name="Open all")).to_have_count(0)
        expect(body_of(tab)).to_be_in_viewport()
        expect(body_of(tab, "answer-who-signed")).to_be_hidden()
        tab.emulate_media(media="print")
        for body in tab.locator(".cm-entry__body").all():
            expect(body).to_be_visible()


def test_a_preview_of_a_closed_entry_says_what_it_says(browser: Browser, address: str) -> None:
    with open_page(browser, address) as tab:
        tab.goto(urljoin(address, ANSWERS))
        gist = " ".join((tab.locator(f"#{ENTRY} .cm-gist").text_content() or "").split())
        link = tab.locator(f".cm-entry__body a.cm-ref[href='#{ENTRY}']").first
        link.evaluate("one => { one.closest('.cm-entry').open = true; }")
        link.hover()
        panel = tab.locator("#cm-peek")
        expect(panel).to_contain_text(gist)
        expect(panel).to_contain_text(tab.locator(f"#{ENTRY}-name").inner_text())
        assert panel.locator("a, summary, [id]").count() == 0


def test_letters_lead_to_publishers(phone: Page, address: str) -> None:
    phone.goto(urljoin(address, "latest/reference/sources/primary/"))
    letter = phone.locator(".cm-jumps a").last
    letter.tap()
    head = phone.locator(f"[id='{phone.url.partition('#')[2]}']")
    expect(head).to_be_in_viewport()
    assert head.inner_text().strip('"“(').upper().startswith(letter.inner_text())
    assert phone.evaluate("document.querySelectorAll('.cm-entry[open]').length") == 0
