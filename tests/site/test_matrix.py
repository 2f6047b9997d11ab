"""The matrix of papers and features in a real browser: readers tick its columns, with and without script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from macros.components.matrices import COLUMNS
from tests.conftest import ROOT
from tests.site.guarding import new_page, open_page

MATRIX = "latest/compare/matrix/"
FIRST = ["The Framework"]
FIRST += [f"U.S.\u2013{one}" for one in ("Australia framework", "Malaysia memorandum", "Thailand memorandum")]


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    with open_page(browser, address, java_script_enabled=request.param) as opened:
        opened.goto(urljoin(address, MATRIX))
        yield opened


def heads(page: Page) -> list[str]:
    """Returns the names of the columns that are shown."""
    shown = page.locator("#matrix thead th").filter(visible=True).all_inner_texts()
    return [f"{name[:1].upper()}{name[1:]}" for name in shown[1:]]


def cells(page: Page, feature: str) -> Locator:
    """Returns the cells of a feature that are shown."""
    return page.locator("#matrix tbody tr", has=page.get_by_role("rowheader", name=feature)).locator("td:visible")


def test_readers_tick_the_columns_that_they_want(page: Page) -> None:
    assert heads(page) == FIRST
    assert cells(page, "recycling").count() == 4
    page.locator("#matrix").get_by_label(FIRST[2]).uncheck()
    assert heads(page) == [FIRST[0], FIRST[1], FIRST[3]]
    page.get_by_text("More instruments to compare").click()
    page.locator("#matrix").get_by_label("FORGE").check()
    assert heads(page) == [FIRST[0], FIRST[1], FIRST[3], "FORGE"]
    assert cells(page, "energy").count() == 4
    for name in (FIRST[0], FIRST[1], FIRST[3], "FORGE"):
        page.locator("#matrix").get_by_label(name).uncheck()
    expect(page.get_by_text("No instrument is ticked")).to_be_visible()


def test_a_note_opens_by_the_keyboard_and_all_of_them_by_a_box(page: Page) -> None:
    first = page.locator(".cm-aside:visible").first
    note = first.locator(".cm-note")
    expect(note).to_be_hidden()
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    page.keyboard.press("Enter")
    expect(note).to_be_hidden()
    page.get_by_label("Show every note").check()
    expect(note).to_be_visible()
    expect(first.locator("summary")).to_be_hidden()


def test_paper_has_the_chosen_columns_and_their_notes(page: Page) -> None:
    page.locator("#matrix").get_by_label(FIRST[3]).uncheck()
    page.emulate_media(media="print")
    assert heads(page) == FIRST[:3]
    expect(page.locator(".cm-picks")).to_be_hidden()
    notes = page.locator("#matrix .cm-aside:visible .cm-note")
    assert notes.count() > 5
    for note in notes.all()[:5]:
        expect(note).to_be_visible()


def test_the_choice_is_kept_in_the_address_and_counted(browser: Browser, address: str) -> None:
    page = new_page(browser, address)
    page.goto(urljoin(address, f"{MATRIX}?with=framework.cma-2023.nothing"))
    said = page.locator(".cm-picks output")
    expect(said).to_have_text(re.compile(r"^2 of \d+ instruments shown$"))
    assert heads(page) == [FIRST[0], "2023 Critical Minerals Agreement"]
    box = page.locator("#matrix").get_by_label("2023 Critical Minerals Agreement")
    expect(box).to_be_visible()  # the fold is open, for something in it is ticked
    box.uncheck()
    assert page.url.endswith("?with=framework")
    for name in FIRST[1:]:
        page.locator("#matrix").get_by_label(name).check()
    assert page.url.endswith(MATRIX), "the usual choice needs no address of its own"
    page.locator("fieldset", has_text="Later bilateral texts").get_by_role("link").click()
    expect(said).to_have_text(re.compile("^5 of"))
    page.get_by_role("link", name="Show the agreements next to the Framework").click()
    expect(said).to_have_text(re.compile("^4 of"))
    assert heads(page)[0] == FIRST[0]
    page.close()


def test_a_note_is_shown_where_it_is_pointed_at(browser: Browser, address: str) -> None:
    page = new_page(browser, address, width=1280, height=800)
    page.goto(urljoin(address, MATRIX))
    first = page.locator(".cm-aside:visible").first
    words = first.locator(".cm-note").text_content() or ""
    panel = page.get_by_role("note", name="Note")
    first.locator("summary").hover()
    expect(panel).to_have_text(words)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    page.locator(".cm-picks input").first.focus()
    while not page.evaluate("document.activeElement.matches('.cm-aside > summary')"):
        page.keyboard.press("Tab")
    expect(panel).to_be_hidden()
    page.keyboard.press("Enter")
    expect(panel).to_be_hidden()
    expect(first.locator(".cm-note")).to_be_visible()
    page.close()


@pytest.mark.parametrize("choice", ["", "?with=*"])
@pytest.mark.parametrize("width", [320, 360, 800, 1280])
def test_nothing_is_cut_or_scrolled_sideways_but_the_frame_of_a_wide_table(
    browser: Browser, address: str, width: int, choice: str
) -> None:
    page = new_page(browser, address, width=width, height=800)
    page.goto(urljoin(address, MATRIX))
    if choice:
        every = page.locator(".cm-picks fieldset input").evaluate_all("(all) => all.map((box) => box.value).join('.')")
        page.goto(urljoin(address, f"{MATRIX}?with={every}"))
        assert len(heads(page)) > 20
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    frame = page.locator(".cm-matrix__scroll")
    wider = frame.evaluate("(one) => one.scrollWidth > one.clientWidth")
    assert wider == bool(choice)
    if wider:
        frame.evaluate("(one) => one.scrollTo(900, 500)")
        box = frame.bounding_box()
        corner = page.locator("#matrix thead th").first.bounding_box()
        assert box
        assert corner
        assert abs(box["x"] - corner["x"]) < 2, "the names of the features stay in sight"
        assert abs(box["y"] - corner["y"]) < 3, "and so do those of the papers"
    page.close()


def test_the_style_sheet_can_hide_as_many_columns_as_the_macro_takes() -> None:
    rules = (ROOT / "overrides" / "assets" / "matrix.css").read_text(encoding="utf-8")
    found = re.findall(r"#column-(\d+):not\(:checked\)\) ~ \.cm-matrix__scroll tr > :nth-child\((\d+)\)", rules)
    assert [(int(column), int(child)) for column, child in found] == [(one, one + 1) for one in range(1, COLUMNS + 1)]
