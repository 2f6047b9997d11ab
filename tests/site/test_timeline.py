"""The timeline in a real browser: lanes that are drawn and listed, chosen with and without script, light enough."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

TIMELINE = "latest/framework/timeline/"
LIMIT = 80_000  # bytes of the first view, packed


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """Yields the timeline, with and without script."""
    opened = browser.new_page(java_script_enabled=request.param)
    opened.goto(urljoin(address, TIMELINE))
    yield opened
    opened.close()


def test_a_lane_that_is_not_ticked_is_neither_drawn_nor_listed(page: Page) -> None:
    china = page.locator(".cm-moment.cm-lane--china")
    drawn = page.locator("#picture-lanes").get_by_role("group", name="China\u2019s export controls:")
    expect(china.first).to_be_visible()
    expect(drawn).to_be_visible()
    below = page.get_by_role("group", name="Other minerals instruments:")
    before = below.bounding_box()
    page.get_by_role("checkbox", name="China").uncheck()
    expect(china.first).to_be_hidden()
    expect(drawn).to_be_hidden()
    after = below.bounding_box()
    assert before
    assert after
    assert after["y"] < before["y"] - 40, "the lanes below move up"
    expect(page.locator(".cm-moment.cm-lane--framework").first).to_be_visible()


def test_a_year_of_which_nothing_is_left_is_not_shown(page: Page) -> None:
    heading, way = page.locator("#year-1988"), page.locator(".cm-years a[href='#year-1988']")
    expect(heading).to_be_visible()
    page.get_by_role("checkbox", name="Energy").uncheck()
    expect(heading).to_be_hidden()
    expect(way).to_be_hidden()
    expect(page.locator("#year-2023")).to_be_visible()
    for box in page.locator(".cm-lanes input").all():
        box.uncheck()
    expect(page.get_by_text("No box is ticked")).to_be_visible()
    assert page.locator(".cm-year:visible, .cm-moment:visible, .cm-years a:visible").count() == 0


def test_a_stack_leads_to_its_first_entry(page: Page) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda one: faults.append(str(one)))
    stack = page.get_by_role("link", name="Other minerals instruments, February 2026:")
    stack.hover()
    stack.click()
    line = page.locator(f"[id='{urlsplit(page.url).fragment}']")
    expect(line).to_be_in_viewport()
    expect(line).to_contain_text(re.compile(r"February (\d+, )?2026"))
    assert "cm-lane--siblings" in (line.get_attribute("class") or "")
    assert faults == []


def test_the_keyboard_need_not_go_through_the_picture(page: Page) -> None:
    page.get_by_role("link", name="Skip the picture").press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".cm-years a").first).to_be_focused()


def test_each_entry_is_drawn_once(page: Page) -> None:
    lines = page.locator(".cm-moment").count()
    for size in ("wide", "narrow"):
        paths = page.locator(f".cm-drawing--{size} a path").all()
        assert sum((path.get_attribute("d") or "").count("M") for path in paths) == lines


def test_the_choice_of_lanes_is_kept_in_the_address_and_counted(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(urljoin(address, f"{TIMELINE}?lanes=china"))
    expect(page.locator(".cm-moment.cm-lane--framework").first).to_be_hidden()
    shown = page.locator(".cm-moment:visible").count()
    expect(page.locator(".cm-lanes output")).to_contain_text(f"{shown} of ")
    page.get_by_label("IPEF", exact=False).first.check()
    assert page.url.endswith("?lanes=ipef.china")
    page.close()


@pytest.mark.parametrize("width", [320, 360, 620, 1280])
def test_targets_are_large_enough_and_nothing_is_too_wide(browser: Browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(urljoin(address, TIMELINE))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    boxes = [box for one in page.locator("#picture-lanes svg a:visible").all() if (box := one.bounding_box())]
    assert boxes
    assert min(min(box["width"], box["height"]) for box in boxes) >= 23.99
    page.close()


def test_the_first_view_is_light(browser: Browser, address: str, built: Path) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("requestfinished", lambda one: asked.append(one.url))
    page.goto(urljoin(address, TIMELINE), wait_until="networkidle")
    page.close()
    files = [built / urlsplit(url).path.lstrip("/") for url in asked]
    whole = [one / "index.html" if one.is_dir() else one for one in files]
    assert sum(len(gzip.compress(one.read_bytes(), 6)) for one in whole) < LIMIT


def test_the_clocks_on_home_push_no_answer_off_the_first_screen(browser: Browser, address: str) -> None:
    for width, height in ((360, 740), (1280, 800)):
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(urljoin(address, "latest/"))
        for due in page.locator(".cm-glance__due").all():
            expect(due.locator("[aria-hidden]")).to_be_visible()
            box = due.bounding_box()
            assert box
            assert box["y"] + box["height"] <= height
        page.close()
