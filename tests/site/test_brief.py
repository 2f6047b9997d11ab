"""The client brief of the draft and of both editions, read as a reader's program does."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from macros.briefing.brief import Brief, create_brief
from macros.briefing.telling import list_deadlines
from macros.briefing.typesetting import typeset_brief
from macros.catalog.plain import plain_words
from macros.editions.building import release_edition
from macros.editions.edition import load_editions
from macros.exporting.files import BRIEF
from macros.exporting.release import Release, open_release
from macros.schema.papers import Instrument
from macros.schema.sources import Source
from macros.tree import Tree
from tests.conftest import ROOT
from tests.unit.test_briefing import statements

DRAFT = "draft"
RELEASES = [DRAFT, *sorted(path.parent.name for path in (ROOT / "editions").glob("*/edition.yml"))]
A4 = (595, 842)


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
def print_brief(name: str) -> Printed:
    """Returns the brief of the draft or of an edition."""
    if name == DRAFT:
        release = open_release(Tree(ROOT))
        dated = str(release.catalog.as_at)
    else:
        edition = next(one for one in load_editions(ROOT, dt.date.today())[0] if one.id == name)
        release, dated = release_edition(edition, None, []), edition.dated
    brief = create_brief(release, dated)
    return Printed(release, brief, PdfReader(BytesIO(typeset_brief(brief, ROOT / ".cache"))))


@pytest.fixture(params=RELEASES)
def printed(request: pytest.FixtureRequest) -> Printed:
    return print_brief(request.param)


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


def test_it_has_eight_to_fourteen_pages_of_paper(printed: Printed) -> None:
    assert 8 <= len(printed.pdf.pages) <= 14
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in printed.pdf.pages} == {A4}


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
    assert any("In one page" in title for title in outline)
    assert "Endnotes" in outline[-1]
    assert all(title.split(maxsplit=1)[-1] in printed.pages[0] for title in outline)


def test_the_first_lines_say_that_it_binds_nobody(printed: Printed) -> None:
    first = printed.pages[0]
    assert first.index("non-binding") < first.index("Contents")
    assert printed.release.notice in first
    assert printed.release.licence in first
    assert str(printed.release.catalog.as_at) in first


def test_each_page_says_what_it_is_part_of(printed: Printed) -> None:
    count = len(printed.pdf.pages)
    release = printed.release
    for number, text in enumerate(printed.pages, 1):
        assert f"{number} / {count}" in text
        assert (f"Edition {release.name} · {release.address}" if release.name else "Draft, as of") in text


def test_it_leads_to_sources_and_to_its_own_edition_alone(printed: Printed) -> None:
    sources = printed.release.catalog.of_kind("source")
    known = {one.url for one in sources if isinstance(one, Source)} | {printed.brief.head.address}
    assert links(printed.pdf) <= known
    assert not any("/latest/" in text for text in printed.pages)


def test_it_says_nothing_that_the_records_do_not(printed: Printed) -> None:
    catalog = printed.release.catalog
    written = {" ".join(plain_words(catalog, text).split()) for text in texts(catalog.records)}
    known = "\n".join(written)
    found = list(statements(asdict(printed.brief)))
    assert len(found) > 100
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
            assert str(deadline.due) in text
    papers = [one for one in catalog.of_kind("instrument") if isinstance(one, Instrument) and one.role.value == "ipef"]
    for paper in papers:
        if paper.entry_into_force:
            assert str(paper.entry_into_force) in text


def test_each_statement_has_its_note_and_each_text_its_place(printed: Printed) -> None:
    brief = printed.brief
    numbers = {one.number for one in brief.notes}
    assert numbers == set(range(1, len(numbers) + 1))
    assert {one["note"] for one in statements(asdict(brief))} <= numbers
    full = {cited.publisher for note in brief.notes for cited in note.cited if not cited.first}
    assert {cited.publisher for note in brief.notes for cited in note.cited} == full
    for note in brief.notes:
        for cited in note.cited:
            assert cited.kind.split(", ")[0] in ("primary", "secondary")
            assert cited.pinpoint or not cited.kind.startswith("primary"), cited


def test_nothing_is_empty(printed: Printed) -> None:
    brief = printed.brief
    assert brief.overview is not None
    assert brief.timeline is not None
    assert brief.around is not None
    assert brief.around.matrix is not None
    assert len(brief.around.matrix.texts) == 4
    parts = [brief.text, brief.deadlines, brief.charts, brief.readers, brief.questions, brief.notes, brief.overview.due]
    assert all(parts)
    assert len(brief.readers) == len(printed.release.catalog.of_kind("audience"))


def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    brief = print_brief(DRAFT).brief
    assert typeset_brief(brief, tmp_path / "one") == typeset_brief(brief, tmp_path / "two")


def test_home_and_the_page_on_data_lead_to_it(built: Path) -> None:
    for page in ("index.html", "reference/data/index.html"):
        path = built / "latest" / page
        found = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml").select(f'article a[href$="{BRIEF}"]')
        assert found, page
        assert (path.parent / str(found[0]["href"])).resolve().read_bytes().startswith(b"%PDF"), page
