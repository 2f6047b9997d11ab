"""What keeps a page calm: many numbers behind one button, marks that nobody hears, parts with names of their own."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import Tag
from playwright.sync_api import Browser, expect

from tests.site.guarding import open_page
from tests.site.parsing import parse_page

PROJECT = "latest/energy/projects/alaska-lng/"
# Pages of prose, without entries or years.
PROSE = ("latest/framework/provisions/financing/", "latest/context/story/", PROJECT)


def test_no_place_shows_more_than_three_numbers(built: Path) -> None:
    crowded, gathered = [], 0
    for path in (built / "latest").rglob("index.html"):
        soup = parse_page(path)
        for place in soup.select("article sup.cm-cites"):
            gathered += len(place.select("button"))
            beside = isinstance(place.next_sibling, Tag) and place.next_sibling.name == "sup"
            if beside or len(place.select("sup > a")) > 3:
                crowded.append((path.parent.name, place.get_text(" ", strip=True)))
    assert crowded == []
    assert gathered > 50


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
def test_a_button_opens_the_sources_of_one_place(browser: Browser, address: str, width: int, scripts: bool) -> None:
    with open_page(browser, address, width=width, height=740, java_script_enabled=scripts) as tab:
        tab.goto(urljoin(address, PROJECT))
        place = tab.locator(".cm-box .cm-cites").filter(has=tab.locator("button")).first
        button, opened = place.locator("button"), place.locator("[popover]")
        count = int((button.text_content() or "").split()[0])
        expect(opened).to_be_hidden()
        button.focus()
        tab.keyboard.press("Enter")
        expect(opened).to_be_visible()
        expect(opened.get_by_role("link")).to_have_count(count)
        box = opened.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 740
        tab.keyboard.press("Escape")
        expect(opened).to_be_hidden()
        expect(button).to_be_focused()
        button.click()
        link = opened.get_by_role("link").nth(1)
        note = tab.locator(f"[id='{(link.get_attribute('href') or '')[1:]}']")
        link.click()
        expect(note).to_be_in_viewport()
        if scripts:
            expect(opened).to_be_hidden()
            note.get_by_role("button", name="Back to the text").click()
            expect(button).to_be_focused()
            expect(button).to_be_in_viewport()


@pytest.mark.parametrize("url", PROSE)
def test_headings_are_read_without_their_marks(browser: Browser, address: str, url: str) -> None:
    with open_page(browser, address) as tab:
        tab.goto(urljoin(address, url))
        assert tab.locator("article :is(h1, h2) > a.headerlink").count() > 3
        heard = tab.locator("article").aria_snapshot()
        assert len(re.findall(r"- heading .*level=2", heard)) > 1
        assert "\u00b6" not in heard
        assert "Permanent link" not in heard


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("url", ["latest/", "latest/framework/timeline/", *PROSE])
def test_each_navigation_has_a_name_of_its_own(browser: Browser, address: str, url: str, width: int) -> None:
    with open_page(browser, address, width=width) as tab:
        tab.goto(urljoin(address, url))
        for folded in tab.locator("details.cm-contents:visible > summary").all():
            folded.click()
        if width == 360:
            tab.get_by_role("button", name="Menu").click()
        heard = tab.locator("body").aria_snapshot()
        names = re.findall(r"- navigation(?: \"(.*?)\")?:", heard)
        assert len(names) >= 2
        assert all(names)
        assert len(set(names)) == len(names), names


def test_each_link_to_what_is_said_of_a_source_names_it(browser: Browser, address: str) -> None:
    with open_page(browser, address) as tab:
        tab.goto(urljoin(address, PROJECT))
        tab.locator(".cm-sources details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        notes = tab.locator(".cm-sources ol > li").all()
        assert len(notes) > 6
        for note in notes:
            title = note.locator("cite").inner_text()
            expect(note.get_by_text("about this source")).to_have_accessible_name(f"About this source: {title}")


@pytest.mark.parametrize("width", [360, 1280])
def test_text_boxes_and_tables_share_one_column(browser: Browser, address: str, width: int) -> None:
    with open_page(browser, address, width=width) as tab:
        tab.goto(urljoin(address, PROSE[0]))
        parts = ".cm-article > :is(p:not([class]), h2, .cm-box, .cm-tablewrap, .cm-table, .cm-points, .cm-related)"
        edges = tab.locator(parts).evaluate_all(
            "all => all.map((one) => one.getBoundingClientRect()).map((one) => [one.left, one.right].map(Math.round))"
        )
        assert len(edges) > 12
        assert len({tuple(one) for one in edges}) == 1


def test_headings_are_of_one_family(browser: Browser, address: str) -> None:
    with open_page(browser, address) as tab:
        families = set()
        for url in (*PROSE, "latest/framework/", "latest/context/figures/"):
            tab.goto(urljoin(address, url))
            families |= set(
                tab.locator("article :is(h1, h2, h3, h4, .cm-boxtitle, .cm-picture__title, caption)").evaluate_all(
                    "all => all.map((one) => getComputedStyle(one).fontFamily)"
                )
            )
        assert len(families) == 1
