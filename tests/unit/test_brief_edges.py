"""The brief at its edges: the first and the last that is told, what is told of nothing, and of two that are equal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from macros.brief.audiences import list_open, tell_roles, tell_widest
from macros.brief.context import tell_around
from macros.brief.dating import end_of, tell_dates
from macros.brief.figures import draw_clocks, draw_timeline
from macros.brief.notes import Notes
from macros.brief.points import Points, bearing_on
from macros.brief.sheets import create_sheet
from macros.brief.text import tell_bottom, tell_deadlines
from macros.catalog.catalog import Catalog
from macros.schema.actors import Audience
from macros.schema.base import Record
from macros.schema.context_kinds import Measure, Pillar
from macros.schema.dates import PartialDate
from macros.schema.instruments import Deadline, Instrument
from macros.schema.subjects import Event, Implication, Question
from macros.schema.vocabularies import ImplicationType, InstrumentRole
from macros.site.loading import Site
from macros.site.release import create_release
from tests.conftest import LISTS
from tests.unit.test_brief_parts import CONFIG
from tests.unit.test_macro_edges import copy_of


def with_records(site: Site, records: Sequence[Record]) -> Catalog:
    """Returns the catalog with these records as well."""
    known = {**site.catalog.records, **{one.key: one for one in records}}
    return replace(site.catalog, records=known, made={}, _sorted={}, _indexes={}, _outgoing={})


def point_of(site: Site, name: str, position: int, **values: Any) -> Implication:
    return copy_of(site.catalog.one(Implication, "point"), name, title=name, position=position, **values)


@pytest.mark.parametrize(
    ("seen", "later"), [("2026-04-26", False), ("2026-04-27", True), ("2026-09-30", True), ("2026-10-01", False)]
)
def test_what_was_seen_is_drawn_from_the_due_date_to_the_as_at_date(small: Site, seen: str, later: bool) -> None:
    meeting = small.catalog.one(Deadline, "meeting")
    assert meeting.outcome
    outcome = meeting.outcome.model_copy(update={"seen_until": PartialDate(seen)})
    clocks = draw_clocks(Notes(with_records(small, [copy_of(meeting, outcome=outcome)])))
    assert clocks
    (row,) = clocks.rows
    assert (row.seen > row.due) is later
    assert later or row.seen == 0


def test_a_clock_without_an_outcome_shows_nothing_later(small: Site) -> None:
    meeting = copy_of(small.catalog.one(Deadline, "meeting"), outcome=None)
    clocks = draw_clocks(Notes(with_records(small, [meeting])))
    assert clocks
    assert clocks.rows[0].seen == 0
    assert draw_clocks(Notes(with_records(small, [copy_of(meeting, clock=None)]))) is None


def events_of(site: Site, *days: str) -> list[Event]:
    fair = site.catalog.one(Event, "fair")
    return [copy_of(fair, f"on-{day}", date=PartialDate(day), title=day) for day in days]


def test_a_timeline_has_its_first_and_its_last_day_and_a_tick_for_each_month_of_a_short_one(small: Site) -> None:
    days = ("2026-06-29", "2026-06-30", "2026-09-30", "2026-10-01")
    catalog = with_records(small, events_of(small, *days))
    subject = copy_of(small.catalog.one(Instrument, "framework"), date=PartialDate("2026-06-30"))
    drawn = draw_timeline(Notes(catalog), subject)
    assert drawn
    assert [one.title for one in drawn.listed] == ["2026-06-30", "2026-09-30"]
    assert [one.number for one in drawn.listed] == [1, 2]
    assert [words for _, words in drawn.ticks] == ["June 2026", "July 2026", "Aug. 2026", "Sept. 2026"]
    assert [(row.title, row.levels, len(row.marks)) for row in drawn.lanes] == [("The Framework", 1, 2)]


@pytest.mark.parametrize(("day", "levels"), [("2026-06-05", 2), ("2026-06-06", 1)])
def test_numbered_marks_stand_on_one_line_where_they_do_not_touch(small: Site, day: str, levels: int) -> None:
    """Of 122 days 4 are 3.28 in a hundred, where a mark takes 3.4; 5 are more."""
    subject = copy_of(small.catalog.one(Instrument, "framework"), date=PartialDate("2026-06-01"))
    drawn = draw_timeline(Notes(with_records(small, events_of(small, "2026-06-01", day))), subject)
    assert drawn
    (row,) = drawn.lanes
    assert [one.number for one in row.marks] == [1, 2]
    assert row.levels == levels


def test_without_anything_dated_there_is_no_timeline(small: Site) -> None:
    subject = copy_of(small.catalog.one(Instrument, "framework"), date=PartialDate("2026-04-01"))
    assert draw_timeline(Notes(small.catalog), subject) is None


def test_of_measures_that_end_on_one_day_the_one_of_which_most_speak_is_told(small: Site) -> None:
    control = small.catalog.one(Measure, "control")
    second = copy_of(control, "second", title="Second")
    told: list[str] = []
    for about in (["control"], ["control", "second"], ["second"], ["control", "second", "second"]):
        points = [
            point_of(small, f"on-{number}", number + 10, about=[f"measure/{name}"]) for number, name in enumerate(about)
        ]
        dates = tell_dates(Points(Notes(with_records(small, [second, *points]))))
        told += [one.title for one in dates if one.date == "Nov. 10, 2026"]
    assert told == ["A control", "A control", "Second", "Second"]


def test_a_pause_ends_before_a_measure(small: Site) -> None:
    control = small.catalog.one(Measure, "control")
    expires = PartialDate("2027-01-01")
    assert str(end_of(control)) == "November 10, 2026"
    assert str(end_of(copy_of(control, expires=expires))) == "November 10, 2026"
    assert end_of(copy_of(control, expires=expires, suspension=None)) == expires
    assert end_of(copy_of(control, suspension=None)) is None


def test_a_date_that_is_to_come_says_what_is_due_and_one_that_has_passed_what_is_known(small: Site) -> None:
    passed = next(one for one in tell_dates(Points(Notes(small.catalog))) if one.title == "A meeting")
    assert (passed.state, passed.seen_until) == ("", "Aug. 21, 2026")
    assert [one.text for one in passed.said] == ["We found nothing."]
    meeting = small.catalog.one(Deadline, "meeting")
    assert meeting.clock
    for start, state in (("2026-04-03", "running"), ("2026-04-02", "")):  # due on the as-at date, and a day before it
        clock = meeting.clock.model_copy(update={"starts_on": PartialDate(start)})
        catalog = with_records(small, [copy_of(meeting, clock=clock)])
        told = next(one for one in tell_dates(Points(Notes(catalog))) if one.title == "A meeting")
        assert told.state == state
        assert [one.text for one in told.said] == (["A meeting is held."] if state else ["We found nothing."])
        assert told.seen_until == ("" if state else "Aug. 21, 2026")


def test_a_point_speaks_of_a_date_or_nobody_does(small: Site) -> None:
    told = {one.title: one for one in tell_dates(Points(Notes(small.catalog)))}["A meeting"]
    point = small.catalog.one(Implication, "point")
    assert bearing_on([point], {"provision/one"}) == [point]
    assert bearing_on([point], {"provision/none"}) == []
    assert told.meaning
    assert (told.meaning.title, told.readers) == ("A point", ["Buyers"])
    gone = copy_of(point, provisions=["two"])
    told = {one.title: one for one in tell_dates(Points(Notes(with_records(small, [gone]))))}["A meeting"]
    assert (told.meaning, told.readers) == (None, [])


def test_who_has_fewest_risks_chooses_first_whatever_else_it_has(small: Site) -> None:
    buyers = small.catalog.one(Audience, "buyers")
    sellers = copy_of(buyers, "sellers", title="Sellers", position=2)
    both = point_of(small, "both", 1, audiences=["buyers", "sellers"])
    more = [point_of(small, f"more-{n}", 5 + n, type=LISTS.get(ImplicationType, "watch")) for n in range(3)]
    catalog = with_records(small, [sellers])
    links = [one for one in catalog.incoming["audience/buyers"] if one.origin == "implication/point"]
    to_buyers = [one._replace(origin=new.key) for one in links for new in (both, *more)]
    to_sellers = [one._replace(origin=both.key, target="audience/sellers") for one in links]
    incoming = {
        **catalog.incoming,
        "audience/buyers": (*catalog.incoming["audience/buyers"], *to_buyers),
        "audience/sellers": tuple(to_sellers),
    }
    records = {**catalog.records, **{one.key: one for one in (both, *more)}}
    catalog = replace(catalog, records=records, incoming=incoming, _sorted={})
    release = create_release(replace(small, catalog=catalog), CONFIG, name="2026-09-30", title="Position")
    told = {one.title: [two.title for two in one.points] for one in tell_roles(Points(Notes(catalog)), release)}
    assert told == {"Buyers": ["A point"], "Sellers": ["both"]}


def test_a_sheet_has_open_questions_from_a_certain_fullness_on(small: Site) -> None:
    doubt = small.catalog.one(Question, "doubt")
    questions = [copy_of(doubt, f"more-{number}", position=number + 2) for number in range(9)]
    point = copy_of(small.catalog.one(Implication, "point"), about=[one.key for one in questions])
    catalog = with_records(small, [*questions, point])
    release = create_release(replace(small, catalog=catalog), CONFIG)
    (audience,) = catalog.all(Audience)
    sheets = {
        fullness: len(create_sheet(release, audience, "today", fullness).open) for fullness in (1, 5, 6, 7, 9, 14)
    }
    assert sheets == {1: 0, 5: 0, 6: 0, 7: 1, 9: 2, 14: 4}


def test_an_agreement_says_when_it_came_into_force_and_a_pillar_may_have_none(small: Site) -> None:
    def told(**values: Any) -> tuple[str, str, str, str]:
        older, chains = small.catalog.one(Instrument, "older"), small.catalog.one(Pillar, "chains")
        records = [copy_of(older, **values.get("older", {})), copy_of(chains, **values.get("chains", {}))]
        catalog = with_records(small, records)
        (one,) = tell_around(Notes(catalog), catalog.one(Instrument, "framework")).agreements
        return one.agreement, one.signed, one.in_force, one.bound

    assert told() == ("the older paper", "March 2023", "", "1 of 1")
    assert told(older={"entry_into_force": PartialDate("2024-02-24")})[2] == "Feb. 24, 2024"
    assert told(chains={"agreement": None}) == ("", "", "", "")


@pytest.mark.parametrize(
    ("date", "compared"),
    [("2025-10-01", True), ("2025-10", True), ("2025-09-30", False), ("2024-10-28", False)],
)
def test_a_text_is_compared_with_its_sisters_of_the_same_month(small: Site, date: str, compared: bool) -> None:
    older = small.catalog.one(Instrument, "older")
    subject = copy_of(small.catalog.one(Instrument, "framework"), features=older.features)
    role = LISTS.get(InstrumentRole, "sister")
    sister = copy_of(older, "sister", date=PartialDate(date), role=role)
    plain = copy_of(sister, "plain", features=[], date=subject.date)
    matrix = tell_around(Notes(with_records(small, [subject, sister, plain])), subject).matrix
    assert (matrix is not None) is compared
    if matrix:
        assert len(matrix.texts) == 2, "one that says nothing of features is left out"
    other = copy_of(sister, date=subject.date, role=older.role)
    assert tell_around(Notes(with_records(small, [subject, other])), subject).matrix is None


def test_the_bottom_line_says_when_and_where_if_that_is_known(small: Site) -> None:
    subject = small.catalog.one(Instrument, "framework")
    for place, where in (("Tokyo", "October 28, 2025, Tokyo."), (None, "October 28, 2025.")):
        signed = tell_bottom(Points(Notes(small.catalog)), copy_of(subject, place=place)).signed
        assert signed
        assert signed.text.endswith(where)
    told = tell_bottom(Points(Notes(small.catalog)), subject)
    assert told.binding.text == "Non-binding"
    assert [one.office for one in told.signatures] == ["President"]


def test_a_deadline_without_a_clock_has_no_words_for_it(small: Site) -> None:
    meeting, undated = tell_deadlines(Notes(small.catalog))
    assert (meeting.starts, meeting.length, meeting.due) == (
        "date of the Framework: Oct. 28, 2025",
        "180 days",
        "April 26, 2026",
    )
    assert (undated.starts, undated.length, undated.due, undated.not_said) == ("", "", "", "")
    assert (meeting.provisions, meeting.not_said) == ("I.1", "Not a signing.")
    long = copy_of(
        small.catalog.one(Deadline, "meeting"), what="It is held. Often.", what_not="Not a signing. Nor a vow."
    )
    told = tell_deadlines(Notes(with_records(small, [long])))[0]
    assert (told.what.text, told.not_said) == ("It is held.", "Not a signing. Nor a vow.")


def test_of_what_concerns_most_readers_five_points_are_told_of_each_sort(small: Site) -> None:
    watch = LISTS.get(ImplicationType, "watch")
    points = [point_of(small, f"watch-{number}", 10 + number, type=watch) for number in range(7)]
    ((label, told),) = tell_widest(Points(Notes(with_records(small, points))))
    assert (label, [one.title for one in told]) == ("what to watch", [f"watch-{number}" for number in range(5)])


def test_no_open_question_is_told_beyond_the_last_or_when_it_is_settled(small: Site) -> None:
    notes = Notes(small.catalog)
    assert [one.title for one in list_open(notes, 1, named={"question/doubt"})] == ["Is it so?"]
    assert list_open(notes, 0, named={"question/doubt"}) == []
    assert list_open(notes, 9) == []
