"""Numbers of sources in one place: each once and in order, and behind one button where they are many."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from macros.components import citing
from macros.components.citing import expand_page
from macros.components.page_context import Note, PageContext
from macros.components.registry import MacroError
from macros.schema.sources import Source
from macros.site.loading import Site
from tests.conftest import Alter


def view_of(site: Site, source: str) -> PageContext:
    """Returns a fresh view of a page of the small tree."""
    page = site.pages.at(source)
    assert page is not None
    return PageContext(site.catalog, site.pages, page)


def cited(view: PageContext, *numbers: int) -> BeautifulSoup:
    """Returns what a page shows that cites sources with these numbers in one place: page 1 of the first, and so on."""
    report = view.catalog.one(Source, "report")
    notes = {number: Note(number, report) for number in numbers}
    return BeautifulSoup(view.numbers((notes[one], f"page {at}") for at, one in enumerate(numbers, 1)), "lxml")


def test_up_to_three_numbers_stand_side_by_side(small: Site) -> None:
    soup = cited(view_of(small, "one.md"), 3, 1, 2)
    assert [one.get_text() for one in soup.select("sup.cm-cites > a")] == ["1", "2", "3"]
    assert not soup.select("button, [popover]")


def test_more_stand_behind_one_button(small: Site) -> None:
    soup = cited(view_of(small, "one.md"), 1, 2, 3, 4)
    button, opened = soup.select("sup.cm-cites > button")[0], soup.select("sup.cm-cites > [popover]")[0]
    assert button.get_text() == "4 sources"
    assert button["popovertarget"] == opened["id"]
    names = [one.get_text() for one in opened.select("a[href='#note-report']")]
    assert [name[:2] for name in names] == ["1 ", "2 ", "3 ", "4 "]
    assert names[3].endswith(", page 4")
    assert {one.name for one in soup.select("sup *")} <= {"a", "button", "span"}, "it stands in a sentence"


def test_the_words_of_a_page_do_not_tell_that_numbers_are_gathered(small: Site) -> None:
    soup = cited(view_of(small, "one.md"), 1, 2, 3, 4)
    for part in soup.select("[data-words=no]"):
        part.decompose()
    assert soup.get_text().strip("\u202f\u2060") == "1, 2, 3, 4"


def test_a_source_cited_twice_in_one_place_has_one_number(small: Site) -> None:
    places = cited(view_of(small, "one.md"), 1, 2, 1, 2).select("sup > a")
    assert [(one.get_text(), one["data-at"]) for one in places] == [("1", "page 1; page 3"), ("2", "page 2; page 4")]


def test_each_button_of_a_page_opens_its_own(small: Site) -> None:
    view = view_of(small, "one.md")
    ids = [str(cited(view, 1, 2, 3, 4).select("[popover]")[0]["id"]) for _ in range(2)]
    assert len(set(ids)) == 2


def test_calls_of_cite_side_by_side_are_one_place(alter: Alter) -> None:
    calls = (
        "Said.{{ cite('text', 'recital 1') }}{{ cite('report') }}{{ cite('text', 'page 2') }} Told.{{ cite('report') }}"
    )
    site = alter({"docs/one.md": ("It says something.{{ cite('text', 'Section I, para. 1') }}", calls)})
    html = expand_page(view_of(site, "one.md"))
    prose = html[html.index("Said.") : html.index("<div")]
    places = BeautifulSoup(prose, "lxml").select("sup")
    assert [[one.get_text() for one in place.select("a")] for place in places] == [["1", "2"], ["2"]]
    assert [one["data-at"] for one in places[0].select("a[data-at]")] == ["recital 1; page 2"]


def test_a_page_that_is_a_list_of_terms_does_not_say_them_again(small: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(most: int) -> int:
        monkeypatch.setattr(citing, "_MANY_TERMS", most)
        view = view_of(small, "one.md")
        view.link("term/wording")
        return len(BeautifulSoup(citing.sources(view), "lxml").select(".cm-terms dl > div"))

    assert [told(most) for most in (1, 0)] == [1, 0]


def test_the_notes_stand_by_number_and_a_text_needs_its_place(small: Site) -> None:
    view = view_of(small, "one.md")
    text, report = view.note("text", "p. 1"), view.note("report")
    view.notes = {"report": report, "text": text}
    soup = BeautifulSoup(citing.sources(view), "lxml")
    assert [one["id"] for one in soup.select("ol > li")] == ["note-text", "note-report"]
    with pytest.raises(MacroError, match="the pinpoint is missing: 'text' is a text"):
        citing.cite(view, "text")
    assert citing.cite(view, "report")
