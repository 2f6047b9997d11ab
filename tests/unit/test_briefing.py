"""The client brief: what stands in it comes from the records, each statement with its note; the same bytes twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from macros.briefing.brief import create_brief
from macros.briefing.notes import Notes
from macros.briefing.palette import read_palette, resolve_colours
from macros.briefing.sentences import first_sentences
from macros.briefing.typesetting import typeset_brief, write_brief
from macros.catalog.plain import plain_words
from macros.exporting.files import BRIEF, FILES
from macros.exporting.release import Release, create_release
from macros.schema.base import Citation
from macros.schema.dates import PartialDate
from macros.site import Site
from tests.conftest import Alter

CONFIG = {
    "nav": ["index.md"],
    "site_url": "https://example.test/latest/",
    "site_name": "Explained & more",
    "site_description": "What it is.",
    "extra": {"notice": "No advice.", "licence": "None."},
}
DATED = "September 30, 2026"


@pytest.fixture
def release(small: Site) -> Release:
    return create_release(small, CONFIG, name="2026-09-30", title="Position")


def statements(value: Any) -> Iterator[dict[str, Any]]:
    """Yields every statement of a brief, at any depth."""
    if isinstance(value, dict):
        if {"text", "note", "sure"} == set(value):
            yield value
        for inner in value.values():
            yield from statements(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from statements(inner)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One. Two.", "One."),
        ("By the U.S. Secretary of Energy. Then more.", "By the U.S. Secretary of Energy."),
        ("After No. 70 it ended. Two.", "After No. 70 it ended."),
        ("It says “so.” Two.", "It says “so.”"),
        ("Only\none", "Only one"),
        ("At 3.5 per cent. A rise.", "At 3.5 per cent."),
    ],
)
def test_where_the_first_sentence_ends(text: str, first: str) -> None:
    assert first_sentences(text) == first


def test_the_same_places_share_a_note_and_a_source_is_named_in_full_once(small: Site) -> None:
    notes = Notes(small.catalog)
    one = [Citation(id="text", pinpoint="recital 1"), Citation(id="report")]
    assert [notes.cite(one), notes.cite(one[:1]), notes.cite(one)] == [1, 2, 1]
    first, second = notes.listed()
    assert [cited.first for cited in first.cited] == [0, 0]
    assert [(cited.first, cited.pinpoint) for cited in second.cited] == [(1, "recital 1")]
    assert first.cited[0].title == small.catalog.get("source/text").name
    assert first.cited[0].kind.startswith("primary")


def test_a_note_says_how_many_sources_it_leaves_out(small: Site) -> None:
    notes = Notes(small.catalog)
    notes.cite([Citation(id="text", pinpoint=place) for place in ("one", "two", "three", "four")])
    (note,) = notes.listed()
    assert (len(note.cited), note.more) == (2, 2)


def test_it_says_nothing_that_the_records_do_not(release: Release) -> None:
    brief = asdict(create_brief(release, DATED))
    written = " ".join(str(record.model_dump(mode="json")) for record in release.catalog.records.values())
    known = " ".join(plain_words(release.catalog, written).split())
    found = list(statements(brief))
    assert found
    for one in found:
        assert one["text"] in known or one["text"].startswith("Signed October 28, 2025"), one["text"]
        assert 1 <= one["note"] <= len(brief["notes"])


def test_the_values_are_those_of_the_records(release: Release) -> None:
    brief = create_brief(release, DATED)
    assert (brief.head.edition, brief.head.address) == ("2026-09-30", "https://example.test/2026-09-30/")
    assert brief.head.character == "Non-binding"
    assert brief.overview is not None
    assert [(one.due, one.state) for one in brief.overview.due] == [
        ("April 26, 2026", "due date passed; no public evidence found")
    ]
    assert [one.due for one in brief.deadlines] == ["April 26, 2026", ""]
    assert brief.around is not None
    ((control,),) = [side.controls for side in brief.around.sides]
    assert (control.state, control.until) == ("suspended", "until November 10, 2026, by Announcement No. 2")
    ((agreement),) = brief.around.agreements
    assert (agreement.agreement, agreement.bound) == (release.catalog.get("instrument/older").name, "1 of 1")


def test_a_draft_has_no_address(release: Release) -> None:
    head = create_brief(replace(release, name=""), DATED).head
    assert (head.edition, head.address, head.state) == ("", "", "draft, not an edition")
    published = replace(release, published=PartialDate("2026-10-02"))
    assert create_brief(published, DATED).head.state == "published October 2, 2026"


def test_without_the_paper_that_it_explains_it_is_short(release: Release, alter: Alter) -> None:
    site = alter({"data/instrument/framework.yml": ("role: subject", "role: background")})
    brief = create_brief(replace(release, catalog=site.catalog), DATED)
    assert (brief.overview, brief.text, brief.around, brief.questions) == (None, [], None, [])


def test_it_is_the_same_each_time_and_kept(release: Release, tmp_path: Path) -> None:
    brief = create_brief(release, DATED)
    one, two = (typeset_brief(brief, tmp_path / name) for name in ("one", "two"))
    assert one == two
    assert one.startswith(b"%PDF")
    (kept,) = (tmp_path / "one" / "briefs").iterdir()
    kept.write_bytes(b"kept")
    write_brief(release, DATED, tmp_path, tmp_path / "one")
    assert (tmp_path / BRIEF).read_bytes() == b"kept"
    assert BRIEF in FILES


def test_colours_are_those_of_the_site_by_day() -> None:
    palette = read_palette()
    assert {"paper", "ink", "soft", "rule", "accent", "lane-framework", "warn"} <= set(palette)
    assert resolve_colours('fill="var(--cm-ink)"', palette) == f'fill="{palette["ink"]}"'
    with pytest.raises(KeyError):
        resolve_colours("var(--cm-nothing)", palette)


@pytest.mark.parametrize(("room", "taken"), [(0, "One."), (8, "One."), (9, "One. Two."), (99, "One. Two. Three.")])
def test_more_sentences_stand_where_there_is_room(room: int, taken: str) -> None:
    assert first_sentences("One. Two. Three.", room) == taken
