"""What a macro sees of its page: links, notes, texts and values in words; and what macros take within their bounds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup

from macros.components.axis import span
from macros.components.composing import ending, opening, part
from macros.components.downloading import downloads
from macros.components.listing import _find_unlisted, _list_marks
from macros.components.outlining import choose_text, find_subject
from macros.components.page_context import PageContext
from macros.components.registry import MACROS, MacroError
from macros.components.timeline_entries import find_latest, list_moments
from macros.pages.layouts import Layout, Part
from macros.schema.dates import PartialDate
from macros.schema.instruments import Deadline, Instrument
from macros.schema.sources import Source
from macros.schema.vocabularies import Certainty, Language
from macros.site.loading import Site
from tests.conftest import LISTS
from tests.unit.test_citing import view_of
from tests.unit.test_macro_edges import copy_of, view_with


@pytest.fixture
def view(small: Site) -> PageContext:
    return view_of(small, "one.md")


def in_japanese(view: PageContext) -> PageContext:
    assert view.page.header
    header = view.page.header.model_copy(update={"language": Language.ja})
    return replace(view, page=replace(view.page, header=header), linked={}, notes={})


def test_a_link_to_a_page_in_another_language_says_so(view: PageContext) -> None:
    page = view.pages.at("two.md")
    assert page
    japanese = in_japanese(view)
    assert "lang" not in view.page_link(page)
    assert 'lang="en" hreflang="en"' in japanese.page_link(page)
    assert 'lang="ja" hreflang="ja"' in view.page_link(japanese.page)
    assert "lang" not in japanese.page_link(japanese.page)


def test_a_record_is_linked_under_its_name_in_the_language_of_the_page(view: PageContext) -> None:
    framework, japanese = "instrument/framework", in_japanese(view)
    assert view.link(framework) == '<a class="cm-ref" href="../">the Framework</a>'
    assert japanese.link(framework) == '<a class="cm-ref" href="../">枠組み</a>'
    assert japanese.link("term/wording").startswith('<a class="cm-ref" href="../lists/#term-wording" lang="en">')
    assert "lang" not in japanese.link("term/wording", "用語"), "the words are of the page"
    assert view.link("provision/one") == '<span class="cm-self">I.1 First</span>', "it is this page"
    assert 'aria-label="“It” &lt; b"' in view.link(framework, "it", Markup("&#34;It&#34; &lt; b"))


def test_the_words_of_a_link_are_escaped_once(view: PageContext) -> None:
    for words in ("a & b", Markup("a &amp; b")):
        assert ">a &amp; b</a>" in view.link("term/wording", words)
    assert len(view.linked) == 2
    view.link("term/wording", "a & b")
    assert len(view.linked) == 2, "made once"


def test_a_term_that_another_page_explains_is_remembered(small: Site) -> None:
    here, there = view_of(small, "lists.md"), view_of(small, "one.md")
    for view in (here, there):
        view.link("term/wording")
    assert (list(here.terms), list(there.terms)) == ([], ["term/wording"])


def test_a_source_keeps_its_number_and_gathers_its_places(view: PageContext) -> None:
    view.note("text", "p. 1; p. 2")
    view.note("report")
    view.note("source/text", "p. 2; p. 3")
    assert {name: (note.number, note.pinpoints) for name, note in view.notes.items()} == {
        "text": (1, ["p. 1", "p. 2", "p. 3"]),
        "report": (2, []),
    }


def test_one_number_stands_for_a_source_with_all_its_places(view: PageContext) -> None:
    note = view.note("text")
    soup = BeautifulSoup(view.numbers([(note, "p. 2"), (note, None), (note, "p. 1"), (note, "p. 2")]), "lxml")
    assert [(a.get_text(), a["data-at"]) for a in soup.select("a")] == [("1", "p. 2; p. 1")]


def test_text_links_what_it_names_between_its_words(view: PageContext) -> None:
    assert view.text('A <b> & "c"') == "A &lt;b&gt; &amp; “c”"
    text = view.text("It's \"[[ provision/two |so]]\", see [[term/wording]]'s end")
    assert BeautifulSoup(text, "lxml").get_text() == "It\u2019s “so”, see wording\u2019s end"
    assert [str(a["href"]) for a in BeautifulSoup(text, "lxml").select("a")] == ["../two/", "../lists/#term-wording"]
    assert view.text("") == ""


def test_a_text_is_cut_after_its_first_sentence(view: PageContext) -> None:
    opened = view.open("One [[term/wording|word]] and [[provision/two]]. Then [[party/north]].")
    assert opened.first == "One word and I.1(a) Second."
    assert [one.key for one in opened.named] == ["term/wording", "provision/two"]
    assert BeautifulSoup(opened.rest, "lxml").get_text().strip() == "Then North."


def test_values_are_said_in_words(view: PageContext) -> None:
    japanese, date = in_japanese(view), PartialDate("2025-10-28")
    sure = LISTS.get(Certainty, "verified")
    assert view.value(True) == "yes"
    assert view.value(False) == "no"
    assert view.value(3) == "3"
    assert view.value(date) == '<time datetime="2025-10-28">October 28, 2025</time>'
    assert view.short(date) == '<time datetime="2025-10-28">Oct. 28, 2025</time>'
    assert japanese.value(date) == japanese.short(date) == '<time datetime="2025-10-28">2025年10月28日</time>'
    assert view.short(["a", True]) == view.value(("a", True)) == "a, yes"
    assert 'title="we read it in a primary text">verified' in view.value(sure)
    assert "title" not in japanese.value(sure), "what it means is said in English only"
    assert "確認済み" in japanese.value(sure)


def test_a_dry_view_writes_nothing_and_keeps_notes(view: PageContext) -> None:
    dry = replace(view, dry=True, notes={})
    assert dry.call(MACROS["facts"]).strip() == ""
    assert dry.call(MACROS["cite"], "text", "p. 1") == ""
    assert list(dry.notes) == ["text"]
    assert dry.called == ["facts", "cite"]


def test_a_record_is_chosen_by_name_or_by_the_page(small: Site, view: PageContext) -> None:
    assert view.chosen(None).key == "provision/one"
    assert view.chosen("provision/first").key == "provision/one"
    with pytest.raises(MacroError, match="'provision/one' is a record of the kind provision"):
        view.chosen_as(None, Deadline)
    lists = view_of(small, "lists.md")
    for ask in (lambda: lists.chosen(None), lambda: lists.layout):
        with pytest.raises(MacroError, match="the page is not a record's own"):
            ask()


def test_the_paper_of_the_site_is_the_text_when_none_is_named(small: Site, view: PageContext) -> None:
    assert choose_text(view, None).key == "instrument/framework"
    assert choose_text(view, "instrument/older").key == "instrument/older"
    assert find_subject(view.catalog) == small.catalog.one(Instrument, "framework")
    assert find_subject(view_with(small, "lists.md", [], without=["instrument"]).catalog) is None


def test_a_title_in_another_language_says_so_and_words_of_ours_do_not(small: Site) -> None:
    report = copy_of(small.catalog.one(Source, "report"), url="https://a.example/")
    view = view_with(small, "one.md", [report])
    own = BeautifulSoup(view.call(MACROS["original"], "report"), "lxml").select("a")[0]
    said = BeautifulSoup(view.call(MACROS["original"], "report", "a report"), "lxml").select("a")[0]
    assert (own.get_text(), own.get("lang"), own["hreflang"]) == ("報道", "ja", "ja")
    assert (said.get_text(), said.get("lang"), said["hreflang"]) == ("a report", None, "ja")


def test_moments_are_everything_dated_in_order_and_a_due_date_is_not_news(small: Site) -> None:
    moments = list_moments(small.catalog)
    assert [one.record.key for one in moments] == [
        "instrument/older",
        "measure/control",
        "instrument/framework",
        "event/fair",
        "deadline/meeting",
    ]
    assert [one.what for one in moments][1::3] == ["measure of South, announced", "due date"]
    assert [one.record.key for one in find_latest(small.catalog)] == [
        "event/fair",
        "instrument/framework",
        "measure/control",
        "instrument/older",
    ]
    assert moments[-1].lane == moments[2].lane, "a deadline has the story of its text"


@pytest.mark.parametrize(
    ("since", "until", "events"),
    [
        ("2026-03", "2026-03", 1),
        ("2026-03-01", "2026-03-01", 1),
        ("2026-03-02", "2026-12", 0),
        ("2026", "2026-02", 0),
        ("2026-02", "2026-03-01", 1),
    ],
)
def test_a_timeline_has_both_of_its_ends(view: PageContext, since: str, until: str, events: int) -> None:
    told = view.call(MACROS["timeline"], since=since, until=until)
    assert told.count('href="../lists/#event-fair"') == events


def test_the_drawings_of_a_timeline_are_groups_of_links(view: PageContext) -> None:
    drawings = BeautifulSoup(view.call(MACROS["timeline"]), "lxml").select("svg[role]")
    assert drawings
    assert {str(one["role"]) for one in drawings} == {"group"}


def test_the_latest_are_as_many_as_are_asked_for(view: PageContext) -> None:
    def told(**values: int | str) -> list[str]:
        soup = BeautifulSoup(view.call(MACROS["latest"], **values), "lxml")
        return [str(one["datetime"]) for one in soup.select("li time")]

    assert told() == ["2026-03", "2025-10-28", "2025-04-04", "2023-03"]
    assert told(number=1) == ["2026-03"]
    assert told(lane="china") == ["2025-04-04"]


def test_an_axis_has_a_tick_at_the_first_of_a_month() -> None:
    axis = span([PartialDate(day).first_day for day in ("2026-02-28", "2025-12-31")])
    assert [axis.first.isoformat(), axis.last.isoformat()] == ["2025-12-01", "2026-03-01"]
    assert axis.place(axis.first) == 0
    assert axis.place(axis.last) == 100
    assert [(place, month.text) for place, month in axis.ticks(1)] == [
        (0, "2025-12"),
        (34.44, "2026-01"),
        (68.89, "2026-02"),
    ]
    assert [month.text for _, month in axis.ticks(2)] == ["2025-12", "2026-02"]


def test_only_what_is_doubtful_is_marked_and_only_what_no_field_names_is_listed(small: Site, view: PageContext) -> None:
    assert [one.value for one in _list_marks(small.catalog.get("provision/one"))] == ["intention"]
    assert [one.value for one in _list_marks(small.catalog.get("question/doubt"))][:1] == ["open"]
    deadline = small.catalog.get("deadline/meeting")
    named = [small.catalog.get(key) for key in ("provision/one", "term/wording")]
    assert [one.key for one in _find_unlisted(view, deadline, named)] == ["term/wording"]


def layout_of(view: PageContext, *parts: tuple[str, str], before: int = 1) -> PageContext:
    """Returns a view whose layout has these parts, each a macro and its heading; the first ones are the opening."""
    made = [Part(name, heading, name, {}) for name, heading in parts]
    layout = Layout("overrides/layouts/provision.md", tuple(made[:before]), tuple(made[before:]))
    pages = replace(view.pages, layouts={"provision": layout, "record": layout})
    return replace(view, pages=pages, written=[], headed=[], notes={}, called=[])


PARTS = (("facts", ""), ("deadlines", "When"), ("questions", "Unclear"), ("related", "Links"), ("sources", "Sources"))


def test_the_parts_of_a_page_stand_once_and_in_the_order_of_the_layout(view: PageContext) -> None:
    page = layout_of(view, *PARTS)
    opening(page)
    part(page, "questions", heading=False)
    with pytest.raises(MacroError, match="the part 'questions' is on the page already"):
        part(page, "questions")
    with pytest.raises(MacroError, match="the part 'deadlines' comes before 'questions'") as caught:
        part(page, "deadlines")
    assert caught.value.hint == "move it, with the words that follow it, above part('questions')"
    assert "## Unclear" not in ending(page)
    assert page.written == ["facts", "questions", "deadlines", "related", "sources"]
    assert page.headed == [[], [], ["Links", "Sources"]]
    with pytest.raises(MacroError, match="has no part 'fact'") as caught:
        part(page, "fact")
    assert caught.value.hint == "did you mean 'facts'?"


def test_the_end_misses_what_stands_before_the_first_heading(view: PageContext) -> None:
    page = layout_of(view, *PARTS)
    with pytest.raises(MacroError, match="the part 'facts' is missing above"):
        ending(page)
    text = ending(page, without=["facts", "questions"])
    assert [line for line in text.split("\n") if line.startswith("## ")] == ["## When", "## Links", "## Sources"]
    with pytest.raises(MacroError, match="has no part 'fact'"):
        ending(layout_of(view, *PARTS), without=["fact"])
    with pytest.raises(MacroError, match="has nothing before its first heading"):
        opening(layout_of(view, *PARTS, before=0))


def test_the_end_misses_a_part_that_comes_before_one_that_is_there(view: PageContext) -> None:
    page = layout_of(view, *PARTS)
    opening(page)
    part(page, "related")
    with pytest.raises(MacroError, match="the part 'deadlines' is missing above 'related'"):
        ending(page)
    assert "## When" not in ending(page, without=["deadlines", "questions"])


def test_every_kind_has_a_row_of_files(view: PageContext) -> None:
    soup = BeautifulSoup(downloads(view), "lxml")
    rows = [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in soup.select("tbody tr")]
    assert ["provisions", "2", "JSON,CSV,JSON Schema"] in rows
    assert not soup.select(".cm-table--long, .cm-file"), "it is no table of records"
