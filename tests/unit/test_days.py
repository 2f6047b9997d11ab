"""Rules of dates and ranges, each where it begins to hold; and what is chosen, counted or named by a day."""

from __future__ import annotations

from typing import Any

import pytest

from macros.catalog.building import check_news
from macros.catalog.date_rules import check_aftermath, check_clock, check_dates, check_deadline, check_order
from macros.catalog.rule_context import Rule, RuleContext
from macros.catalog.shape_rules import check_drawn, check_ranges
from macros.components.matrices import count_cells, set_out
from macros.exports.calendar import describe_deadline, export_calendar
from macros.metadata.nodes import describe_event, describe_term
from macros.schema.base import Record
from macros.schema.context_vocabularies import RatificationState
from macros.schema.dates import LaterDate, PartialDate
from macros.schema.figures import Series
from macros.schema.instruments import Deadline
from macros.schema.news import NewsItem
from macros.schema.subjects import Event, Term
from macros.site.loading import Site
from macros.site.release import create_release
from macros.style.measuring import Reading
from macros.text.document import read_document
from macros.text.files import check_names
from macros.tree import Tree
from tests.conftest import SPECIMENS
from tests.unit.test_brief_parts import CONFIG

NAMES = Tree(SPECIMENS / "small").data


def problems_of(small: Site, rule: Rule, record: Record, as_at: str = "2026-09-30") -> list[str]:
    """Returns what a rule finds in a record as of a day: the key that is at fault, and what is said."""
    ground = RuleContext(PartialDate(as_at), small.catalog.records, small.catalog.documents, small.catalog.aliases)
    document = small.catalog.documents[record.key]
    lines = document.text.splitlines()
    found = rule(record, document, ground)
    return [f"{lines[one.line - 1].split(':')[0].strip()}: {one.message}" for one in found]


def changed(small: Site, key: str, **fields: Any) -> Record:
    old = small.catalog.records[key]
    record = old.model_copy(update=fields)
    record._id = old.id
    return record


@pytest.mark.parametrize(("as_at", "late"), [("2026-03", False), ("2026-03-01", False), ("2026-02-28", True)])
def test_nothing_is_dated_after_the_as_at_date(small: Site, as_at: str, *, late: bool) -> None:
    said = problems_of(small, check_dates, small.catalog.records["event/fair"], as_at)
    assert said == ([f"date: 2026-03 lies after the as-at date {as_at}"] if late else [])


def test_an_outcome_is_said_from_the_day_after_the_due_date(small: Site) -> None:
    open_ended = changed(small, "deadline/meeting", outcome=None)
    assert problems_of(small, check_deadline, open_ended, "2026-04-26") == []
    (said,) = problems_of(small, check_deadline, open_ended, "2026-04-27")
    assert said.endswith("the due date 2026-04-26 has passed and nothing is said of the outcome")
    assert problems_of(small, check_deadline, small.catalog.records["deadline/meeting"], "2026-04-27") == []


def test_a_measure_that_ended_says_what_followed(small: Site) -> None:
    measure = changed(small, "measure/control", since=None)
    assert problems_of(small, check_aftermath, measure, "2026-08-31") == []
    assert problems_of(small, check_aftermath, measure, "2026-09-01") == [
        "state_as_of: 2026-08 lies before the as-at date 2026-09-01 and nothing is said of what followed"
    ]
    assert problems_of(small, check_aftermath, measure, "2026-11-11") == [
        "until: 2026-11-10 lies before the as-at date 2026-11-11 and nothing is said of what followed"
    ]
    assert problems_of(small, check_aftermath, small.catalog.records["measure/control"], "2026-11-11") == []
    early = changed(small, "measure/control", state_as_of=PartialDate("2026-09"))
    assert problems_of(small, check_aftermath, early, "2026-09-30") == [
        "seen_until: what followed was looked for until 2026-08, before the state was seen"
    ]


@pytest.mark.parametrize(
    ("key", "fields", "said"),
    [
        ("measure/control", {"expires": PartialDate("2025-04-04")}, []),
        (
            "measure/control",
            {"expires": PartialDate("2025-04-03")},
            ["title: 2025-04-03 is its end, before its beginning on 2025-04-04"],
        ),
        ("measure/control", {"effective": PartialDate("2025-03-04")}, []),
        (
            "measure/control",
            {"effective": PartialDate("2025-03-03")},
            ["effective: effective 2025-03-03, long before it was announced, 2025-04-04"],
        ),
        ("event/fair", {"until": PartialDate("2026-03-01")}, []),
        (
            "event/fair",
            {"until": PartialDate("2026-02")},
            ["title: 2026-02 is its last day, before its first on 2026-03"],
        ),
        (
            "instrument/older",
            {"entry_into_force": PartialDate("2023-02")},
            ["title: 2023-02 is before the day of signature, 2023-03"],
        ),
    ],
)
def test_dates_are_in_the_order_in_which_things_happen(
    small: Site, key: str, fields: dict[str, Any], said: list[str]
) -> None:
    assert problems_of(small, check_order, changed(small, key, **fields)) == said


@pytest.mark.parametrize(
    ("high", "said"),
    [
        (8.61, []),
        (8.6, ["high: the upper end, 8.6, is not above the amount, 8.6"]),
        (8, ["high: the upper end, 8, is not above the amount, 8.6"]),
        (None, []),
    ],
)
def test_the_upper_end_of_a_range_is_above_the_lower_one(small: Site, high: float | None, said: list[str]) -> None:
    assert problems_of(small, check_ranges, changed(small, "figure/share", high=high)) == said


def test_the_brief_draws_series_of_one_column(small: Site) -> None:
    series = small.catalog.one(Series, "imports")
    drawn = changed(small, "series/imports", in_brief=1)
    assert [one.partition(": ")[2] for one in problems_of(small, check_drawn, drawn)] == [
        "the brief draws one column, and the series has 3"
    ]
    assert problems_of(small, check_drawn, series) == []
    one = changed(small, "series/imports", in_brief=1, columns=series.columns[:1])
    assert problems_of(small, check_drawn, one) == []


def test_a_due_date_is_counted_from_a_day_and_looked_for_after_it(small: Site) -> None:
    meeting = small.catalog.one(Deadline, "meeting")
    assert meeting.clock
    assert meeting.outcome
    month = changed(
        small, "deadline/meeting", clock=meeting.clock.model_copy(update={"starts_on": PartialDate("2025-10")})
    )
    assert problems_of(small, check_clock, month) == [
        "starts_on: a due date cannot be counted from 2025-10, which names no day"
    ]
    for seen, said in (
        ("2026-04-26", []),
        ("2026-04", []),
        ("2026-04-25", ["seen_until: the newest material, 2026-04-25, is older than the due date"]),
    ):
        outcome = meeting.outcome.model_copy(update={"seen_until": PartialDate(seen)})
        assert problems_of(small, check_clock, changed(small, "deadline/meeting", outcome=outcome)) == said


@pytest.mark.parametrize(("date", "late"), [("2026-09-30", False), ("2026-09", False), ("2026-10-01", True)])
def test_no_news_are_from_after_the_as_at_date(date: str, *, late: bool) -> None:
    text = f"news:\n- date: {date}\n  says: See [[term/a]] and [[term/b]].\n"
    document, _ = read_document("data/catalog.yml", text.encode())
    item = NewsItem.model_validate({"date": date, "says": "See [[term/a]] and [[term/b]]."})
    found = list(check_news((item,), document, PartialDate("2026-09-30"), {"term/a": 1}))
    told = [(one.line, one.message) for one in found]
    assert told == [
        *([(2, f"{date} lies after the as-at date 2026-09-30")] if late else []),
        (3, "no record 'term/b'"),
    ]


@pytest.mark.parametrize(
    ("where", "fits"),
    [
        ({"date": "2026"}, True),
        ({"date": 2026}, True),
        ({"date": "2026-03"}, True),
        ({"date": "2026-03", "type": "meeting"}, True),
        ({"bears_on": "deadline/meeting"}, True),
    ],
)
def test_records_are_chosen_by_year_month_or_a_value_in_a_list(
    small: Site, where: dict[str, object], *, fits: bool
) -> None:
    assert [one.id for one in small.catalog.select("event", where)] == ["fair"] * fits


@pytest.mark.parametrize("where", [{"date": "2026-04"}, {"date": "202"}, {"date": 2025}, {"type": "fair"}])
def test_what_fits_no_record_is_refused(small: Site, where: dict[str, object]) -> None:
    with pytest.raises(Exception, match="no record of the kind event fits"):
        small.catalog.select("event", where)


def test_deposits_are_counted_by_their_state_or_all(small: Site) -> None:
    agreements, rows = set_out(small.catalog)
    assert [one.id for one in agreements] == ["older"]
    ((party, (cell,)),) = rows
    assert party.id == "north"
    assert cell
    assert count_cells([cell, None, cell], RatificationState.in_force) == 2
    nothing = cell.model_copy(update={"state": RatificationState.not_found})
    assert count_cells([cell, nothing, None]) == 1
    assert count_cells([cell, nothing, nothing], RatificationState.not_found) == 2


def test_the_entry_of_a_deadline_says_what_is_due_and_by_what_it_was_computed(small: Site) -> None:
    content = describe_deadline(small.catalog, small.catalog.one(Deadline, "meeting"))
    assert content
    assert content.due == LaterDate("2026-04-26")
    assert content.about == (
        "What is due: A meeting is held.",
        "What it is not: Not a signing.",
        "Computed by us: 180 days from October 28, 2025 (date of the Framework).",
        "Paragraph: I.1 First, in the Framework. Legal character: non-binding.",
    )
    assert content.state.endswith(". We found nothing. Newest material we read: August 21, 2026.")
    assert describe_deadline(small.catalog, small.catalog.one(Deadline, "undated")) is None
    release = create_release(small, CONFIG, name="2026-09-30", title="Position")
    lines = export_calendar(release).decode().replace("\r\n ", "").split("\r\n")
    assert {"PRODID:-//Explained//deadlines//EN", "VERSION:2.0", "X-WR-CALNAME:Explained", "NAME:Explained"} <= set(
        lines
    )
    assert {"SEQUENCE:0", "DTSTAMP:20260930T000000Z", "DTSTART;VALUE=DATE:20260426", "TRIGGER:-P14D"} <= set(lines)
    assert "SUMMARY:A meeting" in lines
    assert {"TRANSP:TRANSPARENT", "ACTION:DISPLAY", "REFRESH-INTERVAL;VALUE=DURATION:P1D"} <= set(lines)


def test_terms_and_events_are_nodes_of_their_own(small: Site) -> None:
    release = create_release(small, CONFIG, name="2026-09-30", title="Position")
    term = describe_term(release, small.catalog.one(Term, "wording"))
    assert (term["@type"], term["name"], term["description"]) == ("DefinedTerm", "wording", "How a text is put.")
    event = describe_event(release, small.catalog.one(Event, "fair"))
    assert (event["@type"], event["startDate"], "endDate" in event) == ("Event", "2026-03", False)
    assert event["location"] == {"@type": "Place", "name": "Tokyo"}


def test_a_page_without_sentences_reads_as_nothing() -> None:
    empty, two = Reading("a", 0, ()), Reading("a", 5, ("One two three.", "Four five."))
    assert (empty.median, empty.longest, empty.ease) == (0, 0, 100)
    assert (two.median, two.longest) == (2.5, 3)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.yml", ""),
        ("x" * 100, ""),
        ("x" * 101, "a name of 101 letters"),
        ("con.yml", "Windows keeps the name 'con.yml' for a device"),
        ("a:b.yml", "Windows cannot keep a file named 'a:b.yml'"),
        ("a.", "Windows cannot keep a file named 'a.'"),
        (" a", "Windows cannot keep a file named ' a'"),
    ],
)
def test_a_name_that_some_machine_cannot_keep_is_refused(name: str, said: str) -> None:
    assert [one.message for one in check_names([NAMES / name], str)] == ([said] if said else [])
