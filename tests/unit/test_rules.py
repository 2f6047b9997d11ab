"""What must hold of sources, ids and shapes, asked of single records; each bound is tried on both of its sides."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from macros.catalog.catalog import freeze_catalog
from macros.catalog.references import Reference
from macros.catalog.rule_context import RuleContext
from macros.catalog.rules import check_records, collect_aliases
from macros.problems import Problem
from macros.schema import KINDS
from macros.schema.base import Record
from macros.schema.dates import PartialDate
from macros.text.document import read_document
from macros.text.memory import Memory
from macros.text.positions import Document
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


def test_each_part_of_a_record_carries_its_own_certainty() -> None:
    def fact(name: str, certainty: str, source: str) -> dict[str, Any]:
        return {
            "id": name,
            "label": "A",
            "value": "B.",
            "certainty": certainty,
            "sources": [{"id": source, "pinpoint": "p"}],
        }

    facts = [fact("one", "verified", "gone"), fact("two", "reported", "report"), fact("three", "verified", "report")]
    relation = {"type": "later-than", "to": "instrument/older", "basis": "text", "sources": [{"id": "report"}]}
    ground = ground_of("instrument/framework", framework={"facts": facts, "relations": [relation]})
    place = ground.documents["instrument/framework"].place
    assert {(one.message, one.hint, (one.line, one.column)) for one in found(ground)} == {
        (
            "certainty 'verified' without a primary source",
            "cite the primary text, or write certainty: reported",
            place(("facts", 2, "certainty")),
        ),
        ("basis 'text' without a primary source", "cite the text", place(("relations", 0, "basis"))),
    }


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


def test_a_record_does_not_refer_to_itself() -> None:
    own, other = Reference("term/a", ("also",), "term/a"), Reference("term/b", ("also",), "term/a")
    ground = ground_of("term/wording")
    assert freeze_catalog(AS_AT, ground.records, {}, {}, [own, other]).incoming == {"term/a": (other,)}
