"""What must hold of dates, sources and ids, asked of single records; each bound is tried on both of its sides."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.catalog.catalog import freeze_catalog
from macros.catalog.date_rules import check_embargo
from macros.catalog.references import Reference, iter_dates
from macros.catalog.rule_context import RuleContext
from macros.catalog.rules import check_records, collect_aliases
from macros.problems import Problem
from macros.schema import KINDS
from macros.schema.base import Record
from macros.schema.dates import PartialDate
from macros.text.document import read_document
from macros.text.memory import Memory
from macros.text.positions import Document
from macros.tree import Tree
from tests.conftest import LISTS, SPECIMENS

AS_AT = PartialDate("2026-09-30")
DATA = SPECIMENS / "small" / "data"


def ground_of(*keys: str, as_at: PartialDate | None = AS_AT, **changes: dict[str, Any]) -> RuleContext:
    """Returns records of the small tree with a few keys changed; `a__b` is a copy of the record a, under its id b.

    A key whose new value is None is left out.
    """
    documents: dict[str, Document] = {}
    records: dict[str, Record] = {}
    for key in dict.fromkeys([*keys, "source/text", "source/report"]):
        kind, _, name = key.partition("/")
        values = yaml.safe_load((DATA / kind / f"{name.partition('__')[0]}.yml").read_text(encoding="utf-8"))
        values = {field: value for field, value in {**values, **changes.get(name, {})}.items() if value is not None}
        unshared = json.loads(json.dumps(values, default=str))  # else one of them may be written as an anchor
        text = yaml.safe_dump(unshared, allow_unicode=True, sort_keys=False, default_flow_style=False)
        documents[key], problems = read_document(f"{name}.yml", text.encode())
        assert problems == []
        records[key] = KINDS[kind].model_validate(documents[key].value, context=LISTS)
        object.__setattr__(records[key], "_id", name)
    return RuleContext(as_at, records, documents, collect_aliases(records, documents)[0])


def found(ground: RuleContext) -> list[Problem]:
    """Returns what is wrong with the records, but for what they name that is not among them."""
    said = check_records(ground, Memory(), LISTS)
    return [one for one in said if not one.missing and one.path not in {"text.yml", "report.yml"}]


def said(*keys: str, as_at: PartialDate | None = AS_AT, **changes: dict[str, Any]) -> list[str]:
    return [one.message for one in found(ground_of(*keys, as_at=as_at, **changes))]


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


@pytest.mark.parametrize(
    ("certainty", "sources", "expected"),
    [
        ("verified", ["text"], []),
        ("verified", ["report"], ["certainty 'verified' without a primary source"]),
        ("derived", ["report"], ["certainty 'derived' without a primary source"]),
        ("derived", ["report", "text"], []),
        ("reported", ["report"], []),
        ("not-verified", ["report"], []),
        ("verified", ["gone"], []),  # what it is, is not known
    ],
)
def test_the_sources_carry_the_certainty(certainty: str, sources: list[str], expected: list[str]) -> None:
    cited = [{"id": one, "pinpoint": "p. 1"} for one in sources]
    assert said("term/wording", wording={"certainty": certainty, "sources": cited}) == expected


@pytest.mark.parametrize(
    ("certainty", "weak", "faults"),
    [
        ("verified", ("text",), 1),
        ("verified", ("text", "report"), 1),
        ("verified", ("report",), 0),
        ("reported", ("text", "report"), 0),
    ],
)
def test_weak_sources_never_stand_alone(certainty: str, weak: tuple[str, ...], faults: int) -> None:
    cited = [{"id": one, "pinpoint": "p. 1"} for one in ("text", "report")][: max(1, len(weak))]
    cited = cited if weak != ("report",) else [{"id": "report"}, {"id": "text", "pinpoint": "p. 1"}]
    changes: dict[str, Any] = {one: {"standing": "mirror"} for one in weak}
    found = said("term/wording", wording={"certainty": certainty, "sources": cited}, **changes)
    assert [one.partition(" (")[0] for one in found] == ["only weak sources"] * faults


def test_a_text_is_cited_with_its_place_and_each_part_is_looked_at() -> None:
    facts = [
        {"id": name, "label": "A", "value": "B.", "certainty": "verified", "sources": [{"id": source}]}
        for name, source in (("one", "gone"), ("two", "text"), ("three", "text"))
    ]
    missing = "the pinpoint is missing: 'text' is a text"
    assert said("instrument/framework", framework={"facts": facts}) == [missing, missing]


def test_the_first_of_two_facts_with_one_id_is_named() -> None:
    fact = {"label": "A", "value": "B.", "certainty": "reported", "sources": [{"id": "report"}]}
    facts = [{"id": name, **fact} for name in ("one", "two", "one", "one")]
    ground = ground_of("instrument/framework", framework={"facts": facts})
    line = ground.documents["instrument/framework"].place(("facts", 0, "id"))[0]
    assert [(one.message, one.hint) for one in found(ground)] == [
        ("duplicate id 'one'", f"the first is on line {line}: rename one")
    ] * 2


def test_what_is_named_twice_is_said_with_the_line_of_the_first() -> None:
    cited = [{"id": "text", "pinpoint": place} for place in ("a", "b", "a")]
    ground = ground_of(
        "term/wording", "provision/one", wording={"used_in": ["provision/one", "provision/first"], "sources": cited}
    )
    document = ground.documents["term/wording"]
    problems = {one.message: one for one in found(ground)}
    assert set(problems) == {"'provision/first' is named twice", "'text' is named twice"}
    first, second = problems["'provision/first' is named twice"], problems["'text' is named twice"]
    assert (first.line, first.column) == document.place(("used_in", 1))
    assert first.hint == f"the first is on line {document.place(('used_in', 0))[0]}: keep one of them"
    assert (second.line, second.column) == document.place(("sources", 2))
    assert second.hint == f"the first is on line {document.place(('sources', 0))[0]}: keep one of them"


@pytest.mark.parametrize(("high", "faults"), [(9, 0), (8.6, 1), (8.5, 1), (None, 0)])
def test_the_upper_end_of_a_range_is_above_the_lower(high: float | None, faults: int) -> None:
    assert len(said("figure/share", share={"high": high})) == faults


def test_a_series_in_the_brief_has_one_column() -> None:
    one = {"in_brief": 1, "columns": [{"title": "Total", "role": "total"}], "parts_make_total": None}
    rows = [{"label": "2023", "values": [66.2], "sources": [{"id": "report"}]}]
    assert said("series/imports", imports={**one, "rows": rows}) == []
    assert said("series/imports", imports={"in_brief": 1}) == ["the brief draws one column, and the series has 3"]
    assert said("series/imports") == []


def test_a_number_is_given_once_in_each_kind() -> None:
    keys = ["term/wording", "provision/one", "provision/two", "provision/two__again", "provision/one__again"]
    ground = ground_of(*keys, two__again={"aliases": None}, one__again={"aliases": None, "position": 3})
    (problem,) = found(ground)
    assert (problem.path, problem.message) == ("two__again.yml", "position 2 is taken")
    assert problem.hint == "provision/two has it: renumber one of them"


def test_one_address_is_one_source() -> None:
    same = {"url": "http://www.government.example/text/"}
    ground = ground_of("source/text", "source/report", "source/text__again", text__again=same)
    said = [one for one in check_records(ground, Memory(), LISTS) if "address" in one.message]
    assert [(one.path, one.message) for one in said] == [("text__again.yml", "the address is that of source/text")]


def test_an_earlier_id_belongs_to_one_record() -> None:
    ground = ground_of("provision/one", "provision/two", two={"aliases": ["other", "first", "one"]})
    aliases, problems = collect_aliases(ground.records, ground.documents)
    assert aliases == {
        "provision/first": "provision/one",
        "provision/other": "provision/two",
        "provision/one": "provision/two",
    }
    assert [(one.path, one.message) for one in problems] == [
        ("two.yml", "duplicate id: 'first' is also provision/one"),
        ("two.yml", "duplicate id: 'one' is also provision/one"),
    ]


@pytest.mark.parametrize(("day", "faults"), [("2026-09-30", 0), ("2026", 0), ("2026-10-01", 1)])
def test_no_record_is_frozen_before_its_day(tmp_path: Path, day: str, faults: int) -> None:
    ground = ground_of("term/wording", wording={"publish_from": day})
    catalog = freeze_catalog(AS_AT, ground.records, ground.documents, {}, [])
    path = tmp_path / "data" / "term" / "wording.yml"
    path.parent.mkdir(parents=True)
    path.write_text(f"title: wording\npublish_from: {day}\n", encoding="utf-8")
    problems = list(check_embargo(catalog, Tree(tmp_path)))
    assert [(one.line, one.column) for one in problems] == [(2, 15)] * faults


def test_a_record_does_not_refer_to_itself() -> None:
    own, other = Reference("term/a", ("also",), "term/a"), Reference("term/b", ("also",), "term/a")
    ground = ground_of("term/wording")
    assert freeze_catalog(AS_AT, ground.records, {}, {}, [own, other]).incoming == {"term/a": (other,)}
