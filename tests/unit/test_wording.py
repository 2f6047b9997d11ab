"""How two texts are aligned, how a record is put into words, and which changes share a page: at the bounds of each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from macros.changes import redlining, sections
from macros.changes.comparing import FieldChange, RecordChange, compare_catalogs, count_statuses
from macros.changes.prose import PageChange, write_prose
from macros.changes.redlining import Run, format_redline, redline_paragraphs
from macros.changes.sections import Section, divide_changes, fill_pages
from macros.changes.wording import Flattener, word_records
from macros.schema.base import Citation, Record
from macros.schema.dates import PartialDate
from macros.schema.figures import Series
from macros.schema.instruments import Deadline, Instrument
from macros.site.loading import Site
from tests.unit.test_macro_edges import copy_of
from tests.unit.test_scanning import scan


def aligned(before: list[str], after: list[str]) -> list[str]:
    return [format_redline(one) for one in redline_paragraphs(before, after)]


def paragraph(common: int, own: int, mark: str) -> str:
    """Returns a paragraph with some words that another has too, and some that are its own."""
    return " ".join([*(f"w{number}" for number in range(common)), *(f"{mark}{number}" for number in range(own))])


@pytest.mark.parametrize(("common", "own", "paragraphs"), [(14, 13, 1), (13, 13, 2)])
def test_paragraphs_are_one_when_they_share_a_third_of_their_words(common: int, own: int, paragraphs: int) -> None:
    """Of 40 words 14 are 35 in a hundred, of 39 words 13 are less."""
    assert len(redline_paragraphs([paragraph(common, own, "a")], [paragraph(common, own, "b")])) == paragraphs


def test_each_paragraph_has_the_fellow_that_is_most_like_it() -> None:
    before, after = ["one two three", "five six seven"], ["zero", "one two four", "five six eight", "nine"]
    assert aligned(before, after) == [
        "[+zero+]",
        "one two [-three-] [+four+]",
        "five six [-seven-] [+eight+]",
        "[+nine+]",
    ]
    assert aligned(after, before) == [
        "[-zero-]",
        "one two [-four-] [+three+]",
        "five six [-eight-] [+seven+]",
        "[-nine-]",
    ]
    assert aligned(["a b c", "a b c d e"], ["a b c d f"]) == ["[-a b c-]", "a b c d [-e-] [+f+]"], "not the first"
    assert aligned(["Other words", "Here"], ["There again", "Now"]) == [
        "[-Other words-]",
        "[-Here-]",
        "[+There again+]",
        "[+Now+]",
    ], "what went stands before what came"


def test_letters_of_another_case_are_the_same_words() -> None:
    assert aligned(["ONE TWO x"], ["one two y"]) == ["[-ONE TWO x-] [+one two y+]"]


def test_a_paragraph_that_stands_often_is_aligned_as_any_other() -> None:
    often = ["It says the same."] * 150
    assert aligned([*often, *often], [*often, "It says more.", *often]) == ["[+It says more.+]"]


def test_a_passage_that_is_too_long_to_align_is_another_text(monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = ["one two three", "five six seven"], ["one two four", "five six eight"]
    monkeypatch.setattr(redlining, "_MANY", 4)
    assert len(redline_paragraphs(before, after)) == 2
    monkeypatch.setattr(redlining, "_MANY", 3)
    assert aligned(before, after) == [
        "[-one two three-]",
        "[-five six seven-]",
        "[+one two four+]",
        "[+five six eight+]",
    ]


def leaves(site: Site, record: Record, *, targets: bool = False) -> dict[str, str]:
    speaker = Flattener(site.catalog, site.catalog, targets=targets)
    return {one.full_label: one.text for one in speaker.leaves(record, PartialDate("2026-09-30"))}


def test_a_value_that_orders_or_is_for_staff_is_not_said_and_those_after_it_are(small: Site) -> None:
    term = copy_of(small.catalog.get("term/wording"), aliases=["older"], publish_from=PartialDate("2026"))
    assert leaves(small, term) == {
        "title": "wording",
        "topic": "law and form",
        "definition": "How a text is put.",
        "defined in text": "no",
        "used in": "I.1 First",
        "certainty": "verified",
        "sources": "A government, The text (passim)",
    }


def test_a_record_is_named_as_the_newer_edition_names_it(small: Site) -> None:
    speaker = Flattener(small.catalog, replace(small.catalog, records={}))
    names = {key: speaker.name(key) for key in ("provision/first", "source/report", "source/text", "term/none")}
    assert names == {
        "provision/first": "I.1 First",
        "source/report": "A newspaper, A report",
        "source/text": "A government, The text",
        "term/none": "term/none",
    }
    provision = small.catalog.get("provision/one")
    assert leaves(small, provision)["summary"] == "The first paragraph, on a word."
    assert leaves(small, provision, targets=True)["summary"] == "The first paragraph, on a word (wording)."
    plain = copy_of(provision, summary="On [[term/wording]].")
    assert leaves(small, plain, targets=True)["summary"] == "On wording."


def test_items_of_one_name_are_told_apart_and_each_is_said(small: Site) -> None:
    framework = small.catalog.one(Instrument, "framework")
    term, exit_ = framework.facts
    facts = [term, exit_, term.model_copy(update={"value": "None."}), exit_.model_copy(update={"label": "Term"})]
    said = leaves(small, copy_of(framework, facts=facts))
    assert [said[f"facts “{name}”: value"] for name in ("Term", "Exit", "Term (2)", "Term (3)")] == [
        "Open-ended; see I.1 First.",
        "By notice.",
        "None.",
        "By notice.",
    ]
    assert said["relations “later than the older paper”: note"] == "By its date."
    assert said["silences: items “Money”: note"] == "No amount."
    assert not [label for label in said if label.endswith(": id")]


def test_cells_numbers_and_places_are_said(small: Site) -> None:
    said = leaves(small, small.catalog.one(Series, "imports"))
    assert said["rows “2024”: South"] == "none found"
    assert said["rows “2023”: North"] == "60.2 million tonnes"
    assert said["rows “2024”: note"] == "One part was not found."
    assert not [label for label in said if label.endswith("values") or label == "topic"]
    figure = leaves(small, small.catalog.get("figure/share"))
    assert figure["amount"] == "about 8.6 to 9 per cent"
    assert not {"high", "unit", "limit"} & figure.keys()
    source = leaves(small, small.catalog.get("source/report"))
    assert (source["date"], source["type"]) == ("not shown", "secondary")
    assert leaves(small, small.catalog.get("provision/two"))["position"] == "2"
    cited = copy_of(
        small.catalog.get("term/wording"), sources=[Citation(id="text"), Citation(id="report", pinpoint="p")]
    )
    assert leaves(small, cited)["sources"] == "A government, The text; A newspaper, A report (p)"


def test_a_deadline_says_what_is_computed_of_it_first(small: Site) -> None:
    deadline, undated = small.catalog.one(Deadline, "meeting"), small.catalog.one(Deadline, "undated")
    said = leaves(small, deadline)
    assert list(said)[:2] == ["state", "due date"]
    assert (said["state"], said["due date"]) == ("due date passed; no public evidence found", "April 26, 2026")
    assert "outcome: state" not in said
    assert "due date" not in leaves(small, undated)


def test_what_a_browser_compares_has_each_value_with_its_label(small: Site) -> None:
    words = word_records(small.catalog)
    assert words["provision/one"]["earlier"] == ["provision/first"]
    assert ["Defined in text", "no", False] not in words["term/wording"]["says"]  # type: ignore[operator]
    assert ["defined in text", "no", False] in words["term/wording"]["says"]  # type: ignore[operator]
    assert ["definition", "How a text is put.", True] in words["term/wording"]["says"]  # type: ignore[operator]
    assert ["used in", "I.1 First", True] in words["term/wording"]["says"]  # type: ignore[operator]


def compare(site: Site, key: str, **values: Any) -> list[str]:
    """Returns what is said of a record with some values changed."""
    record = site.catalog.get(key)
    after = replace(site.catalog, records={**site.catalog.records, key: copy_of(record, **values)})
    return [str(field) for change in compare_catalogs(site.catalog, after) for field in change.fields]


def test_a_value_that_came_or_went_is_said_with_the_others(small: Site) -> None:
    assert sorted(compare(small, "event/fair", place=None, until=PartialDate("2026-04"))) == [
        "Place: [-Tokyo-]",
        "Until: not stated -> April 2026",
    ]
    framework = small.catalog.one(Instrument, "framework")
    term, exit_ = framework.facts
    gone = compare(small, "instrument/framework", facts=[exit_], place="Osaka")
    assert [one.partition(":")[0] for one in gone] == ["Place", "Facts “Term”"]
    came = compare(small, "instrument/framework", facts=[term, exit_.model_copy(update={"label": "New"}), exit_])
    (new,) = came
    assert new.startswith("Facts “New”: [+label: New; value: By notice.; note: A note.; certainty: reported; ")
    others = [exit_.model_copy(update={"label": label}) for label in ("New", "Newer")]
    both = compare(small, "instrument/framework", facts=[*others, term, exit_.model_copy(update={"note": None})])
    assert [one.partition(":")[0] for one in both] == ["Facts “New”", "Facts “Newer”", "Facts “Exit”"]
    none = compare(small, "instrument/framework", facts=[], silences=None, place=None)
    assert [one.partition(":")[0] for one in none] == ["Place", "Facts “Term”", "Facts “Exit”", "Silences", "Silences"]
    less = compare(small, "instrument/framework", facts=[term, exit_.model_copy(update={"note": None})])
    assert less == ["Facts “Exit”: note: [-A note.-]"]


def test_where_a_link_leads_is_said_only_when_nothing_else_changed(small: Site) -> None:
    summary = "The first paragraph, on [[{}|a word]]."
    assert compare(small, "provision/one", summary=f"{summary.format('term/wording')} And more.") == [
        "Summary: The first paragraph, on a word. [+And more.+]"
    ]
    assert compare(small, "provision/one", summary=summary.format("party/north")) == [
        "Summary: The first paragraph, on a word ([-wording-] [+North+])."
    ]


def test_in_prose_a_link_is_its_words_and_a_citation_is_nothing(small: Site) -> None:
    body = (
        "See {{ link('term/wording') }}, {{ link('term/wording', 'a <b>') }} and {{ count('figure') }}."
        "{{ cite('report') }}\n\n{{ facts() }}\n\nThe end."
    )
    parts = dict.fromkeys(small.pages.parts, scan(small, body).parts)
    prose = write_prose(replace(small, pages=replace(small.pages, parts=parts)))
    assert prose["one.md"] == ["See wording, a <b> and two.", "The end."]


def test_records_known_to_be_the_same_are_not_looked_at_and_the_next_ones_are(small: Site) -> None:
    keys = ("term/wording", "event/fair")
    changed = {key: copy_of(small.catalog.get(key), title="Another") for key in keys}
    after = replace(
        small.catalog, records={**changed, **{k: v for k, v in small.catalog.records.items() if k not in keys}}
    )
    assert [one.key for one in compare_catalogs(small.catalog, after)] == ["term/wording", "event/fair"]
    assert [one.key for one in compare_catalogs(small.catalog, after, same={"term/wording"})] == ["event/fair"]


def test_what_did_not_happen_is_not_counted() -> None:
    assert count_statuses(["changed", "added", "changed"]) == [("added", 1), ("changed", 2)]
    assert count_statuses([]) == []


def record_change(key: str, letters: int) -> RecordChange:
    return RecordChange(key, key, "changed", key, (FieldChange("Title", "x" * letters, "", worded=False),))


def page_change(site: Site, source: str, letters: int) -> PageChange:
    page = site.pages.at("one.md")
    assert page
    return PageChange(replace(page, source=source), "changed", ((Run("added", "x" * letters),),))


def test_sections_share_a_page_as_long_as_it_is_light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "LIMIT", 1000)
    light = [Section(str(number), "x", (record_change("term/a", 350),)) for number in range(3)]
    assert [one.weight for one in light] == [500] * 3
    assert [[one.id for one in page] for page in fill_pages(light)] == [["0", "1"], ["2"]]
    heavy = Section("3", "x", (record_change("term/a", 351),))
    assert [[one.id for one in page] for page in fill_pages([light[0], heavy, light[1]])] == [["0"], ["3"], ["1"]]


def test_pages_stand_by_folder_only_where_they_are_many(small: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [page_change(small, name, 350) for name in ("b/two.md", "a.md", "b/one.md")]
    assert [one.weight for one in divide_changes([], pages)] == [1500]
    monkeypatch.setattr(sections, "LIMIT", 1500)
    assert [(one.id, one.size) for one in divide_changes([record_change("term/a", 1)], pages)] == [
        ("term", 1),
        ("pages", 3),
    ]
    monkeypatch.setattr(sections, "LIMIT", 1499)
    assert [(one.id, one.title, one.size) for one in divide_changes([], pages)] == [
        ("pages-top", "pages at the top", 1),
        ("pages-b", "pages under b/", 2),
    ]
