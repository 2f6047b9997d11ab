"""Records by themselves: what they are sorted by, how they are named, what is computed of them, what is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pydantic import ValidationError

from macros.schema.actors import Party, Person
from macros.schema.base import Citation, find_answer, ordered_fields
from macros.schema.choices import Choice, Vocabularies, Vocabulary
from macros.schema.dates import PartialDate, add_length, format_day
from macros.schema.figures import Capacity, Figure, Series, format_number
from macros.schema.instruments import Deadline, Instrument, Provision
from macros.schema.labels import capitalize, label_field
from macros.schema.sources import Source, bare_address
from macros.schema.subjects import Implication, Material
from macros.schema.vocabularies import Certainty, DeadlineState
from macros.site.loading import Site
from tests.conftest import LISTS

SOURCES = [{"id": "report"}]
SURE = {"certainty": "verified", "sources": SOURCES}


def source_of(**values: Any) -> Source:
    common = {"title": "A report", "publisher": "A newspaper", "date": "2025", "type": "secondary", "seen": "report"}
    return Source.model_validate({**common, "standing": "press", **values}, context=LISTS)


def instrument_of(date: str, short_title: str, **values: Any) -> Instrument:
    common = {"title": "A paper", "type": "agreement", "role": "earlier", "summary": "One.", "legal_character": "none"}
    return Instrument.model_validate(
        {**common, **SURE, "date": date, "short_title": short_title, **values}, context=LISTS
    )


def deadline_of(title: str, **clock: str) -> Deadline:
    values = {"title": title, "provisions": ["one"], "what": "A meeting.", **SURE}
    starts = {"clock": {"starts": "the signing", **clock}} if clock else {}
    return Deadline.model_validate({**values, **starts}, context=LISTS)


def figure_of(amount: float, unit: str, **values: Any) -> Figure:
    common = {"title": "A sum", "topic": "energy", "as_of": "2025", "basis": "A count.", **SURE}
    return Figure.model_validate({**common, "amount": amount, "unit": unit, **values}, context=LISTS)


def series_of(rows: list[dict[str, Any]], columns: list[dict[str, str]], **values: Any) -> Series:
    filled = [{"sources": SOURCES, **row} for row in rows]
    common = {"title": "Imports", "unit": "tons", "basis": "A count.", "topic": "lng", **SURE}
    return Series.model_validate({**common, "rows": filled, "columns": columns, **values}, context=LISTS)


def test_dates_go_by_their_first_day_and_then_by_their_last() -> None:
    dates = ["2025-10-28", "2025-10", "2025-10-01", "2024-12-31", "2025", "2025-01-01"]
    ordered = ["2024-12-31", "2025-01-01", "2025", "2025-10-01", "2025-10", "2025-10-28"]
    assert [one.text for one in sorted(map(PartialDate, dates))] == ordered
    assert not PartialDate("2025") < PartialDate("2025")
    assert PartialDate("2025") <= PartialDate("2025")
    assert PartialDate("2025-10") > PartialDate("2025-10-01")


@pytest.mark.parametrize(
    ("text", "japanese"),
    [("2025-10-28", "2025年10月28日"), ("2025-03", "2025年3月"), ("2025", "2025年")],
)
def test_a_date_is_said_in_the_language_of_the_page(text: str, japanese: str) -> None:
    assert PartialDate(text).say("ja") == japanese
    assert PartialDate(text).say("en") == str(PartialDate(text))


@pytest.mark.parametrize("value", [True, None, 12.5, "0999", "3000-01", 999])
def test_no_record_holds_such_a_date(value: object) -> None:
    with pytest.raises(ValueError, match="not a date"):
        PartialDate.read(value)


def test_a_date_is_read_from_a_number_a_text_or_a_date() -> None:
    assert PartialDate.read(2025).text == "2025"
    assert PartialDate.read("2025-10").precision == "month"
    assert PartialDate.read(PartialDate("2025-10-28")).precision == "day"
    assert format_day(dt.date(2025, 10, 8)) == "October 8, 2025"


@pytest.mark.parametrize(("longest", "unit"), [(36_500, "days"), (1200, "months"), (100, "years")])
def test_no_length_is_over_a_hundred_years(longest: int, unit: str) -> None:
    assert add_length(dt.date(2000, 1, 1), f"{longest} {unit}").year in {2099, 2100}
    with pytest.raises(ValueError, match=f"'{longest + 1} {unit}' is more than 100 years"):
        add_length(dt.date(2000, 1, 1), f"{longest + 1} {unit}")


def test_a_length_is_refused_where_a_record_says_it() -> None:
    with pytest.raises(ValidationError, match="not a length of time: 'half a year'"):
        deadline_of("A meeting", length="half a year")


def test_a_due_date_needs_a_day_and_a_length() -> None:
    whole = deadline_of("A meeting", starts_on="2025-10-28", length="6 months").due
    assert whole is not None
    assert whole.text == "2026-04-28"
    assert deadline_of("A meeting", starts_on="2025-10-28").due is None
    assert deadline_of("A meeting", length="6 months").due is None
    assert deadline_of("A meeting").due is None


def test_a_deadline_runs_until_its_due_date_is_over() -> None:
    dated = deadline_of("A meeting", starts_on="2025-10-28", length="6 months")
    assert dated.state(PartialDate("2026-04-28")) == DeadlineState.running
    assert dated.state(PartialDate("2026-04-29")) == DeadlineState.running, "nothing is known of it"
    assert deadline_of("A meeting", length="6 months").state(PartialDate("2026")) == DeadlineState.on_request
    assert deadline_of("A meeting", starts_on="2025-10-28").state(PartialDate("2026")) == DeadlineState.undated
    outcome = {"state": "no-public-evidence", "note": "None.", "seen_until": "2026-05", **SURE}
    values = {"title": "A meeting", "provisions": ["one"], "what": "A meeting.", "outcome": outcome, **SURE}
    clock = {"starts": "the signing", "starts_on": "2025-10-28", "length": "6 months"}
    known = Deadline.model_validate({**values, "clock": clock}, context=LISTS)
    assert known.state(PartialDate("2026-04-28")) == DeadlineState.running
    assert known.state(PartialDate("2026-04-29")).value == "no-public-evidence"
    assert str(dated.state(PartialDate("2026"))), "with its words"


def test_deadlines_go_by_due_date_then_those_on_request_then_those_without() -> None:
    late = deadline_of("Late", starts_on="2025-10-28", length="6 months")
    soon = deadline_of("Soon", starts_on="2025-10-28", length="5 months")
    asked, open_ended, plain = deadline_of("B", length="5 months"), deadline_of("C", starts_on="2025"), deadline_of("A")
    ordered = sorted([plain, open_ended, asked, late, soon], key=lambda one: one.order)  # type: ignore[arg-type, return-value]
    assert [one.title for one in ordered] == ["Soon", "Late", "B", "A", "C"]


def test_instruments_go_by_date_and_then_by_name() -> None:
    found = [instrument_of("2025-10", "b"), instrument_of("2025-10", "A"), instrument_of("2024", "c")]
    assert [one.name for one in sorted(found, key=lambda one: one.order)] == ["c", "A", "b"]  # type: ignore[arg-type, return-value]
    assert instrument_of("2025", "a").names == {"en": "a"}
    assert instrument_of("2025", "a", title_ja="枠組み").names == {"en": "a", "ja": "枠組み"}
    assert instrument_of("2025", "a", role="sibling").deserves_page
    assert not instrument_of("2025", "a").deserves_page


def test_sources_go_by_sort_publisher_and_date() -> None:
    found = [
        source_of(title="4", publisher="b"),
        source_of(title="3", publisher="A", date="2026"),
        source_of(title="2", publisher="A", date="2025"),
        source_of(title="1", publisher="z", type="primary"),
    ]
    assert [one.title for one in sorted(found, key=lambda one: one.order)] == ["1", "2", "3", "4"]  # type: ignore[arg-type, return-value]


def test_a_source_has_places_to_point_to_unless_it_is_only_reported() -> None:
    assert not source_of().is_text
    assert source_of(type="primary").is_text
    assert source_of(seen="text").is_text


def test_pages_lead_to_the_copy_of_a_source_once_its_address_is_dead() -> None:
    archived = {"url": "https://archive.example/1", "on": "2026-01-02"}
    url = "https://paper.example/1"
    assert source_of(url=url).address == url
    assert source_of(url=url, archived=archived).address == url
    assert source_of(url=url, archived=archived, gone_on="2026-02-01").address == archived["url"]
    assert source_of(url=url, gone_on="2026-02-01").address == url
    assert source_of(url=url).robust == {}
    assert source_of(archived=archived).robust == {}
    assert source_of(url=url, seen_on="2026-01-01").robust == {
        "data-originalurl": url,
        "data-versiondate": "2026-01-01",
    }
    assert source_of(url=url, seen_on="2026-01-01", archived=archived).robust == {
        "data-originalurl": url,
        "data-versionurl": "https://archive.example/1",
        "data-versiondate": "2026-01-02",
    }


@pytest.mark.parametrize(
    ("values", "language"),
    [
        ({"title": "報道", "language": "ja"}, "ja"),
        ({"title": "A report", "language": "ja"}, "en"),
        ({"title": "Ein Bericht", "title_en": "A report", "language": "de"}, "de"),
    ],
)
def test_a_title_is_in_the_language_of_its_source_unless_it_is_a_translation(
    values: dict[str, str], language: str
) -> None:
    assert source_of(**values).names == {language: values["title"]}


def test_a_date_that_is_not_shown_is_none() -> None:
    assert source_of(date="not shown").published is None
    assert source_of(date="2025-10").published == PartialDate("2025-10")


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://www.paper.example/a/", "paper.example/a"),
        ("http://paper.example/a", "paper.example/a"),
        ("paper.example", "paper.example"),
        ("https://paper.example/?a=http://b.example", "paper.example/?a=http://b.example"),
    ],
)
def test_two_ways_of_writing_an_address_are_the_same(url: str, bare: str) -> None:
    assert bare_address(url) == bare


def test_a_provision_of_a_section_has_no_colon() -> None:
    values = {"instrument": "framework", "part": "section-1", "position": 3, "heading": "Money", "summary": "Money."}
    one = Provision.model_validate({**values, **SURE, "number": "I.1", "strength": "intention"}, context=LISTS)
    assert (one.name, one.order) == ("I.1 Money", 3)
    preamble = Provision.model_validate(
        {**values, **SURE, "number": "Preamble", "strength": "intention"}, context=LISTS
    )
    assert preamble.name == "Preamble: Money"


def test_official_words_are_few() -> None:
    values = {"instrument": "framework", "part": "section-1", "position": 3, "heading": "Money", "summary": "Money."}
    whole = {**values, **SURE, "number": "I.1", "strength": "intention"}
    six = Provision.model_validate({**whole, "official_words": ["a b c d e f"]}, context=LISTS)
    assert six.official_words == ["a b c d e f"]
    with pytest.raises(ValidationError, match="more than 6 words of the official text"):
        Provision.model_validate({**whole, "official_words": ["a b c d e f g"]}, context=LISTS)


def test_a_figure_is_compared_in_its_unit_without_thousands_and_millions() -> None:
    assert figure_of(1.5, "billion dollars").size == ("dollars", 1.5e9)
    assert figure_of(2, "thousand tons").size == ("tons", 2000)
    assert figure_of(60, "percent").size == ("percent", 60)
    assert figure_of(60, "percent").numbers == [60]
    assert figure_of(60, "percent", high=72).numbers == [60, 72]
    ceiling = figure_of(550, "billion dollars", limit="up-to")
    assert (ceiling.quantity, ceiling.words) == ("$550 billion", "up to $550 billion")
    assert str(Capacity(value=1300, unit="tons a year")) == "1,300 tons a year"
    assert format_number(0.1 + 0.2) == "0.3"


TOTAL = [{"title": "All", "role": "total"}, {"title": "North", "role": "part"}, {"title": "South", "role": "part"}]


@pytest.mark.parametrize("values", [[100, 60, 40], [100, 60, 39.5], [100, 60.5, 40], [60, 60, None], [0, 0.005, 0]])
def test_parts_make_a_total_but_for_what_rounding_takes(values: list[float | None]) -> None:
    assert series_of([{"label": "2024", "values": values}], TOTAL, parts_make_total=True).rows[0].values == values


@pytest.mark.parametrize(
    ("values", "parts", "total"), [([100, 60, 39.4], "99.4", "100"), ([0, 0.006, 0], "0.006", "0")]
)
def test_parts_that_make_no_total_are_refused(values: list[float], parts: str, total: str) -> None:
    with pytest.raises(ValidationError, match=rf"row '2024': parts make {parts}, total is {total}"):
        series_of([{"label": "2024", "values": values}], TOTAL, parts_make_total=True)
    assert series_of([{"label": "2024", "values": values}], TOTAL).rows, "where nothing says that they add up"


def test_a_row_has_a_year_and_a_value_for_each_column() -> None:
    with pytest.raises(ValidationError, match="row 'All' names no year, and the series has no year"):
        series_of([{"label": "All", "values": [1]}], [{"title": "Sum"}])
    assert series_of([{"label": "All", "values": [1]}], [{"title": "Sum"}], year="2024").year == "2024"
    with pytest.raises(ValidationError, match="row '2024': 2 values, 1 columns"):
        series_of([{"label": "2024", "values": [1, 2]}], [{"title": "Sum"}])


def test_a_choice_without_words_says_so_and_equals_the_one_with_words() -> None:
    with pytest.raises(ValueError, match="'verified' of certainty has no words here"):
        str(Certainty.verified)
    assert LISTS.get(Certainty, Certainty.verified) == Certainty.verified
    assert LISTS.get(Certainty, "unheard-of") == Certainty("unheard-of", "unheard-of")
    assert LISTS.find(Certainty, 3) is None
    assert Certainty("a", "b", label_ja="c").say("ja") == "c"
    assert Certainty("a", "b", label_ja="c").say("en") == "b"
    assert Certainty("a", "b").say("ja") == "b"


def test_lists_are_extended_by_what_only_the_others_have() -> None:
    def lists(stamp: str, **found: str) -> Vocabularies:
        choices = {name: tuple(Choice(one, f"{one} of {stamp}") for one in ids) for name, ids in found.items()}
        return Vocabularies({name: Vocabulary(name, one) for name, one in choices.items()}, stamp)

    both = lists("one", a="xy", b="z").extended(lists("two", a="yw", c="v"))
    assert {name: [str(one) for one in found.choices] for name, found in both.lists.items()} == {
        "a": ["x of one", "y of one", "w of two"],
        "b": ["z of one"],
        "c": ["v of two"],
    }
    assert both.stamp == "one two"


def test_what_an_author_writes_first_comes_first() -> None:
    names = list(ordered_fields(Person))
    assert names.index("party") < names.index("position") < names.index("certainty")
    assert names[-6:] == ["sources", "relations", "also", "aliases", "publish_from", "review"]


def test_the_answer_of_a_record_is_the_text_that_readers_came_for() -> None:
    assert find_answer(deadline_of("A meeting")) == "A meeting."
    assert find_answer(figure_of(1, "ton")) == "A count."
    assert find_answer(source_of()) == ""
    assert find_answer(source_of(note="Short.")) == "Short."


def test_fields_have_words() -> None:
    assert label_field("title_ja") == "Japanese title"
    assert label_field("not_a_name") == "not a name"
    assert capitalize("the IPEF") == "The IPEF"
    assert capitalize("") == ""


def test_a_citation_has_no_other_keys() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        Citation.model_validate({"id": "text", "page": 1})
    assert Citation(id="text").pinpoint is None


def test_a_point_rests_on_one_record_at_least() -> None:
    shape = Implication.model_json_schema(mode="validation")
    assert [one["properties"] for one in shape["anyOf"]] == [
        {"provisions": {"minItems": 1}},
        {"about": {"minItems": 1}},
    ]


def test_people_go_by_their_place_and_materials_by_their_sort(small: Site) -> None:
    leader = small.catalog.one(Person, "leader")
    orders = [
        leader.model_copy(update={"position": at, "title": name}).order for at, name in ((2, "A"), (1, "B"), (1, "A"))
    ]
    assert orders == [(2, "A"), (1, "B"), (1, "A")]
    magnets = small.catalog.one(Material, "magnets")
    assert magnets.order == (magnets.type.position, "magnets")


def test_a_party_is_no_page_of_its_own() -> None:
    values = {"title": "North", "full_name": "The North", "summary": "One.", **SURE}
    party = Party.model_validate(values, context=LISTS)
    party._id = "north"
    assert party.order == "north"
    assert (party.id, party.key, party.deserves_page, party.names) == ("north", "party/north", False, {"en": "North"})
