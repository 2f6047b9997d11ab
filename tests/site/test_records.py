"""What the project's own records must hold: the text's units, its clocks, and how they are spoken of."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from macros.catalog.catalog import R
from macros.schema.dates import PartialDate
from macros.schema.instruments import Deadline, Instrument, Provision
from macros.schema.vocabularies import DeadlineState, InstrumentRole, Part
from macros.site.loading import Site
from tests.conftest import ROOT
from tests.site.parsing import load_own


@pytest.fixture(scope="module")
def own() -> Site:
    return load_own()


def of_kind(site: Site, model: type[R]) -> list[R]:
    return [record for record in site.catalog.of_kind(model.kind) if isinstance(record, model)]


def test_the_text_has_its_27_units_in_order(own: Site) -> None:
    provisions = of_kind(own, Provision)
    assert [one.position for one in provisions] == list(range(1, 28))
    parts = Counter(one.part for one in provisions)
    assert parts == {Part("preamble"): 8, Part("section-1"): 14, Part("section-2"): 4, Part("closing"): 1}
    numbers = [one.number for one in provisions]
    assert numbers[8:14] == ["I.1", "I.2", "I.2(a)", "I.2(b)", "I.2(c)", "I.2(d)"]
    assert numbers[14:26] == [f"I.{n}" for n in range(3, 11)] + [f"II.{n}" for n in range(1, 5)]


@pytest.mark.parametrize(
    ("key", "due", "weekday"),
    [("ministerial-180-days", "2026-04-26", "Sunday"), ("financing-six-months", "2026-04-28", "Tuesday")],
)
def test_the_two_clocks(own: Site, key: str, due: str, weekday: str) -> None:
    deadline = own.catalog.one(Deadline, key)
    assert deadline.due is not None
    assert (deadline.due.text, f"{deadline.due.first_day:%A}") == (due, weekday)
    assert deadline.state(own.catalog.as_at) == DeadlineState.no_public_evidence
    assert deadline.state(PartialDate("2025-10-28")) == DeadlineState.running


def test_the_other_deadlines_have_no_date(own: Site) -> None:
    states = Counter(one.state(own.catalog.as_at) for one in of_kind(own, Deadline) if one.due is None)
    assert states == {DeadlineState.on_request: 2, DeadlineState.undated: 1}


def test_the_papers_around_the_framework(own: Site) -> None:
    roles = Counter(one.role for one in of_kind(own, Instrument))
    assert roles[InstrumentRole.subject] == 1
    assert roles[InstrumentRole("earlier")] == 1
    companions = (
        InstrumentRole("same-day"),
        InstrumentRole("background"),
        InstrumentRole.sister,
        InstrumentRole("later"),
    )
    assert sum(roles[role] for role in companions) == 12, "the eleven of the research, Malaysia and Thailand apart"


def test_every_provision_has_a_typed_relation(own: Site) -> None:
    for one in of_kind(own, Provision):
        incoming = own.catalog.incoming.get(one.key, ())
        assert one.relations or any(reference.field == "relations" for reference in incoming), one.key


PAGES = sorted((ROOT / "docs").rglob("*.md"))


@pytest.mark.parametrize("path", PAGES, ids=[path.relative_to(ROOT).as_posix() for path in PAGES])
def test_no_page_says_more_than_the_texts(path: Path) -> None:
    text = " ".join(path.read_text(encoding="utf-8").lower().split())
    for phrase in ("deadline was missed", "deadline was met", "partly met", "legally obliged to", "overdue"):
        assert phrase not in text, phrase
