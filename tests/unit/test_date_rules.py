"""What must hold of dates, asked of single records: the last day on which nothing is wrong, and the first that is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from macros.catalog.catalog import freeze_catalog
from macros.catalog.date_rules import check_embargo
from macros.catalog.references import iter_dates
from macros.catalog.rules import check_records
from macros.text.memory import Memory
from macros.tree import Tree
from tests.conftest import LISTS
from tests.unit.test_rules import AS_AT, ground_of, said


def outcome(**values: str) -> dict[str, Any]:
    common = {"state": "no-public-evidence", "note": "None.", "seen_until": "2026-08-21", "certainty": "not-verified"}
    return {"outcome": {**common, "sources": [{"id": "report"}], **values}}


def clock(start: str, length: str | None = "180 days") -> dict[str, Any]:
    return {"clock": {"starts": "a day", "starts_on": start, **({"length": length} if length else {})}}


@pytest.mark.parametrize("key", ["deadline/meeting", "measure/control", "event/fair", "instrument/framework"])
def test_nothing_is_wrong_with_the_records_as_they_are(key: str) -> None:
    assert said(key) == []


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2026-09-30", []),
        ("2026", []),
        ("2026-10-01", ["2026-10-01 lies after the as-at date 2026-09-30"]),
        ("2026-10", ["2026-10 lies after the as-at date 2026-09-30"]),
    ],
)
def test_nothing_is_dated_after_the_as_at_date(date: str, expected: list[str]) -> None:
    assert said("event/fair", fair={"date": date}) == expected
    assert said("event/fair", fair={"date": date}, as_at=None) == [], "it is not known"


def test_a_review_may_lie_after_the_as_at_date_and_a_source_may_not() -> None:
    ground = ground_of("event/fair", fair={"review": {"by": "editor", "on": "2026-10-02"}})
    assert [one.text for _, one in iter_dates(ground.records["event/fair"], later=True)] == ["2026-03"]
    sources = ground_of(text={"date": "2027-01-01"})
    assert [one.message for one in check_records(sources, Memory(), LISTS)] == [
        "2027-01-01 lies after the as-at date 2026-09-30"
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({**clock("2026-04-03"), "outcome": None}, []),  # due on the as-at date itself
        (
            {**clock("2026-04-02"), "outcome": None},
            ["the due date 2026-09-29 has passed and nothing is said of the outcome"],
        ),
        ({**clock("2026-04-02", None), "outcome": None}, []),  # no due date
        (outcome(state="running"), ["'running' is computed, not written"]),
        (outcome(state="evidence-found"), []),
        (outcome(seen_until="2026-04-26"), []),  # the due date itself
        (outcome(seen_until="2026-04"), []),
        (outcome(seen_until="2026-04-25"), ["the newest material, 2026-04-25, is older than the due date"]),
        (clock("2025-10"), ["a due date cannot be counted from 2025-10, which names no day"]),
        (clock("2025-10", None), []),
    ],
)
def test_a_deadline_that_has_passed_says_what_is_known(values: dict[str, Any], expected: list[str]) -> None:
    assert said("deadline/meeting", meeting=values) == expected


def test_without_an_as_at_date_no_deadline_has_passed() -> None:
    assert said("deadline/meeting", meeting={"outcome": None}, as_at=None) == []


def pause(starts: str, until: str) -> dict[str, Any]:
    return {"suspension": {"instrument": "No. 2", "starts": starts, "until": until, "after": "Not known."}}


def since(until: str) -> dict[str, Any]:
    source = {"id": "text", "pinpoint": "passim"}
    return {"since": {"note": "No.", "seen_until": until, "certainty": "not-verified", "sources": [source]}}


NOW = {"state_as_of": "2026-09", "since": None}
SILENT = "lies before the as-at date 2026-09-30 and nothing is said of what followed"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (NOW, []),  # the month of the as-at date is not over
        ({**NOW, "state_as_of": "2026-09-29"}, [f"2026-09-29 {SILENT}"]),
        ({**NOW, "state_as_of": "2026-09-30"}, []),
        ({**NOW, "state_as_of": "2026-08"}, [f"2026-08 {SILENT}"]),
        ({**NOW, **pause("2025-11-10", "2026-09-29")}, [f"2026-09-29 {SILENT}"]),
        ({**NOW, **pause("2025-11-10", "2026-09-30")}, []),
        ({**NOW, "expires": "2026-09-29"}, [f"2026-09-29 {SILENT}"]),
        ({**NOW, "expires": "2026-09-30"}, []),
        (since("2026-08-01"), []),  # the state is that of August
        (since("2026-07-31"), ["what followed was looked for until 2026-07-31, before the state was seen"]),
        (pause("2025-11-10", "2025-11-10"), []),
        (pause("2025-11-11", "2025-11-10"), ["2025-11-10 is the end of the pause, before its start on 2025-11-11"]),
        ({"expires": "2025-04-04"}, []),
        ({"expires": "2025-04-03"}, ["2025-04-03 is its end, before its beginning on 2025-04-04"]),
        (
            {"effective": "2025-04-20", "expires": "2025-04-10"},
            ["2025-04-10 is its end, before its beginning on 2025-04-20"],
        ),
        ({"effective": None, "expires": "2025-04-03"}, ["2025-04-03 is its end, before its beginning on 2025-04-04"]),
        ({"effective": "2025-03-04"}, []),  # 31 days before it was announced
        ({"effective": "2025-03-03"}, ["effective 2025-03-03, long before it was announced, 2025-04-04"]),
    ],
)
def test_the_dates_of_a_measure_are_in_order_and_say_what_followed(values: dict[str, Any], expected: list[str]) -> None:
    assert said("measure/control", control=values) == expected
    if SILENT in "".join(expected):
        assert said("measure/control", control=values, as_at=None) == []


@pytest.mark.parametrize(("until", "expected"), [("2026-03-01", []), ("2026-02-28", ["2026-02-28 is its last day, "])])
def test_an_event_ends_after_it_begins(until: str, expected: list[str]) -> None:
    assert [one[:27] for one in said("event/fair", fair={"until": until})] == [one[:27] for one in expected]


@pytest.mark.parametrize(("day", "faults"), [("2025-10-28", 0), ("2025-10", 0), ("2025-10-27", 1)])
def test_no_instrument_is_in_force_before_it_was_signed(day: str, faults: int) -> None:
    assert len(said("instrument/framework", framework={"entry_into_force": day})) == faults


@pytest.mark.parametrize(("day", "faults"), [("2026-09-30", 0), ("2026", 0), ("2026-10-01", 1)])
def test_no_record_is_frozen_before_its_day(tmp_path: Path, day: str, faults: int) -> None:
    ground = ground_of("term/wording", wording={"publish_from": day})
    catalog = freeze_catalog(AS_AT, ground.records, ground.documents, {}, [])
    path = tmp_path / "data" / "term" / "wording.yml"
    path.parent.mkdir(parents=True)
    path.write_text(f"title: wording\npublish_from: {day}\n", encoding="utf-8")
    problems = list(check_embargo(catalog, Tree(tmp_path)))
    assert [(one.line, one.column) for one in problems] == [(2, 15)] * faults
