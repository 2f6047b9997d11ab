"""Tables in a real browser: figures to sort, measures to narrow, tables on a phone, files below them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import Tag
from playwright.sync_api import Browser, Page, expect

from macros.components.tables import CHOICES
from macros.schema.context_kinds import Measure
from macros.schema.figures import Figure
from macros.text.characters import curl_quotes
from tests.conftest import ROOT
from tests.site.guarding import new_page, open_page
from tests.site.parsing import load_own, parse_page

FIGURES = "latest/energy/figures/"
MEASURES = "latest/context/measures/"
TALLEST = 15_000


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    with open_page(browser, address, java_script_enabled=request.param) as opened:
        opened.goto(urljoin(address, MEASURES))
        yield opened


def shown(page: Page) -> list[str]:
    """Returns the ids of the rows that are shown."""
    rows = page.locator(".cm-ledger .cm-entry").filter(visible=True)
    return [str(one.get_attribute("id")) for one in rows.all()]


def column(page: Page, place: int, group: int = 0) -> list[str]:
    """Returns the words of a column in one group of the figures."""
    cells = page.locator(f".cm-ledger tbody >> nth={group}").locator(f".cm-entry > :nth-child({place})")
    return [text.strip() for text in cells.all_inner_texts()]


def test_readers_narrow_the_measures_by_goods_by_whom_and_by_state(page: Page) -> None:
    every = shown(page)
    assert len(every) == len(load_own().catalog.of_kind("measure"))
    goods, whom, state = (page.locator(".cm-narrow fieldset").nth(one) for one in range(3))
    goods.get_by_label("Graphite").check()
    assert {"measure-cn-2023-39", "measure-cn-2025-58"} <= set(shown(page)) < set(every)
    state.get_by_label("Suspended").check()
    assert shown(page) == ["measure-cn-2024-46-2", "measure-cn-2025-58"]
    whom.get_by_label("Japan").check()
    assert shown(page) == ["measure-cn-2025-58"], "a rule for every country applies in Japan"
    for facet in (goods, whom, state):
        facet.get_by_label("All", exact=True).check()
    assert shown(page) == every


def test_the_choice_is_counted_and_kept_in_the_address(browser: Browser, address: str) -> None:
    with open_page(browser, address) as page:
        page.goto(urljoin(address, MEASURES))
        page.get_by_role("radio", name="Tungsten").check()
        expect(page.locator(".cm-narrow output")).to_have_text(re.compile(r"^2 of \d+ shown$"))
        assert page.url.endswith("?only=tungsten")
        page.goto(page.url)
        assert shown(page) == ["measure-cn-2025-10", "measure-cn-jp-flows-2026"]


def test_the_style_sheet_can_hide_for_as_many_choices_as_the_macro_takes() -> None:
    rules = (ROOT / "overrides" / "assets" / "narrow.css").read_text(encoding="utf-8")
    found = re.findall(
        r'\[name="facet-(\d)"\]\[value="(\d+)"\]:checked\) ~ \.cm-table \.cm-entry:not\(\[data-facet-(\d)~="(\d+)"',
        rules,
    )
    every = [(str(facet), str(one)) for facet in (1, 2, 3) for one in range(1, CHOICES + 1)]
    assert found == [(facet, one, facet, one) for facet, one in every]


def test_figures_are_sorted_by_their_headings_within_their_groups(browser: Browser, address: str) -> None:
    with open_page(browser, address) as page:
        page.goto(urljoin(address, FIGURES))
        groups = page.locator(".cm-ledger__group").all_inner_texts()
        names = column(page, 1)
        head = page.locator(".cm-ledger thead")
        head.get_by_role("button", name="Date").click()
        expect(head.locator("[aria-sort]")).to_have_attribute("aria-sort", "ascending")
        days = (
            page.locator(".cm-ledger tbody >> nth=0")
            .locator("time")
            .evaluate_all("(all) => all.map((one) => one.dateTime)")
        )
        assert days == sorted(days)
        head.get_by_role("button", name="Amount").click()
        amounts = column(page, 3)
        dollars = [float(one[1:-8]) for one in amounts if re.fullmatch(r"\$[\d.]+ billion", one)]
        assert len(dollars) > 5
        assert dollars == sorted(dollars)
        head.get_by_role("button", name="Amount").press("Enter")
        expect(head.locator("[aria-sort]")).to_have_attribute("aria-sort", "descending")
        assert [one for one in column(page, 3) if one in amounts[-2:]], "no row is lost"
        head.get_by_role("button", name="What").click()
        assert sorted(column(page, 1)) == sorted(names)
        assert page.locator(".cm-ledger__group").all_inner_texts() == groups


def test_an_address_opens_the_row_that_it_names(browser: Browser, address: str) -> None:
    with open_page(browser, address) as page:
        page.goto(urljoin(address, f"{FIGURES}#figure-gvh-ceiling"))
        row = page.locator("#figure-gvh-ceiling")
        expect(row).to_be_in_viewport()
        expect(row.get_by_text("What is counted")).to_be_visible()
        expect(page.locator("#figure-westinghouse-ceiling").get_by_text("What is counted")).to_be_hidden()


def test_a_link_to_a_row_has_a_preview(browser: Browser, address: str) -> None:
    with open_page(browser, address) as page:
        page.goto(urljoin(address, "latest/context/"))
        page.locator("a[href$='#measure-cn-2025-18']").first.hover()
        panel = page.get_by_role("note", name="Preview: Licenses for seven medium and heavy rare earths")
        expect(panel).to_contain_text("in force")
        assert panel.locator(".cm-peek__line").count() == 2


def test_a_row_has_all_that_its_record_says(built: Path) -> None:
    site = load_own()
    for record in site.catalog.records.values():
        if not isinstance(record, (Figure, Measure)):
            continue
        address, _, anchor = (site.pages.home(record.key) or "").partition("#")
        soup = parse_page(built / "latest" / address / "index.html")
        row = soup.find("tr", id=anchor)
        assert isinstance(row, Tag), record.key
        assert row.find(id=f"{anchor}-name") is not None
        cited = {str(one["href"]).rpartition("#note-")[2] for one in row.select("sup.cm-cites a")}
        assert {one.id for one in record.sources} <= cited, record.key
        links = {one.get_text() for one in row.select("details a.cm-ref")}
        for key in record.about if isinstance(record, Figure) else record.bears_on:
            assert curl_quotes(site.catalog.get(key).name) in links, (record.key, key)


@pytest.mark.parametrize(
    "name", ["energy/figures", "context/measures", "context/figures", "ipef/figures", "compare/matrix"]
)
def test_no_page_of_tables_is_endless_on_a_phone(browser: Browser, address: str, name: str) -> None:
    """The sources at the foot and the series are lists of their own, with their own measure."""
    page = new_page(browser, address, width=360, height=740)
    page.goto(urljoin(address, f"latest/{name}/"))
    aside = page.locator(".cm-sources, .cm-entries").evaluate_all(
        "(all) => all.reduce((sum, one) => sum + one.getBoundingClientRect().height, 0)"
    )
    assert page.evaluate("document.documentElement.scrollHeight") - aside < TALLEST - 2_000
    page.close()


@pytest.mark.parametrize(
    "name",
    [
        *("energy/figures", "context/measures", "compare/tokyo-and-canberra", "compare/prices", "compare/cma-2023"),
        *(
            "energy/projects",
            "framework/provisions",
            "framework/deadlines",
            "ipef/status",
            "compare/finance-and-offtake",
        ),
    ],
)
def test_no_page_scrolls_sideways(browser: Browser, address: str, name: str) -> None:
    page = new_page(browser, address)
    page.goto(urljoin(address, f"latest/{name}/"))
    page.evaluate("for (const one of document.querySelectorAll('article details')) one.open = true")
    for width in (1280, 360, 320):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_two_columns_stay_a_table_on_a_phone_and_three_have_their_headings_once(browser: Browser, address: str) -> None:
    page = new_page(browser, address, width=360, height=740)
    page.goto(urljoin(address, "latest/compare/tokyo-and-canberra/"))
    three, two = page.locator("table.cm-table").all()
    display = "(one) => getComputedStyle(one).display"
    assert two.locator("tbody td").first.evaluate(display) == "table-cell"
    left, right = (two.locator("tbody tr").first.locator("th, td").nth(one).bounding_box() for one in (0, 1))
    assert left
    assert right
    assert right["x"] >= left["x"] + left["width"] - 1
    name, first, second = (
        three.locator("tbody tr").first.locator("th, td").nth(one).bounding_box() for one in range(3)
    )
    assert name
    assert first
    assert second
    assert first["y"] >= name["y"] + name["height"] - 1, "the values stand below the name"
    assert (first["y"], first["x"]) < (second["y"] + 1, second["x"]), "side by side"
    expect(three.get_by_role("columnheader", name="Canberra")).to_be_visible()
    before = three.locator("tbody td").first.evaluate("(one) => getComputedStyle(one, '::before').content")
    assert before in ("none", "normal"), "no label is said again in each row"
    page.close()


def test_the_frame_of_a_wide_table_has_a_name_and_can_be_reached(browser: Browser, address: str) -> None:
    page = new_page(browser, address, width=360, height=740)
    page.goto(urljoin(address, FIGURES))
    page.evaluate("for (const one of document.querySelectorAll('article details')) one.open = true")
    frame = page.get_by_role("region", name="Table: Japan\u2019s LNG imports by origin")
    assert frame.evaluate("(one) => one.scrollWidth > one.clientWidth")
    frame.focus()
    expect(frame).to_be_focused()
    page.close()


def test_below_a_table_is_the_file_that_it_comes_from(built: Path) -> None:
    files = set()
    for name in ("energy/figures", "context/measures", "energy/projects", "compare/matrix", "framework/provisions"):
        place = built / "latest" / name
        soup = parse_page(place / "index.html")
        links = soup.select(".cm-file a[download]")
        assert links, name
        for link in links:
            file = (place / str(link["href"])).resolve()
            assert file.is_file(), (name, link["href"])
            files.add(file.name)
    assert files == {f"{one}.csv" for one in ("figure", "series", "measure", "project", "instrument", "provision")}
