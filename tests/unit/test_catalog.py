"""Records by key: references, backlinks, earlier ids, states at a date."""

from __future__ import annotations

from dataclasses import replace

import pytest

from macros.catalog.building import check_news
from macros.catalog.catalog import SelectionError, UnknownRecordError
from macros.catalog.references import LINK, kind_named_by
from macros.schema import KINDS
from macros.schema.dates import PartialDate
from macros.schema.instruments import Deadline
from macros.schema.news import NewsItem
from macros.schema.sources import bare_address
from macros.schema.subjects import Event
from macros.schema.vocabularies import DeadlineState
from macros.site.loading import Site
from macros.text.document import read_document
from macros.text.positions import Document
from tests.conftest import Alter


def test_the_small_tree_has_every_kind(small: Site) -> None:
    assert {record.kind for record in small.catalog.records.values()} == set(KINDS)


def test_an_earlier_id_leads_to_the_record(small: Site) -> None:
    assert small.catalog.get("provision/first").key == "provision/one"


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("provision/onne", "did you mean 'one'?"),
        ("provison/one", "did you mean 'provision/one'?"),
        ("buyers", "write the kind too: 'audience/buyers'"),
        ("nothing", "records are named kind/id: provision/financing"),
    ],
)
def test_an_unknown_key_gets_the_nearest_one(small: Site, key: str, hint: str) -> None:
    with pytest.raises(UnknownRecordError) as caught:
        small.catalog.get(key)
    assert caught.value.hint == hint


def test_a_record_of_another_kind_is_not_found(small: Site) -> None:
    with pytest.raises(UnknownRecordError, match="no record 'deadline/one'"):
        small.catalog.one(Deadline, "one")


def test_records_are_selected_by_their_class(small: Site) -> None:
    assert small.catalog.all(Deadline) == small.catalog.of_kind("deadline")
    assert {type(one) for one in small.catalog.all(Deadline)} == {Deadline}
    assert small.catalog.referrers("provision/one", Deadline) == small.catalog.referrers("provision/one", "deadline")


def test_backlinks_are_resolved_once(small: Site) -> None:
    incoming = small.catalog.incoming["provision/one"]
    origins = {reference.origin for reference in incoming}
    assert {"deadline/meeting", "question/doubt", "provision/two", "instrument/framework"} <= origins
    assert [one.key for one in small.catalog.referrers("provision/one", "deadline", "provisions")] == [
        "deadline/meeting"
    ]


def test_the_catalog_cannot_be_changed(small: Site) -> None:
    with pytest.raises(TypeError):
        small.catalog.records["term/new"] = small.catalog.get("term/wording")  # type: ignore[index]


@pytest.mark.parametrize(
    ("as_at", "state"),
    [
        ("2025-10-28", DeadlineState.running),
        ("2026-04-26", DeadlineState.running),
        ("2026-04-27", DeadlineState.no_public_evidence),
        ("2026-09-30", DeadlineState.no_public_evidence),
    ],
)
def test_a_deadline_has_the_state_of_its_date(small: Site, as_at: str, state: DeadlineState) -> None:
    deadline = small.catalog.one(Deadline, "meeting")
    assert str(deadline.due) == "April 26, 2026"
    assert deadline.state(PartialDate(as_at)) == state


def test_records_come_in_the_order_of_the_text(small: Site) -> None:
    assert [record.id for record in small.catalog.of_kind("provision")] == ["one", "two"]


@pytest.mark.parametrize(("date", "fits"), [("2026", True), ("2026-03", True), ("2025", False), ("2026-0", False)])
def test_a_record_is_selected_by_the_year_or_month_of_its_date(small: Site, date: str, fits: bool) -> None:
    catalog = replace(small.catalog, _indexes={})  # what was found once is kept
    try:
        found = catalog.select("event", {"date": date})
    except SelectionError:
        found = []
    assert [one.key for one in found] == (["event/fair"] if fits else [])


@pytest.mark.parametrize(
    ("kind", "where", "found"),
    [
        ("event", {"date": 2026}, ["fair"]),
        ("deadline", {"provisions": "two"}, ["undated"]),
        ("term", {"defined_in_text": False}, ["wording"]),
        ("provision", {"position": 2}, ["two"]),
        ("provision", {"strength": "intention", "heading": "Second"}, ["two"]),
        ("provision", {}, ["one", "two"]),
        ("provision", {"position": "2"}, []),
        ("provision", {"strength": "intention", "heading": "Third"}, []),
    ],
)
def test_records_are_selected_by_what_their_fields_hold(
    small: Site, kind: str, where: dict[str, object], found: list[str]
) -> None:
    catalog = replace(small.catalog, _indexes={}, _sorted={})
    if found:
        assert [one.id for one in catalog.select(kind, where)] == found
    else:
        with pytest.raises(SelectionError, match="no record of the kind provision fits") as caught:
            catalog.select(kind, where)
        assert not caught.value.doubtful


def test_a_selection_is_doubtful_while_a_record_of_the_kind_cannot_be_read(small: Site) -> None:
    for broken, doubtful in (("term/broken", True), ("event/broken", False)):
        documents = {**small.catalog.documents, broken: Document("broken.yml")}
        with pytest.raises(SelectionError) as caught:
            replace(small.catalog, documents=documents, _indexes={}).select("term", {"title": "none"})
        assert caught.value.doubtful is doubtful
        with pytest.raises(UnknownRecordError) as unknown:
            replace(small.catalog, documents=documents).get(broken)
        assert unknown.value.broken


def test_events_stand_newest_first(small: Site) -> None:
    event = small.catalog.one(Event, "fair")
    dates = ["2025-10-28", "2026-03", "2026-03-02", "2025"]
    events = [event.model_copy(update={"date": PartialDate(date)}) for date in dates]
    assert [one.date.text for one in sorted(events, key=lambda one: (one.order,))] == [
        "2026-03-02",
        "2026-03",
        "2025-10-28",
        "2025",
    ]


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://www.a.example/one/", "a.example/one"),
        ("http://a.example/one", "a.example/one"),
        ("https://archive.example/2025/https://www.a.example/", "archive.example/2025/https://www.a.example"),
    ],
)
def test_an_address_is_the_same_however_it_is_written(url: str, bare: str) -> None:
    assert bare_address(url) == bare


def test_news_are_no_younger_than_the_site_and_name_what_there_is() -> None:
    text = """news:
  - {date: 2026-10-01, says: "A [[term/a]]."}
  - {date: 2026-09-30, says: "A [[term/a]], [[ term/b |b]] and [[term/c]].", short: "[[term/d]]"}
"""
    document, _ = read_document("catalog.yml", text.encode())
    items = tuple(NewsItem.model_validate(one) for one in document.value["news"])
    problems = list(check_news(items, document, PartialDate("2026-09-30"), {"term/a": 1, "term/b": 1}))
    assert [(one.message, one.missing, (one.line, one.column)) for one in problems] == [
        ("2026-10-01 lies after the as-at date 2026-09-30", "", (2, 12)),
        ("no record 'term/c'", "term/c", (3, 30)),
        ("no record 'term/d'", "term/d", (3, 85)),
    ]


def test_the_news_of_a_tree_are_looked_at(alter: Alter) -> None:
    site = alter(
        {"data/catalog.yml": ("", "news:\n  - {date: 2026-10-01, says: Late.}\n  - {date: 2026-09-01, says: Soon.}\n")}
    )
    assert [(one.path, one.message) for one in site.problems] == [
        ("data/catalog.yml", "2026-10-01 lies after the as-at date 2026-09-30")
    ]
    assert [one.says for one in site.catalog.news] == ["Late.", "Soon."]


def test_fields_that_name_records_say_which() -> None:
    assert kind_named_by(KINDS["deadline"], "provisions") == "provision"
    assert kind_named_by(KINDS["term"], "used_in") == "*"
    assert kind_named_by(KINDS["term"], "title") is None
    assert kind_named_by(KINDS["term"], "none") is None
    assert LINK.findall("[[a/b]] [[ c/d |e]] [[f]g]]") == [("a/b", ""), (" c/d ", "e")]
