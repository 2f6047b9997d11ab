"""The client brief and the sheets of the draft, and those that editions keep, read as a reader's program does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from macros.brief.brief import Brief, create_brief
from macros.brief.dating import list_deadlines
from macros.brief.notes import MOST
from macros.brief.sheets import Sheet
from macros.brief.typesetting import fit_sheet, typeset_brief, typeset_sheet
from macros.catalog.catalog import plain_words
from macros.schema.actors import Audience
from macros.schema.dates import PartialDate
from macros.schema.instruments import Instrument
from macros.schema.sources import Source
from macros.site.release import Release, open_release
from macros.store.files import BRIEF, sheet_path
from macros.tree import Tree
from tests.conftest import ROOT
from tests.site.parsing import parse_page
from tests.unit.test_briefing import statements

STORED = sorted((ROOT / "editions").glob("*/files/brief*.pdf"))
LETTER = (612, 792)
UPRIGHT = 8  # points from which an upright line is one of a grid or of a day, and no part of a letter


@dataclass(frozen=True)
class Printed:
    """A brief with what it was made of, and as a PDF."""

    release: Release
    brief: Brief
    pdf: PdfReader

    @cached_property
    def pages(self) -> list[str]:
        return [" ".join(page.extract_text().split()) for page in self.pdf.pages]

    @property
    def root(self) -> Any:
        return self.pdf.trailer["/Root"]


@cache
def print_brief() -> Printed:
    """Returns the brief of the draft."""
    release = open_release(Tree(ROOT))
    brief = create_brief(release, str(release.catalog.as_at))
    return Printed(release, brief, PdfReader(BytesIO(typeset_brief(brief, ROOT / ".cache"))))


@cache
def print_sheets() -> list[tuple[Sheet, PdfReader]]:
    """Returns the sheets of the draft, each with its PDF."""
    printed = print_brief()
    release, dated = printed.release, printed.brief.head.dated
    audiences = release.catalog.all(Audience)
    return [
        (
            fit_sheet(release, one, dated),
            PdfReader(BytesIO(typeset_sheet(release, one, dated, ROOT / ".cache"))),
        )
        for one in audiences
    ]


@pytest.fixture
def sheets() -> list[tuple[Sheet, PdfReader]]:
    return print_sheets()


@pytest.fixture
def printed() -> Printed:
    return print_brief()


def elements(node: Any) -> Iterator[Any]:
    """Yields every element of the structure tree."""
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from elements(one)
    elif hasattr(node, "get") and ("/S" in node or node.get("/Type") == "/StructTreeRoot"):
        yield node
        if "/K" in node:
            yield from elements(node["/K"])


def links(pdf: PdfReader) -> set[str]:
    """Returns every address to which the brief leads."""
    found = (note.get_object() for page in pdf.pages for note in page.get("/Annots", []))
    return {str(one["/A"]["/URI"]) for one in found if "/A" in one and "/URI" in one["/A"]}


def test_it_has_at_most_a_dozen_pages_of_paper(printed: Printed) -> None:
    assert 8 <= len(printed.pdf.pages) <= 12
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in printed.pdf.pages} == {LETTER}


def test_the_first_page_is_the_bottom_line_the_dates_and_what_they_mean_for_whom(printed: Printed) -> None:
    first, second = printed.pages[:2]
    brief, release = printed.brief, printed.release
    heads = ["The bottom line".upper(), "The dates, and what they mean for whom", "What it means, by role", "Inside:"]
    places = [first.index(words) for words in (*heads, "1 / ")]
    assert places == sorted(places)
    assert brief.dates
    for one in brief.dates:
        assert one.date in first
    assert any(one.meaning and one.readers for one in brief.dates)
    assert [one.title for one in brief.roles] == [one.name for one in release.catalog.of_kind("audience")]
    assert release.notice in first
    assert release.content_use.split(maxsplit=3)[0] in first
    assert (release.name or "Draft, not an edition") in first
    assert "Questions to raise with counsel" in second[:200]
    assert "MIT" not in " ".join(printed.pages)


def test_what_to_raise_with_counsel_comes_before_the_background(printed: Printed) -> None:
    outline = [str(one.title) for one in printed.pdf.outline if not isinstance(one, list)]
    assert outline[0] == "Questions to raise with counsel"
    assert len(printed.brief.counsel) == len(printed.release.catalog.of_kind("audience"))
    for one in printed.brief.counsel:
        assert one.points
        assert all(point.title.endswith("?") and not point.said.sure for point in one.points)


def test_a_statement_has_a_mark_only_where_it_is_not_verified(printed: Printed) -> None:
    marks = {one["sure"] for one in statements(asdict(printed.brief))}
    assert "verified" not in marks
    assert "from the text" not in marks
    assert "more in the record" not in " ".join(printed.pages)


def test_titles_in_japanese_and_chinese_are_printed_and_tagged_as_such(printed: Printed) -> None:
    foreign = [one for one in printed.brief.notes if one.language in ("ja", "zh") and not one.first]
    text = "".join(printed.pages).replace(" ", "")
    # A paragraph has its language in the structure tree, words inside one where they are drawn.
    drawn: list[Any] = [page.get_contents() for page in printed.pdf.pages]
    tagged = {name.decode() for one in drawn for name in re.findall(rb"/Lang\((\w+)\)", one.get_data())}
    tagged |= {str(one["/Lang"]) for one in elements(printed.root["/StructTreeRoot"]) if "/Lang" in one}
    assert printed.brief.head.title_ja in text
    assert "ja" in tagged
    assert "〓" not in text
    for one in foreign:
        assert one.title.replace(" ", "") in text
        assert one.language in tagged


def test_no_upright_line_runs_through_words(printed: Printed) -> None:
    found = 0
    for page in printed.pdf.pages:
        lines, words = read_lines(page)
        found += len(lines)
        for across, low, high in lines:
            struck = [text for text, left, right, at in words if left + 1 < across < right - 1 and low < at + 3 < high]
            assert not struck, struck
    assert found > 10


def read_lines(page: Any) -> tuple[list[tuple[float, float, float]], list[tuple[str, float, float, float]]]:
    """Returns the upright lines of a page (place, lower and upper end) and its words (left, right, height).

    The width of words is taken as less than it is, so that none is said to be struck that is not.
    """
    lines: list[tuple[float, float, float]] = []
    words: list[tuple[str, float, float, float]] = []
    start: list[float] = []

    def see(operator: bytes, operands: Any, matrix: list[float], _text: Any) -> None:
        if operator == b"m":
            start[:] = place(matrix, *operands)
        elif operator == b"l" and start:
            end = place(matrix, *operands)
            if abs(start[0] - end[0]) < 0.1 and abs(start[1] - end[1]) >= UPRIGHT:
                lines.append((start[0], min(start[1], end[1]), max(start[1], end[1])))

    def hear(text: str, matrix: list[float], inner: list[float], _font: Any, size: float) -> None:
        if len(text.strip()) > 2:  # the number in a mark stands on the mark, which covers the line
            left, height = place(matrix, inner[4], inner[5])
            words.append((text, left, left + 0.35 * size * len(text.strip()), height))

    page.extract_text(visitor_operand_before=see, visitor_text=hear)
    return lines, words


def place(matrix: list[float], across: Any, up: Any) -> list[float]:
    x, y = float(across), float(up)
    return [matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]]


def test_it_is_tagged_titled_and_in_english(printed: Printed) -> None:
    root = printed.root
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"].startswith("en")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert re.search(rb"pdfuaid:part>1<|pdfuaid:part=\"1\"", root["/Metadata"].get_data())
    assert printed.pdf.metadata is not None
    assert printed.pdf.metadata.title == f"Client brief: {printed.release.site_name}"
    named = [one["/S"] for one in elements(root["/StructTreeRoot"]) if "/S" in one]
    assert {"/H1", "/Table", "/TH", "/TD", "/Figure", "/Link", "/P"} <= set(named)


def test_every_figure_is_told_in_words(printed: Printed) -> None:
    figures = [one for one in elements(printed.root["/StructTreeRoot"]) if one.get("/S") == "/Figure"]
    told = [str(one["/Alt"]) for one in figures if "/Alt" in one]
    assert len(told) >= 3
    brief = printed.brief
    assert brief.clocks is not None
    for words in [one.due_words for one in brief.clocks.rows] + [word for one in brief.charts for word in one.words]:
        assert any(words in alt for alt in told), words


def test_the_outline_leads_to_every_section(printed: Printed) -> None:
    outline = [str(one.title) for one in printed.pdf.outline if not isinstance(one, list)]
    assert len(outline) >= 9
    assert "Endnotes" in outline[-1]
    assert all(title in printed.pages[0] for title in outline)


def test_the_first_lines_say_that_it_binds_nobody(printed: Printed) -> None:
    first = printed.pages[0]
    assert first.index("non-binding") < first.index("THE BOTTOM LINE")
    assert printed.brief.head.dated.upper() in first


def test_each_page_says_what_it_is_part_of(printed: Printed) -> None:
    count = len(printed.pdf.pages)
    release = printed.release
    for number, text in enumerate(printed.pages, 1):
        assert f"{number} / {count}" in text
        assert (f"Edition {release.name} · {release.address}" if release.name else "Draft, as of") in text


def test_it_leads_to_sources_and_to_its_own_edition_alone(printed: Printed) -> None:
    sources = printed.release.catalog.of_kind("source")
    release = printed.release
    own = {release.url(sheet_path(one)) for one in release.catalog.of_kind("audience")} if release.name else set()
    known = own | {one.url for one in sources if isinstance(one, Source)} | {printed.brief.head.address}
    assert own <= links(printed.pdf)
    assert links(printed.pdf) <= known
    assert not any("/latest/" in text for text in printed.pages)


def test_it_says_nothing_that_the_records_do_not(printed: Printed) -> None:
    catalog = printed.release.catalog
    written = {" ".join(plain_words(catalog, text).split()) for text in texts(catalog.records)}
    known = "\n".join(written)
    found = list(statements(asdict(printed.brief)))
    assert len(found) > 80
    strange = [one["text"] for one in found if one["text"] not in known]
    assert len(strange) <= 1, strange  # day and place of signature are put together from two fields


def texts(records: Any) -> Iterator[str]:
    """Yields every text that the records hold."""
    for record in records.values():
        stack: list[Any] = [record.model_dump(mode="json")]
        while stack:
            value = stack.pop()
            if isinstance(value, str):
                yield value
            elif isinstance(value, dict):
                stack += value.values()
            elif isinstance(value, list):
                stack += value


def test_dates_are_those_of_the_records(printed: Printed) -> None:
    text = " ".join(printed.pages)
    catalog = printed.release.catalog
    for deadline in list_deadlines(catalog):
        if deadline.due:
            assert deadline.due.short in printed.pages[0]
    papers = [one for one in catalog.all(Instrument) if one.role.value == "ipef"]
    for paper in papers:
        if paper.entry_into_force:
            assert paper.entry_into_force.short in text
    assert not re.search(r"\d{4}-\d{2}-\d{2}", text.replace(printed.release.name or "-", ""))


def test_each_statement_has_its_note_and_each_text_its_place(printed: Printed) -> None:
    brief = printed.brief
    numbers = [one.number for one in brief.notes]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) <= MOST == 60
    assert {one["note"] for one in statements(asdict(brief))} <= set(numbers)
    full = {one.number for one in brief.notes if not one.first}
    for one in brief.notes:
        assert not one.first or one.first in full
        assert one.kind.startswith("secondary") or one.pinpoint, one


def test_nothing_is_empty(printed: Printed) -> None:
    brief = printed.brief
    assert brief.bottom is not None
    assert brief.timeline is not None
    assert brief.around is not None
    assert brief.around.matrix is not None
    assert len(brief.around.matrix.texts) == 4
    assert all([brief.text, brief.deadlines, brief.charts, brief.widest, brief.questions, brief.notes])
    assert [len(points) for _, points in brief.widest] == [5, 5]


def test_each_kind_of_readers_has_a_sheet_of_one_page(sheets: list[tuple[Sheet, PdfReader]]) -> None:
    assert len(sheets) == 6
    for sheet, pdf in sheets:
        (page,) = pdf.pages
        text = " ".join(page.extract_text().split())
        assert (round(page.mediabox.width), round(page.mediabox.height)) == LETTER
        assert sheet.bottom is not None
        assert unbroken(sheet.bottom.binding.text) in unbroken(text)
        for part in (sheet.dates, sheet.affects, sheet.questions, sheet.watch, sheet.not_to_assume, sheet.notes):
            assert part, sheet.title
        for one in [*sheet.questions, *sheet.watch, *sheet.not_to_assume]:
            assert unbroken(one.title) in unbroken(text)
        assert sheet.head.notice in text
        assert sheet.head.dated.upper() in text
        assert not sheet.page or sheet.page in links(pdf)
        assert pdf.metadata is not None
        assert pdf.metadata.title == f"{sheet.title}: {sheet.head.site}"
        root: Any = pdf.trailer["/Root"]
        assert re.search(rb"pdfuaid:part>1<|pdfuaid:part=\"1\"", root["/Metadata"].get_data())


def unbroken(text: str) -> str:
    """Returns words as they are found however lines break them: without spaces and hyphens."""
    return re.sub(r"[\s\u2060\u00ad-]", "", text)


def test_a_sheet_says_nothing_that_the_records_do_not(sheets: list[tuple[Sheet, PdfReader]]) -> None:
    catalog = print_brief().release.catalog
    known = "\n".join(" ".join(plain_words(catalog, text).split()) for text in texts(catalog.records))
    for sheet, _ in sheets:
        found = list(statements(asdict(sheet)))
        assert len(found) > 10
        assert [one["text"] for one in found if one["text"] not in known] == []
        numbers = [one.number for one in sheet.notes]
        assert {one["note"] for one in found} == set(numbers)
        assert len(numbers) <= 25


def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    brief = print_brief().brief
    assert typeset_brief(brief, tmp_path / "one") == typeset_brief(brief, tmp_path / "two")
    release = print_brief().release
    audience = release.catalog.of_kind("audience")[0]
    assert isinstance(audience, Audience)
    one, two = (typeset_sheet(release, audience, brief.head.dated, tmp_path / name) for name in ("three", "four"))
    assert one == two


def test_the_page_on_data_leads_to_every_sheet(built: Path) -> None:
    path = built / "latest" / "reference" / "data" / "index.html"
    links = parse_page(path).select('article a[href$=".pdf"]')
    linked = {(path.parent / str(one["href"])).resolve() for one in links}
    audiences = print_brief().release.catalog.of_kind("audience")
    assert {built.resolve() / "latest" / sheet_path(one) for one in audiences} <= linked
    assert all(one.read_bytes().startswith(b"%PDF") for one in linked)


def test_home_and_the_page_on_data_lead_to_it(built: Path) -> None:
    for page in ("index.html", "reference/data/index.html"):
        path = built / "latest" / page
        found = parse_page(path).select(f'article a[href$="{BRIEF}"]')
        assert found, page
        assert (path.parent / str(found[0]["href"])).resolve().read_bytes().startswith(b"%PDF"), page


def test_editions_keep_a_brief_and_sheets_that_are_tagged_and_name_their_day() -> None:
    assert {path.name for path in STORED} >= {BRIEF}
    for path in STORED:
        pdf = PdfReader(path)
        root: Any = pdf.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"].value is True, path
        as_at = PartialDate(path.parent.parent.name[:10])
        assert str(as_at).upper() in pdf.pages[0].extract_text().upper(), path
