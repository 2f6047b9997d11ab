"""Macros at their edges: one value or none, the last that fits and the first that does not, each thing said once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

import pytest
from bs4 import BeautifulSoup

from macros.components import tables
from macros.components.axis import span
from macros.components.deadline_clocks import merge_citations, place_runs
from macros.components.environment import environment, point_at_words
from macros.components.linking import get_value
from macros.components.listing import Group
from macros.components.matrices import count_cells
from macros.components.page_context import PageContext
from macros.components.registry import MACROS, MacroError
from macros.components.relating import render_connections
from macros.components.tables import Facet
from macros.schema.base import Citation, Record
from macros.schema.context_kinds import Measure, Ratification
from macros.schema.context_vocabularies import MeasureState, RatificationState, Whom
from macros.schema.dates import PartialDate
from macros.schema.figures import Series
from macros.schema.instruments import Deadline, Provision
from macros.schema.sources import Source
from macros.schema.subjects import Term
from macros.site.loading import Site
from tests.conftest import LISTS
from tests.unit.test_citing import view_of

R = TypeVar("R", bound=Record)


def copy_of(record: R, name: str = "", **values: Any) -> R:
    """Returns a record with a few values changed, under another id when one is given."""
    copy = record.model_copy(update=values)
    object.__setattr__(copy, "_id", name or record.id)
    return copy


def view_with(site: Site, source: str, records: Sequence[Record], without: Sequence[str] = ()) -> PageContext:
    """Returns a view of a page in a catalog that has these records as well, and none of a kind that it is without."""
    view = view_of(site, source)
    kept = {key: one for key, one in view.catalog.records.items() if one.kind not in without}
    known = {**kept, **{one.key: one for one in records}}
    view.catalog = replace(view.catalog, records=known, made={}, _sorted={}, _indexes={}, _outgoing={})
    return view


def soup_of(view: PageContext, macro: str, *values: Any, **named: Any) -> BeautifulSoup:
    return BeautifulSoup(view.call(MACROS[macro], *values, **named), "lxml")


def test_the_only_column_of_a_series_need_not_be_named(small: Site) -> None:
    series = small.catalog.one(Series, "imports")
    rows = [row.model_copy(update={"values": row.values[:1]}) for row in series.rows]
    view = view_with(small, "one.md", [copy_of(series, columns=series.columns[:1], rows=rows)])
    assert "66.2 million tonnes" in view.call(MACROS["cell"], "series/imports", "2023")
    assert "60 million tonnes" in view.call(MACROS["cell"], "series/imports", "2024", "Total")


@pytest.mark.parametrize(("number", "words"), [(1, "one"), (10, "ten"), (11, "11")])
def test_numbers_up_to_ten_are_words(small: Site, number: int, words: str) -> None:
    term = small.catalog.one(Term, "wording")
    view = view_with(small, "one.md", [copy_of(term, f"word-{one}") for one in range(number)], without=["term"])
    assert view.call(MACROS["count"], "term") == words


def test_a_value_that_is_missing_has_a_stand_in_or_is_refused(small: Site) -> None:
    undated = small.catalog.one(Deadline, "undated")
    for name in ("due", "weekday", "seen_until", "clock"):
        assert get_value(small.catalog, undated, name, empty="-") == "-"
        with pytest.raises(MacroError, match=f"has no value for '{name}'"):
            get_value(small.catalog, undated, name)
    meeting = small.catalog.one(Deadline, "meeting")
    assert str(get_value(small.catalog, meeting, "seen_until")) == "August 21, 2026"
    assert get_value(small.catalog, meeting, "name", empty="-") == "A meeting"
    report, text = small.catalog.one(Source, "report"), small.catalog.one(Source, "text")
    assert get_value(small.catalog, report, "date") == report.date
    assert str(get_value(small.catalog, text, "date")) == "October 28, 2025"


def test_connections_are_counted_and_none_is_said_twice(small: Site) -> None:
    for key in ("provision/one", "instrument/framework", "instrument/older", "question/doubt", "series/imports"):
        record = small.catalog.get(key)
        view = view_of(small, "lists.md")
        soup = BeautifulSoup(render_connections(view, record, "connections"), "lxml")
        said = soup.select("details li")
        counts = [one.get_text() for one in soup.select("summary .cm-count")]
        assert counts == ([str(len(said))] if said else []), record.key
        places = Counter(
            str(one["href"]) for one in soup.select("details li > a") if not one.find_previous_sibling("span")
        )
        assert [url for url, times in places.items() if times > 1] == [], record.key


def test_pages_that_name_a_record_are_told_but_for_its_home_and_those_of_connected_records(small: Site) -> None:
    view = view_of(small, "lists.md")
    named = tuple(page for name in ("lists.md", "one.md", "sources.md") if (page := small.pages.at(name)))
    assert [page.record for page in named] == [None, "provision/one", None]
    view.pages = replace(view.pages, mentions={"term/wording": named})
    soup = BeautifulSoup(render_connections(view, small.catalog.get("term/wording"), "related"), "lxml")
    assert [
        one.dd.get_text() for one in soup.select(".cm-row") if one.dt and one.dd and one.dt.get_text() == "Pages"
    ] == ["Sources"]


def test_a_kind_that_is_left_out_leaves_the_others(small: Site) -> None:
    whole, part = (
        {one.get_text() for one in soup_of(view_of(small, "one.md"), "related", without=without).select("a")}
        for without in ([], ["provision"])
    )
    assert whole - part == {"I.1(a) Second"}
    assert "A meeting" in part


def test_connections_of_a_kind_stand_in_their_order_under_its_name(small: Site) -> None:
    two = small.catalog.one(Provision, "two")
    first = small.catalog.get("provision/one")
    view = view_of(small, "lists.md")

    def groups() -> list[str]:
        soup = BeautifulSoup(render_connections(view, first, "related"), "lxml")
        rows = {one.dt.get_text(): one.dd.get_text(" ") for one in soup.select(".cm-row") if one.dt and one.dd}
        return [f"{name}: {rows[name]}" for name in rows if name.startswith("Provision")]

    assert groups() == ["Provision: I.1(a) Second"]
    more = [copy_of(two, name, number=f"I.1({name})", position=at) for name, at in (("c", 4), ("b", 3))]
    origins = [one._replace(origin=record.key) for record in more for one in small.catalog.outgoing(two)]
    found = [one for one in origins if one.target == "provision/one"]
    view = view_with(small, "lists.md", more)
    incoming = {**view.catalog.incoming, first.key: (*view.catalog.incoming[first.key], *found)}
    view.catalog = replace(view.catalog, incoming=incoming)
    assert groups() == ["Provisions: I.1(a) Second I.1(b) Second I.1(c) Second"]


@pytest.mark.parametrize(("letters", "long"), [(80, 0), (81, 1)])
def test_a_long_last_column_has_a_line_of_its_own_on_a_phone(small: Site, letters: int, long: int) -> None:
    term = small.catalog.one(Term, "wording")
    more = [copy_of(term, "long", title="long", definition="x" * letters)]
    soup = soup_of(view_with(small, "one.md", more), "table", "term", ["name", "definition"])
    assert len(soup.select(".cm-table--long")) == long
    soup = soup_of(view_with(small, "one.md", more), "table", "term", ["definition", "name"])
    assert not soup.select(".cm-table--long"), "the first column may be as long as it likes"


def test_a_table_links_what_a_record_names_and_leaves_a_cell_empty(small: Site) -> None:
    soup = soup_of(view_of(small, "lists.md"), "table", "provision", ["name", "parent"])
    rows = [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in soup.select("tbody tr")]
    assert rows == [["I.1 First", ""], ["I.1(a) Second", "I.1 First"]]
    soup = soup_of(view_of(small, "lists.md"), "table", "deadline", ["title", "provisions"], what="A meeting is held.")
    assert [one.get_text() for one in soup.select("td a")] == ["I.1 First"]


def measure_of(site: Site, name: str, **values: Any) -> Measure:
    lists = {"applies_to": Whom, "state": MeasureState}
    chosen = {
        key: LISTS.get(lists[key], value) if isinstance(value, str) else [LISTS.get(lists[key], one) for one in value]
        for key, value in values.items()
    }
    return copy_of(site.catalog.one(Measure, "control"), name, **chosen)


def test_measures_stand_in_the_order_of_their_states(small: Site) -> None:
    states = [one.value for one in LISTS.all(MeasureState)]
    found = [measure_of(small, f"of-{state}", state=state) for state in sorted(states)]
    rows = soup_of(view_with(small, "lists.md", found, without=["measure"]), "measures").select("tr.cm-entry")
    assert [row["id"] for row in rows] == [f"measure-of-{state}" for state in states]


def test_readers_narrow_by_no_more_choices_than_the_style_sheet_knows(
    small: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [measure_of(small, "one", applies_to=["japan", "military"]), measure_of(small, "two", applies_to=["japan"])]
    monkeypatch.setattr(tables, "CHOICES", 2)
    assert soup_of(view_with(small, "lists.md", found, without=["measure"]), "measures").select("tr")
    monkeypatch.setattr(tables, "CHOICES", 1)
    with pytest.raises(MacroError, match="more than 1 choices of 'applies_to'"):
        soup_of(view_with(small, "lists.md", found, without=["measure"]), "measures")


def test_what_applies_in_every_country_applies_in_each_once(small: Site) -> None:
    countries = [one for one in LISTS.all(Whom) if one.country]
    everywhere = measure_of(small, "one", applies_to=["every-country", countries[0].value])
    nowhere = measure_of(small, "two", applies_to=["military"])
    facet = Facet.of("applies_to", [nowhere, everywhere], countries)
    assert {one.value: number for one, number in facet.choices.items()} == {
        "every-country": 1,
        **{one.value: 1 for one in countries},
        "military": 1,
    }
    assert [one.position for one in facet.choices] == sorted(one.position for one in facet.choices)
    assert facet.numbers(nowhere) == str([one.value for one in facet.choices].index("military") + 1)
    assert facet.title == "Applies to"


@pytest.mark.parametrize(
    ("title", "letter"), [("a law", "A"), ("2023", "0-9"), ("“Énergie”", "É"), ("…", ""), ("", "")]
)
def test_a_group_has_the_letter_of_its_first_sign(small: Site, title: str, letter: str) -> None:
    group = Group(title, [small.catalog.get("term/wording")])
    assert (group.letter, group.id) == (letter, "from-term-wording")


def test_an_answer_does_not_repeat_what_it_ends_with(small: Site) -> None:
    soup = soup_of(view_of(small, "lists.md"), "entries", "answer")
    ends = {"see", "asked_by", "audiences"}
    answer = small.catalog.get("answer/binding")
    named = {one.field: small.catalog.get(one.target).name for one in small.catalog.outgoing(answer) if not one.in_text}
    connections = {one.get_text() for one in soup.select("details.cm-more li a")}
    assert not connections & {name for field, name in named.items() if field in ends}
    assert connections >= {name for field, name in named.items() if field not in {*ends, "sources"}}


def test_citations_are_merged_with_all_their_places(small: Site) -> None:
    def cited(*citations: tuple[str, str | None]) -> Term:
        sources = [Citation(id=name, pinpoint=place) for name, place in citations]
        return copy_of(small.catalog.one(Term, "wording"), sources=sources)

    merged = merge_citations([cited(("a", "p. 1"), ("b", None)), cited(("a", "p. 2"), ("a", "p. 1"), ("a", None))])
    assert [(one.id, one.pinpoint) for one in merged] == [("a", "p. 1; p. 2"), ("b", None)]


def test_a_clock_is_drawn_on_whole_months_and_shows_how_long_we_looked(small: Site) -> None:
    meeting, undated = small.catalog.one(Deadline, "meeting"), small.catalog.one(Deadline, "undated")
    view = view_of(small, "one.md")
    runs = place_runs(view, [undated, meeting])
    assert runs is not None
    assert [bar.record.key for bar in runs.bars] == ["deadline/meeting"]
    axis = span([PartialDate("2025-10-28").last_day, view.catalog.as_at.last_day])
    assert runs.as_at == axis.place(view.catalog.as_at.last_day)
    (bar,) = runs.bars
    assert (bar.starts, bar.due) == tuple(axis.place(PartialDate(day).last_day) for day in ("2025-10-28", "2026-04-26"))
    assert bar.seen == axis.place(PartialDate("2026-08-21").last_day)
    assert meeting.outcome
    for seen in ("2026-04-26", "2026-04-20"):
        outcome = meeting.outcome.model_copy(update={"seen_until": PartialDate(seen)})
        drawn = place_runs(view, [copy_of(meeting, outcome=outcome)])
        assert drawn is not None
        assert drawn.bars[0].seen is None, "nothing was looked for after it"
    assert place_runs(view, [undated]) is None


def test_cells_are_counted_by_their_state() -> None:
    def cell(state: str) -> Ratification:
        values = {"agreement": "older", "state": state, "certainty": "reported", "sources": [{"id": "report"}]}
        return Ratification.model_validate(values, context=LISTS)

    cells = [cell("in-force"), None, cell("not-found"), cell("in-force"), cell("deposited")]
    assert count_cells(cells, RatificationState.in_force) == 2
    assert count_cells(cells) == 3, "any deposit"


def test_the_buttons_of_one_page_are_numbered(small: Site) -> None:
    view = view_of(small, "one.md")
    for place in (1, 2):
        soup = BeautifulSoup(view.numbers((view.note("text"), None) for _ in range(1)), "lxml")
        assert not soup.select("button")
        notes = [replace(view.note("text"), number=number) for number in range(1, 5)]
        soup = BeautifulSoup(view.numbers((note, None) for note in notes), "lxml")
        assert [one["id"] for one in soup.select("[popover]")] == [f"cm-cites-{place}"]


def test_a_day_has_passed_when_it_is_over(small: Site) -> None:
    view = view_of(small, "one.md")
    days = ("2026-09-29", "2026-08", "2026-09-30", "2026-09", "2026")
    assert [view.has_passed(PartialDate(day)) for day in days] == [True, True, False, False, False]


def test_functions_are_called_in_loops_and_blocks_of_a_template_as_anywhere() -> None:
    text = "{% block a %}{{ f(1) }}{% for one in (2, 3) %}{{ f(one) }}{% endfor %}{% endblock %}"
    assert environment().from_string(text).render(f=lambda one: one * 2) == "246"
    assert environment().from_string("{{ v | tojson }}").render(v={"a": "é"}) == '{"a":"é"}'


def test_an_address_has_the_words_only_where_there_are_any() -> None:
    assert point_at_words("https://a.example/", []) == "https://a.example/"
    assert point_at_words("https://a.example/", ["a-b, c", "d & e"]) == (
        "https://a.example/#:~:text=a%2Db%2C%20c,d%20%26%20e"
    )
