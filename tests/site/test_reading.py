"""Reading help in a real browser: what stands at the foot of a page, shown where it is pointed at."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.site.guarding import new_page, open_page

PROVISION = "latest/framework/provisions/financing/"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Yields a provision's page on a screen with mouse and keyboard."""
    with open_page(browser, address) as tab:
        tab.goto(urljoin(address, PROVISION))
        yield tab


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    """Yields a provision's page on a phone."""
    with open_page(browser, address, width=360, height=740, has_touch=True, is_mobile=True) as tab:
        tab.goto(urljoin(address, PROVISION))
        yield tab


def note_of(tab: Page, number: Locator) -> Locator:
    """Returns the note at the foot to which a source's number leads."""
    return tab.locator(f"[id='{(number.get_attribute('href') or '')[1:]}']")


def test_a_number_shows_its_note_under_the_mouse_and_lets_it_be_entered_and_dismissed(page: Page) -> None:
    number, panel = page.locator(".cm-cites > a").first, page.locator("#cm-peek")
    assert number.get_attribute("title") is None
    note = note_of(page, number)
    number.hover()
    expect(panel).to_be_visible()
    for part in (".cm-note-publisher", "cite", "time", ".cm-kind"):
        expect(panel).to_contain_text(note.locator(part).first.inner_text())
    expect(panel).to_contain_text(number.get_attribute("data-at") or "no place is cited")
    expect(number).to_have_attribute("aria-describedby", "cm-peek")
    panel.hover()
    page.wait_for_timeout(600)
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(number).not_to_have_attribute("aria-describedby", "cm-peek")
    number.hover()
    expect(panel).to_be_visible()
    page.mouse.move(5, 5)
    expect(panel).to_be_hidden()


def test_a_number_is_one_stop_and_enter_shows_its_note_and_then_goes_there(page: Page) -> None:
    numbers, panel = page.locator(".cm-cites > a"), page.locator("#cm-peek")
    first, second = numbers.nth(0), numbers.nth(1)
    page.keyboard.press("Tab")
    first.focus()
    page.wait_for_timeout(600)
    expect(panel).to_be_hidden()
    page.keyboard.press("Tab")
    expect(second).to_be_focused()
    page.keyboard.press("Shift+Tab")
    before = page.url
    page.keyboard.press("Enter")
    expect(panel).to_be_visible()
    expect(first).to_be_focused()
    expect(page.locator(".cm-article > [aria-live]")).to_contain_text(panel.locator("cite").inner_text())
    assert page.url == before
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(panel).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#cm-peek') !== null")
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(panel).to_be_visible()
    page.keyboard.press("Enter")
    expect(panel).to_be_hidden()
    expect(note_of(page, first)).to_be_in_viewport()


def test_a_tap_on_a_number_shows_its_note_with_the_way_to_the_foot(phone: Page) -> None:
    panel, before = phone.locator("#cm-peek"), phone.url
    numbers = phone.locator(".cm-cites > a:visible")
    for place in range(0, min(numbers.count(), 24), 4):
        numbers.nth(place).tap()
        expect(panel).to_be_visible()
        box = panel.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        assert box["y"] >= 0
        phone.keyboard.press("Escape")
        expect(panel).to_be_hidden()
    assert phone.url == before
    number = numbers.first
    number.tap()
    panel.get_by_role("link", name="at the foot").tap()
    expect(panel).to_be_hidden()
    expect(note_of(phone, number)).to_be_in_viewport()


def term_link(tab: Page) -> Locator:
    """Returns the page's first link to a term in its text."""
    return tab.locator(".cm-article td a[href*='#term-']").first


def test_a_term_shows_what_it_means_under_the_mouse_and_at_the_keyboard(page: Page) -> None:
    term, panel = term_link(page), page.locator("#cm-peek")
    entry = page.locator(f"[id='here-{(term.get_attribute('href') or '').partition('#')[2]}']")
    meaning = " ".join((entry.locator("dd").text_content() or "").split())
    assert len(meaning) > 40
    expect(entry).to_be_hidden()
    term.hover()
    expect(panel).to_contain_text(meaning)
    panel.hover()
    page.wait_for_timeout(600)
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    page.mouse.move(5, 5)
    page.keyboard.press("Tab")
    term.focus()
    page.wait_for_timeout(600)
    expect(panel).to_be_hidden()
    page.keyboard.press("Enter")
    expect(panel).to_contain_text(meaning)
    page.keyboard.press("Enter")
    page.wait_for_url("**/reference/terms/**#term-*")


def test_a_tap_on_a_term_shows_what_it_means_with_the_way_to_the_glossary(phone: Page) -> None:
    panel, before = phone.locator("#cm-peek"), phone.url
    term_link(phone).tap()
    expect(panel).to_be_visible()
    box = panel.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert phone.url == before
    panel.get_by_role("link", name="in the glossary").tap()
    phone.wait_for_url("**/reference/terms/**#term-*")


def test_the_terms_of_a_page_stand_open_at_its_foot_on_paper(page: Page) -> None:
    entry = page.locator(".cm-terms dd").first
    expect(entry).to_be_hidden()
    page.emulate_media(media="print")
    expect(entry).to_be_visible()
    box = entry.bounding_box()
    assert box is not None
    assert box["height"] > 10


def test_what_is_folded_is_open_on_paper(page: Page, address: str) -> None:
    page.goto(urljoin(address, "latest/business/buyers/"))
    # Connections stay out on paper, folded or not.
    folded = page.locator(".cm-article .cm-fold:not(.cm-related .cm-fold) > :not(summary)")
    assert folded.count() > 20
    for one in folded.all()[:5]:
        expect(one).to_be_hidden()
    page.emulate_media(media="print")
    for one in folded.all():
        expect(one).to_be_visible()


def test_an_address_within_a_fold_opens_it(page: Page, address: str) -> None:
    page.goto(urljoin(address, "latest/business/buyers/"))
    note = page.locator(".cm-sources__all li").last
    expect(note).to_be_hidden()
    page.goto(urljoin(address, f"latest/business/buyers/#{note.get_attribute('id')}"))
    expect(note).to_be_in_viewport()


def test_without_script_a_number_leads_to_the_foot_and_a_term_to_the_glossary(browser: Browser, address: str) -> None:
    tab = new_page(browser, address, java_script_enabled=False)
    tab.goto(urljoin(address, PROVISION))
    number = tab.locator(".cm-cites > a").first
    number.click()
    expect(note_of(tab, number)).to_be_in_viewport()
    term_link(tab).click()
    tab.wait_for_url("**/reference/terms/**#term-*")
    tab.close()


def test_each_paragraph_of_a_provision_can_be_linked_to(page: Page, address: str) -> None:
    paragraphs = page.locator(".cm-article > p:not([class])")
    found = [one.get_attribute("id") for one in paragraphs.all()]
    assert found == [f"p-{number}" for number in range(1, len(found) + 1)]
    assert len(found) > 3
    paragraph = paragraphs.nth(2)
    link = paragraph.locator("a.headerlink")
    expect(link).to_have_css("opacity", "0")
    paragraph.hover()
    expect(link).to_have_css("opacity", "1")
    assert (link.get_attribute("aria-hidden"), link.get_attribute("tabindex")) == ("true", "-1")
    link.click()
    assert page.url.endswith("#p-3")
    expect(paragraph).to_be_in_viewport()
    page.goto(urljoin(address, "latest/"))
    expect(page.locator("[id^='p-']")).to_have_count(0)


def test_a_link_shows_what_it_leads_to_as_it_is_said_there(page: Page, address: str) -> None:
    link, panel = page.locator(".cm-article dd a[href='../non-binding-clause/']").first, page.locator("#cm-peek")
    link.hover()
    expect(panel).to_be_visible()
    shown = panel.inner_text()
    page.mouse.move(5, 5)
    expect(panel).to_be_hidden()
    due = page.locator(".cm-article a[href='../../deadlines/#deadline-financing-six-months']").first
    page.keyboard.press("Tab")
    due.focus()
    expect(panel).to_contain_text("no public evidence found")
    expect(due).to_have_attribute("aria-describedby", "cm-peek")
    assert panel.locator("a, button, [id]").count() == 0, "a preview holds words only"
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    page.goto(urljoin(address, "latest/framework/provisions/non-binding-clause/"))
    for part in page.locator("h1"), page.locator(".cm-article > p").first:
        words = " ".join(str(part.evaluate(f"one => ({PLAIN})(one)")).split())
        assert words in " ".join(shown.split())


PLAIN = """(one) => {
  const copy = one.cloneNode(true);
  copy.querySelectorAll(".cm-cites, .cm-edit, .headerlink").forEach((part) => part.remove());
  return copy.textContent;
}"""


def test_nothing_is_fetched_for_previews_before_a_link_is_pointed_at(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.reload(wait_until="networkidle")
    assert [url for url in asked if "non-binding" in url] == []
    link = page.locator(".cm-article dd a[href='../non-binding-clause/']").first
    link.hover()
    expect(page.locator("#cm-peek")).to_be_visible()
    page.mouse.move(5, 5)
    expect(page.locator("#cm-peek")).to_be_hidden()
    link.hover()
    expect(page.locator("#cm-peek")).to_be_visible()
    assert len([url for url in asked if "non-binding" in url]) == 1


def test_a_tap_on_a_link_to_a_page_opens_the_page(phone: Page) -> None:
    phone.locator(".cm-article dd a[href='../non-binding-clause/']").first.tap()
    phone.wait_for_url("**/provisions/non-binding-clause/")


def test_from_a_note_at_the_foot_a_button_leads_back(page: Page, phone: Page) -> None:
    number = page.locator(".cm-cites > a").nth(3)
    note = note_of(page, number)
    expect(page.get_by_role("button", name="Back to the text")).to_have_count(0)
    number.click()
    expect(note).to_be_in_viewport()
    note.get_by_role("button", name="Back to the text").click()
    expect(number).to_be_focused()
    expect(number).to_be_in_viewport()
    expect(page.get_by_role("button", name="Back to the text")).to_have_count(0)
    tapped = phone.locator(".cm-cites > a:visible").first
    tapped.tap()
    phone.locator("#cm-peek").get_by_role("link", name="at the foot").tap()
    note_of(phone, tapped).get_by_role("button", name="Back to the text").tap()
    expect(tapped).to_be_in_viewport()


def test_the_way_on_says_when_it_leads_into_another_part(page: Page, address: str) -> None:
    page.goto(urljoin(address, "latest/framework/alert/"))
    expect(page.locator(".cm-pager__next")).to_contain_text("Next · Provisions")
    expect(page.locator(".cm-pager__previous small")).to_have_text("Previous")
