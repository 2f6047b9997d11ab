"""The diagrams in a real browser: without script, and never wider than a phone."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, expect

from tests.site.guarding import new_page


@pytest.mark.parametrize("name", ["framework/deadlines", "ipef/partners", "framework"])
def test_no_diagram_is_wider_than_a_phone(browser: Browser, address: str, name: str) -> None:
    page = new_page(browser, address, width=360, height=800)
    page.goto(urljoin(address, f"latest/{name}/"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()


def test_a_box_of_the_text_leads_to_its_paragraph(browser: Browser, address: str) -> None:
    page = new_page(browser, address, java_script_enabled=False)
    page.goto(urljoin(address, "latest/framework/"))
    box = page.locator(".cm-anatomy__box", has_text="due April 28, 2026")
    box.click(position={"x": 4, "y": 4})
    expect(page.locator("h1")).to_contain_text("I.2(b)")
    page.close()


def test_the_colour_of_a_box_is_that_of_its_subject_which_it_also_names(browser: Browser, address: str) -> None:
    page = new_page(browser, address)
    page.goto(urljoin(address, "latest/framework/"))
    colours: dict[str, set[str]] = {}
    for box in page.locator(".cm-anatomy__box").all():
        colour = str(box.evaluate("one => getComputedStyle(one).borderLeftColor"))
        colours.setdefault(box.locator(".cm-anatomy__subject").inner_text(), set()).add(colour)
    assert len(colours) == 7
    assert len({colour for found in colours.values() for colour in found}) == 7
    page.close()


def test_the_clocks_and_the_grid_say_what_was_not_found(browser: Browser, address: str) -> None:
    page = new_page(browser, address, java_script_enabled=False)
    page.goto(urljoin(address, "latest/framework/deadlines/"))
    clocks = page.locator("#picture-clocks")
    expect(clocks).to_contain_text("no public evidence found")
    expect(clocks).to_contain_text("no date until then")
    clocks.get_by_role("link", name="Bilateral investment ministerial").first.click()
    assert page.url.endswith("#deadline-ministerial-180-days")
    page.goto(urljoin(address, "latest/ipef/partners/"))
    row = page.locator(".cm-bound tbody tr", has_text="Viet Nam")
    assert row.locator("td").all_inner_texts() == ["not found"] * 4
    page.close()
