"""The words of the brief: its notes, what is said of how sure we are, its head, and the lists of labels."""

from __future__ import annotations

import pytest

from macros.brief.brief import create_brief
from macros.brief.heading import create_head
from macros.brief.notes import Notes, label_of
from macros.brief.text import say_moment
from macros.components.timeline_entries import Moment
from macros.schema.base import Citation
from macros.schema.instruments import Deadline, Instrument
from macros.schema.sources import Source
from macros.schema.subjects import Event, Implication
from macros.schema.vocabularies import Basis, Certainty, SourceStanding, Strength
from macros.site.loading import Site
from macros.site.release import create_release
from tests.conftest import LISTS
from tests.unit.test_brief_edges import with_records
from tests.unit.test_brief_parts import CONFIG
from tests.unit.test_macro_edges import copy_of


def test_a_note_has_the_author_before_the_publisher_and_only_what_is_known(small: Site) -> None:
    notes = Notes(small.catalog)
    notes.cite([Citation(id="report")])
    notes.cite([Citation(id="text", pinpoint="p. 1")])
    notes.cite([Citation(id="text", pinpoint="p. 2")])
    report, text, again = notes.listed()
    assert (report.publisher, report.title, report.title_en) == ("A. Writer, A newspaper", "報道", "A report")
    assert (report.language, report.date, report.kind, report.url) == ("ja", "", "secondary, press", "")
    assert (text.publisher, text.title_en, text.kind) == ("A government", "", "")
    assert (text.date, text.url) == ("October 28, 2025", "https://government.example/text")
    assert [one.first for one in (report, text, again)] == [0, 0, 2]
    assert [one.number for one in (report, text, again)] == [1, 2, 3]


def test_of_sources_as_strong_the_better_standing_goes_first_and_a_weak_one_last(small: Site) -> None:
    report = small.catalog.one(Source, "report")

    def standing(name: str) -> Source:
        return copy_of(report, name, standing=LISTS.get(SourceStanding, name))

    notes = Notes(with_records(small, [standing("mirror"), standing("press"), standing("law-firm")]))
    order = [one.value for one in LISTS.all(SourceStanding)]
    better = min(("press", "law-firm"), key=order.index)
    for names in (("mirror", "press", "law-firm"), ("law-firm", "press", "mirror")):
        notes = Notes(notes.catalog)
        notes.cite([Citation(id=name) for name in names])
        assert list(notes.numbers) == [(better, None)]


def test_a_label_says_what_is_not_read_in_a_text(small: Site) -> None:
    assert label_of(small.catalog.one(Instrument, "framework")) == ""
    assert label_of(small.catalog.one(Event, "fair")) == "reported"
    assert label_of(small.catalog.one(Implication, "point")) != ""
    sure = copy_of(small.catalog.one(Event, "fair"), certainty=LISTS.get(Certainty, "verified"))
    assert label_of(sure) == ""


def test_a_draft_says_that_it_is_none(small: Site) -> None:
    draft = create_head(create_release(small, CONFIG), "today")
    assert (draft.edition, draft.state, draft.address) == ("", "draft, not an edition", "")
    assert (draft.title_ja, draft.character, draft.as_at) == ("枠組み", "Non-binding", "2026-09-30")
    edition = create_head(create_release(small, CONFIG, name="2026-09-30", title="Position"), "today", b"ab")
    assert (edition.edition, edition.address) == ("2026-09-30", "https://example.test/2026-09-30/")
    assert edition.logo == [97, 98]
    assert edition.publisher.name == ""


def test_only_what_has_a_date_of_its_own_is_told_as_a_moment(small: Site) -> None:
    meeting, fair = small.catalog.one(Deadline, "meeting"), small.catalog.one(Event, "fair")
    notes = Notes(small.catalog)
    assert say_moment(notes, Moment(fair.date, fair, "meeting", "Many met. More.", fair.lane)).text == "Many met."
    with pytest.raises(TypeError, match="'deadline/meeting' has no date of its own"):
        say_moment(notes, Moment(fair.date, meeting, "due date", "It.", fair.lane))


def test_labels_are_explained_that_are_used_or_that_say_more_than_that_it_was_read(small: Site) -> None:
    brief = create_brief(create_release(small, CONFIG), "today")
    sure = [one.label for one in LISTS.all(Certainty) if one.value != "verified"]
    assert [one.word for one in brief.certainties] == sure
    assert [one.word for one in brief.bases] == [one.label for one in LISTS.all(Basis) if one.value != "text"]
    assert [one.word for one in brief.strengths] == [LISTS.get(Strength, "intention").label]
    assert all(one.meaning for one in brief.certainties)
