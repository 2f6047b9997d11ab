"""What must be read again before the as-at date is moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from macros.catalog.catalog import Catalog
from macros.catalog.rereading import (
    OLD,
    REVIEWED,
    Span,
    iter_old_states,
    reread_records,
    reread_reviews,
    reread_sources,
    speaks_ahead,
    typed_days,
)
from macros.schema.base import Record, Review
from macros.schema.context_kinds import Measure
from macros.schema.dates import PartialDate
from macros.schema.instruments import Deadline
from macros.site.loading import Site
from macros.text.document import read_document
from macros.text.positions import Document
from tests.conftest import LISTS, Alter
from tests.unit.test_macro_edges import copy_of

SPAN = Span(dt.date(2026, 9, 30), dt.date(2026, 11, 29))


def test_typed_days_within_the_span_are_found() -> None:
    text = "From September 30, 2026 to October 1, 2026, until November 2026, and on November 28, 2026; in 2026."
    assert list(typed_days(text, SPAN)) == ["October 1, 2026", "November 28, 2026"]
    assert list(typed_days("By October 2026 and February 30, 2026", SPAN)) == ["October 2026"]


def test_what_is_to_come_is_known_by_its_words() -> None:
    assert speaks_ahead("It runs until then.")
    assert not speaks_ahead("It ran out.")


def test_dates_that_pass_and_states_that_grow_old_are_listed(alter: Alter) -> None:
    site: Site = alter({})
    found = {(one.path, one.reason) for one in reread_records(site.catalog, SPAN)}
    assert ("data/measure/control.yml", "until 2026-11-10 will have passed: say what followed") in found
    assert ("data/measure/control.yml", "state_as_of is 2026-08: look the state up again") in found
    assert not [path for path, reason in found if "due date" in reason], "its due date is long past"


def test_a_due_date_within_the_span_is_listed(alter: Alter) -> None:
    site: Site = alter({"data/deadline/meeting.yml": ("length: 180 days", "length: 370 days")})
    reasons = [one.reason for one in reread_records(site.catalog, SPAN)]
    assert "the due date 2026-11-02 will have passed: add outcome:" in reasons


def with_documents(site: Site, *records: Record) -> Catalog:
    known = {one.key: one for one in records}
    others = {key: one for key, one in site.catalog.records.items() if one.kind == "source"}
    documents = {key: Document(f"{key}.yml") for key in (*known, *others)}
    return replace(site.catalog, records={**known, **others}, documents=documents)


def reasons(catalog: Catalog, span: Span = SPAN) -> list[str]:
    return [one.reason for one in reread_records(catalog, span)]


@pytest.mark.parametrize(
    ("date", "has"), [("2026-09-30", False), ("2026-10-01", True), ("2026-11-29", True), ("2026-11-30", False)]
)
def test_a_span_begins_after_the_one_day_and_ends_with_the_other(small: Site, date: str, has: bool) -> None:
    assert SPAN.has(PartialDate(date)) is has
    measure = small.catalog.one(Measure, "control")
    assert measure.suspension
    pause = measure.suspension.model_copy(update={"until": PartialDate(date)})
    record = copy_of(measure, suspension=pause, state_as_of=PartialDate("2026-10"), since=None)
    said = f"until {date} will have passed: say what followed"
    assert (said in reasons(with_documents(small, record))) is has


@pytest.mark.parametrize(("days", "old"), [(60, False), (61, True)])
def test_a_state_is_old_after_sixty_days(small: Site, days: int, old: bool) -> None:
    day = SPAN.new
    seen = PartialDate((day - dt.timedelta(days)).isoformat())
    measure = copy_of(small.catalog.one(Measure, "control"), state_as_of=seen, since=None)
    assert [path for path, _ in iter_old_states(measure, day)] == ([("state_as_of",)] if old else [])
    said = f"state_as_of is {seen.text}: look the state up again"
    assert (said in reasons(with_documents(small, measure))) is old
    assert OLD.days == 60


def test_a_due_date_within_the_span_is_said(small: Site) -> None:
    meeting = copy_of(small.catalog.one(Deadline, "meeting"), outcome=None)
    assert meeting.clock
    for start, due in (("2026-04-03", None), ("2026-04-04", "2026-10-01")):  # 180 days before September 30 and the next
        clock = meeting.clock.model_copy(update={"starts_on": PartialDate(start)})
        said = reasons(with_documents(small, copy_of(meeting, clock=clock)))
        assert said == ([f"the due date {due} will have passed: add outcome:"] if due else [])


def test_days_typed_in_a_text_are_said_at_their_place(small: Site) -> None:
    document, _ = read_document(
        "x.yml", b"title: A\nsources:\n- {id: a, pinpoint: 'on October 1, 2026'}\nmore: In May 2026\n"
    )
    catalog = with_documents(small, small.catalog.get("term/wording"))
    catalog = replace(catalog, documents={**catalog.documents, "term/wording": document})
    assert [str(one) for one in reread_records(catalog, SPAN)] == [
        "x.yml:3:21: 'October 1, 2026' will have passed: put the sentence into the past"
    ]
    text = "In June 31, 2026, October 2026, and December 2026; October 5, 2026."
    assert list(typed_days(text, Span(dt.date(2026, 9, 30), dt.date(2026, 11, 1)))) == [
        "October 2026",
        "October 5, 2026",
    ]


def test_sources_of_old_states_are_said_once_with_what_they_carry(small: Site) -> None:
    measure = small.catalog.one(Measure, "control")
    measures = [copy_of(measure, f"m{number}", state_as_of=PartialDate("2026-01")) for number in range(1, 6)]

    def told(records: Sequence[Record]) -> list[str]:
        return [str(one) for one in reread_sources(with_documents(small, *records), dt.date(2026, 11, 10))]

    address = "source/text.yml:1:1: see whether it says more now (https://government.example/text):"
    assert told(measures[:3]) == [f"{address} measure/m1, measure/m2, measure/m3"]
    assert told(measures) == [f"{address} measure/m1, measure/m2, measure/m3 and 2 more"]
    deadline = small.catalog.one(Deadline, "meeting")
    assert told([deadline]) == ["source/report.yml:1:1: see whether it says more now (no address): deadline/meeting"], (
        "its outcome rests on a source of its own"
    )
    assert told([copy_of(measure, state_as_of=PartialDate("2026-10"), since=None)]) == []


@pytest.mark.parametrize(("days", "old"), [(180, False), (181, True)])
def test_a_review_is_old_after_half_a_year(days: int, old: bool) -> None:
    day = dt.date(2026, 11, 10)
    on = (day - dt.timedelta(days)).isoformat()
    review = Review.model_validate({"by": "editor", "on": on}, context=LISTS)
    found = reread_reviews([(Document("a.yml"), None), (Document("b.yml"), review), (Document("c.yml"), review)], day)
    said = [f"{name}.yml:1:1: reviewed on {on}: read it again, and write the new day" for name in ("b", "c")]
    assert {role: [str(one) for one in passages] for role, passages in found.items()} == (
        {"editor": said} if old else {}
    )
    assert REVIEWED.days == 180
