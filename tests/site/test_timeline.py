"""The timeline in a real browser: lanes that are drawn and listed, chosen with and without script, light enough."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.site.guarding import measure_height, new_page

TIMELINE = "latest/framework/timeline/"
LIMIT = 75_000  # bytes of the first view, packed
TALLEST = 15_000  # pixels on a phone
WAITS = "(one) => !one.firstElementChild.checkVisibility({ contentVisibilityAuto: true })"  # a month, with its layout


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """Yields the timeline, with and without script."""
    opened = new_page(browser, address, java_script_enabled=request.param)
    opened.goto(urljoin(address, TIMELINE))
    yield opened
    opened.close()


def wait_until_laid(page: Page) -> None:
    """Returns when no month waits with its layout. What is far can be clicked then: nothing moves any more."""
    page.wait_for_function(f"() => ![...document.querySelectorAll('.cm-timeline:not(details *)')].some({WAITS})")


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


def test_what_a_choice_empties_is_not_shown(page: Page) -> None:
    """A year, a month, a folded year, and their places in the list of years."""
    emptied = [page.locator("details", has=page.locator("#year-1988")), page.locator("#month-2026-05")]
    emptied += [page.locator(f".cm-years a[href='#{one}']") for one in ("year-1988", "month-2026-05")]
    for one in emptied:
        expect(one).to_be_visible()
    for name in ("Energy", "The Framework", "China"):
        page.get_by_role("checkbox", name=name).uncheck()
    for one in emptied:
        expect(one).to_be_hidden()
    expect(page.locator("#month-2026-02")).to_be_visible()
    expect(page.locator("details", has=page.locator("#year-2023"))).to_be_visible()
    for box in page.locator(".cm-lanes input").all():
        box.uncheck()
    expect(page.get_by_text("No box is ticked")).to_be_visible()
    assert page.locator(":is(.cm-year, .cm-month, .cm-moment, .cm-years a):visible").count() == 0


def test_a_count_is_of_what_is_shown(page: Page) -> None:
    count = page.locator("#month-2026-02 .cm-count")
    expect(count).to_have_text(re.compile(r"^\d+ entries$"))
    page.get_by_role("checkbox", name="Energy").uncheck()
    left = page.locator("#month-2026-02 + ol > .cm-moment:visible").count()
    if count.is_visible():
        expect(count).to_have_text(re.compile(rf"^{left} of \d+ entries$"))
    else:
        assert page.locator(".cm-has .cm-count:visible").count() == 0, "without script a wrong count is no count"


def test_the_list_is_open_back_to_the_month_of_the_signing(page: Page) -> None:
    days = [str(one.get_attribute("datetime")) for one in page.locator(".cm-moment time:visible").all()]
    assert days == sorted(days, key=lambda day: ((day + "-01-01")[:10], -len(day)), reverse=True), "newest first"
    assert days[-1].startswith("2025-10")
    older = page.locator(".cm-moment time").all()[len(days) :]
    assert older
    assert all(str(one.get_attribute("datetime")) < "2025-10" for one in older)
    fold = page.locator("details", has=page.locator("#year-2024"))
    expect(fold.locator("summary")).to_have_text(re.compile(rf"2024 {fold.locator('.cm-moment').count()} entries"))
    wait_until_laid(page)
    fold.locator("summary").click()
    expect(fold.locator(".cm-moment").first).to_be_visible()


def test_an_address_opens_what_holds_it(address: str, page: Page) -> None:
    page.locator(".cm-years a[href='#year-2024']").click()
    expect(page.locator("#year-2024 > .cm-moment").first).to_be_in_viewport()
    expect(page.get_by_role("heading", name="2024")).to_be_in_viewport()
    folded = str(page.locator("#year-2023 > .cm-moment[id]").first.get_attribute("id"))
    for url in (f"{TIMELINE}#{folded}", f"{TIMELINE}#earlier-2025"):
        page.goto("about:blank")
        page.goto(urljoin(address, url))
        expect(page.locator(f"[id='{url.partition('#')[2]}']")).to_be_in_viewport()


@pytest.mark.parametrize("width", [1280, 360])
def test_a_stack_of_an_earlier_year_opens_it(browser: Browser, address: str, width: int) -> None:
    page = new_page(browser, address, width=width, height=740, java_script_enabled=False)
    page.goto(urljoin(address, TIMELINE))
    earlier = page.get_by_text("Earlier, by half-year")
    if width == 360:
        earlier.click()
    else:
        expect(earlier).to_be_hidden()
    page.get_by_role("link", name=re.compile("^IPEF, .*2023")).first.click()
    line = page.locator(f"[id='{urlsplit(page.url).fragment}']")
    expect(line).to_be_in_viewport()
    expect(line).to_contain_text("2023")
    page.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with script", "without script"])
def test_paper_has_the_whole_list_and_names_the_sources(browser: Browser, address: str, scripts: bool) -> None:
    page = new_page(browser, address, java_script_enabled=scripts)
    page.goto(urljoin(address, TIMELINE))
    oldest = page.locator(".cm-moment").last
    names = "".join((oldest.locator("strong").text_content() or "").split())
    source = "".join((oldest.locator(".cm-from a").first.get_attribute("aria-label") or "").split())
    printed = "".join("".join(one.extract_text().split()) for one in PdfReader(BytesIO(page.pdf())).pages)
    page.close()
    assert names in printed
    assert f"[{source}]" in printed


def test_the_page_is_not_too_tall_for_a_phone(browser: Browser, address: str) -> None:
    page = new_page(browser, address, width=360, height=740)
    page.goto(urljoin(address, TIMELINE))
    assert measure_height(page) <= TALLEST
    page.close()


@pytest.fixture
def restless(browser: Browser, address: str) -> Iterator[Page]:
    """Yields the timeline on a phone in a browser that never comes to rest."""
    opened = new_page(browser, address, width=360, height=740)
    opened.add_init_script("window.requestIdleCallback = () => 0;")
    opened.goto(urljoin(address, TIMELINE))
    yield opened
    opened.close()


def test_a_month_out_of_sight_is_laid_out_when_it_comes_near_or_is_asked_for(restless: Page, address: str) -> None:
    last = restless.locator(".cm-timeline:visible").last
    assert last.evaluate(WAITS)
    last.scroll_into_view_if_needed()
    restless.wait_for_function(f"(one) => !({WAITS})(one)", arg=last.element_handle())
    restless.goto("about:blank")
    restless.goto(urljoin(address, f"{TIMELINE}#year-2025"))
    expect(restless.locator("#year-2025")).to_be_in_viewport()
    assert not last.evaluate(WAITS), "all that is above a place has its height"


def test_at_rest_every_month_has_its_height_and_nothing_moves_under_a_finger(browser: Browser, address: str) -> None:
    page = new_page(browser, address, width=360, height=740)
    page.goto(urljoin(address, TIMELINE))
    wait_until_laid(page)
    fold = page.locator("summary", has=page.locator("h2", has_text="2024"))
    fold.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
    frames = """async (one) => {
      const places = [];
      for (let frame = 0; frame < 10; frame += 1) {
        places.push(one.getBoundingClientRect().y);
        await new Promise(requestAnimationFrame);
      }
      return places;
    }"""
    assert len(set(fold.evaluate(frames))) == 1
    page.close()


def test_a_stack_leads_to_its_first_entry(page: Page) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda one: faults.append(str(one)))
    stack = page.get_by_role("link", name="Other minerals instruments, February 2026:")
    stack.hover()
    stack.click()
    line = page.locator(f"[id='{urlsplit(page.url).fragment}']")
    expect(line).to_be_in_viewport()
    expect(line).to_contain_text(re.compile(r"Feb\. (\d+, )?2026"))
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
    page = new_page(browser, address)
    page.goto(urljoin(address, f"{TIMELINE}?lanes=china"))
    expect(page.locator(".cm-moment.cm-lane--framework").first).to_be_hidden()
    chosen, every = page.locator(".cm-moment.cm-lane--china").count(), page.locator(".cm-moment").count()
    expect(page.locator(".cm-lanes output")).to_have_text(f"{chosen} of {every} entries")
    page.get_by_label("IPEF", exact=False).first.check()
    assert page.url.endswith("?lanes=ipef.china")
    page.close()


def test_targets_are_large_enough_and_nothing_is_too_wide(browser: Browser, address: str) -> None:
    page = new_page(browser, address)
    page.goto(urljoin(address, TIMELINE))
    for width in (320, 360, 620, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        sizes = page.locator("#picture-lanes svg a").evaluate_all(
            "all => all.map((one) => one.getBoundingClientRect()).map((one) => [one.width, one.height])"
        )
        shown = [size for size in sizes if size != [0, 0]]
        assert shown
        assert min(min(size) for size in shown) >= 23.99
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


def test_the_clocks_on_home_are_where_there_is_room_for_them(browser: Browser, address: str) -> None:
    for width, shown in ((360, False), (1280, True)):
        page = new_page(browser, address, width=width, height=800)
        page.goto(urljoin(address, "latest/"))
        small = page.locator(".cm-glance__due [aria-hidden]").all()
        assert len(small) == 2
        assert [one.is_visible() for one in small] == [shown] * 2
        page.close()
