"""Pictures on the built site: named for listeners, the same as a table, the theme's colours, a phone's width, links."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, expect

from macros.charts.points import Point
from macros.schema.figures import Series, format_number
from tests.site.guarding import THEMES, new_page
from tests.site.parsing import load_own

SITE = load_own()
SERIES = {one.id: one for one in SITE.catalog.of_kind("series") if isinstance(one, Series)}
OF_THE_SITE = re.compile(r"none|currentcolor|transparent|var\(--cm-[a-z-]+\)|url\(#[a-z0-9-]+\)", re.IGNORECASE)
COLOUR = re.compile(r"(?:fill|stroke|stop-color|color)\s*[:=]\s*\"?([^\";>]+)")
LNG = "latest/energy/lng-supply/"
PROJECTS = "latest/energy/projects/"


@pytest.fixture(scope="module")
def pages(built: Path) -> dict[str, BeautifulSoup]:
    """Returns the pages with pictures on them, by their address."""
    found = {}
    for path in sorted((built / "latest").rglob("index.html")):
        html = path.read_text(encoding="utf-8")
        if "cm-picture__drawing" in html:
            found[f"{path.parent.relative_to(built).as_posix()}/"] = BeautifulSoup(html, "lxml")
    assert len(found) >= 6
    return found


def drawings(pages: dict[str, BeautifulSoup]) -> list[tuple[str, Tag]]:
    return [(url, one) for url, soup in pages.items() for one in soup.select("svg.cm-drawing")]


def test_every_drawing_says_what_it_is_by_ids_of_its_own(pages: dict[str, BeautifulSoup]) -> None:
    for url, soup in pages.items():
        twice = [name for name, count in Counter(str(one["id"]) for one in soup.select("[id]")).items() if count > 1]
        assert twice == [], url
    for url, drawing in drawings(pages):
        if drawing.get("aria-hidden") == "true":  # a scale above drawings that say what it measures
            assert [one for one in drawing.find_next_siblings() if one.select("svg[role]")], url
            continue
        assert drawing["role"] == ("group" if drawing.find("a") else "img"), url
        named = [drawing.find(id=name) for name in str(drawing["aria-labelledby"]).split()]
        assert [one.name for one in named if one] == ["title", "desc"], url
        assert all(len(one.get_text(strip=True)) > 3 for one in named if one), url
        references = re.findall(r"url\(#([^)]+)\)", str(drawing))
        assert all(drawing.find(id=name) for name in references), url


def test_no_drawing_has_a_colour_or_a_font_of_its_own(pages: dict[str, BeautifulSoup]) -> None:
    for url, drawing in drawings(pages):
        foreign = [one for one in COLOUR.findall(str(drawing)) if not OF_THE_SITE.fullmatch(one.strip())]
        assert foreign == [], url
        assert "font-family" not in str(drawing), url


def test_every_chart_says_every_value_of_its_record_in_the_drawing_and_in_the_table(
    pages: dict[str, BeautifulSoup],
) -> None:
    seen = 0
    for url, soup in pages.items():
        for figure in soup.select("figure.cm-picture"):
            record = SERIES.get(str(figure["id"]).removeprefix("picture-"))
            if record is None:
                continue
            seen += 1
            table = figure.select_one("table")
            assert table is not None, url
            bodies = [figure.select_one(f"svg.cm-drawing--{size}") for size in ("narrow", "wide")]
            for row in record.rows:
                (line,) = [one for one in table.select("tbody tr") if said(one.th) == row.label]
                for value in row.values:
                    words = "not found" if value is None else format_number(value)
                    assert words in line.get_text(" "), (url, row.label)
                    assert all(words in said(body).replace("notfound", "not found") for body in bodies), (
                        url,
                        row.label,
                    )
                if row.limit.value == "up-to":
                    limited = Point(row.label, row.values[0], row.values[0], row.limit, "", ()).words
                    assert all(limited in said(body) for body in bodies), (url, row.label)
                    assert all(body and body.select_one("[fill*='-hatch']") for body in bodies), (url, row.label)
            for cited in record.sources:
                assert figure.select_one(f"a[href='#note-{cited.id}']"), (url, cited.id)
    assert seen >= 7


def said(element: Tag | None) -> str:
    return element.get_text() if element else ""


def test_maps_and_their_lists_lead_to_the_same_projects(pages: dict[str, BeautifulSoup]) -> None:
    soup = pages[PROJECTS]
    figure = soup.select_one("#picture-projects")
    assert figure is not None
    marks = {(str(one["href"]), said(one)) for one in figure.select("svg a")}
    listed = {(str(one.a["href"]), said(one.select_one(".cm-key"))) for one in figure.select("ol.cm-keys li") if one.a}
    assert marks == listed
    assert len(marks) >= 15
    kinds = ("lng", "gas", "nuclear", "fusion", "oil")
    count = sum(len(SITE.catalog.select("project", {"topic": kind})) for kind in kinds)
    assert len(figure.select(".cm-keys li")) == count, "none is left out"
    assert len(figure.select("tbody tr")) == count


def test_a_number_on_a_map_leads_to_its_project(browser: Browser, address: str) -> None:
    tab = new_page(browser, address, width=1280, height=900)
    tab.goto(urljoin(address, PROJECTS))
    tab.locator(".cm-picture svg a[aria-label$='Alaska LNG']").first.click()
    tab.wait_for_url("**/energy/projects/alaska-lng/")
    expect(tab.locator("h1")).to_contain_text("Alaska LNG")
    tab.close()


def test_the_theme_changes_the_colours_of_a_drawing(browser: Browser, address: str) -> None:
    found = []
    for scheme in THEMES:
        tab = new_page(browser, address, color_scheme=scheme)
        tab.goto(urljoin(address, LNG))
        colour = "selector => getComputedStyle(document.querySelector(selector)).fill"
        selectors = ("#picture-lng-origin-2024 path[fill]", "#picture-lng-origin-2024 text")
        found.append([tab.evaluate(colour, selector) for selector in selectors])
        tab.close()
    assert all(light != dark for light, dark in zip(*found, strict=True))


def test_a_phone_gets_the_narrow_drawing_and_every_word_can_be_read(
    browser: Browser, address: str, pages: dict[str, BeautifulSoup]
) -> None:
    tab = new_page(browser, address, width=360, height=740)
    for url in pages:
        tab.goto(urljoin(address, url))
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360, url
        small = tab.evaluate(
            """() => [...document.querySelectorAll('.cm-picture__drawing svg')].flatMap(svg => {
                const scale = svg.clientWidth / svg.viewBox.baseVal.width;
                return [...svg.querySelectorAll('text')]
                    .filter(text => text.getBoundingClientRect().width)
                    .map(text => [text.textContent, parseFloat(getComputedStyle(text).fontSize) * scale])
                    .filter(([, size]) => size < 10.95);
            })"""
        )
        assert small == [], url
        beyond = tab.evaluate(
            """() => [...document.querySelectorAll('.cm-picture__drawing text')]
                .filter(text => text.getBoundingClientRect().right > innerWidth).map(text => text.textContent)"""
        )
        assert beyond == [], url
    tab.close()


def test_one_size_of_each_chart_is_shown_the_wide_one_where_there_is_room(browser: Browser, address: str) -> None:
    for width, size in ((360, "narrow"), (1280, "wide")):
        tab = new_page(browser, address, width=width, height=800)
        tab.goto(urljoin(address, LNG))
        shown = tab.locator("#picture-lng-origin-2024 svg:visible")
        expect(shown).to_have_count(1)
        expect(shown).to_have_class(re.compile(f"cm-drawing--{size}"))
        tab.close()


def test_on_paper_the_table_is_there_without_being_opened(browser: Browser, address: str) -> None:
    tab = new_page(browser, address)
    tab.goto(urljoin(address, LNG))
    row = tab.locator("#picture-lng-origin-2024 tbody tr").first
    expect(row).to_be_hidden()
    tab.emulate_media(media="print")
    expect(row).to_be_visible()
    tab.close()
