"""The calendar of the small tree, read back by a library that did not write it: its entries and their changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
import vobject  # type: ignore[import-untyped]

from macros.exports.calendar import describe_deadline, export_calendar, export_entries
from macros.schema.dates import PartialDate
from macros.schema.instruments import Deadline
from macros.site.release import Release
from tests.unit.test_exporting import EDITION, MEETING, MEETING_UID, SITE, changed, entries, open_at


@pytest.fixture(scope="module")
def release() -> Release:
    """Returns the small tree as a published edition."""
    return open_at(SITE, name="2026-09-30", title="Second", published=PartialDate("2026-10-02"))


def test_the_calendar_has_an_entry_for_each_dated_deadline(release: Release) -> None:
    (entry,) = entries(release)
    assert entry.summary.value == "A meeting"
    assert entry.dtstart.value == dt.date(2026, 4, 26)
    assert entry.dtstart.params["VALUE"] == ["DATE"]
    assert entry.uid.value == MEETING_UID
    assert entry.sequence.value == "0"
    assert entry.dtstamp.value == dt.datetime(2026, 10, 2, tzinfo=vobject.icalendar.utc)
    assert entry.url.value == f"{EDITION}lists/#deadline-meeting"
    for words in (
        "What is due: A meeting is held.",
        "What it is not: Not a signing.",
        "Legal character: non-binding.",
        "State as of September 30, 2026: due date passed; no public evidence found. We found nothing.",
        "General information, not legal advice.",
    ):
        assert words in entry.description.value
    assert entry.valarm.trigger.value == dt.timedelta(days=-14)
    assert entry.valarm.description.value == "A meeting"
    assert entry.transp.value == "TRANSPARENT"
    text = export_calendar(release).decode()
    assert "\r\nREFRESH-INTERVAL;VALUE=DURATION:P1D\r\n" in text, "programs ask for it once a day"
    assert f"\r\nURL:{EDITION}deadlines.ics\r\n" in text
    assert entry.valarm.action.value == "DISPLAY"


def test_what_was_found_of_a_deadline_is_said_once_it_has_passed(release: Release) -> None:
    deadline = release.catalog.one(Deadline, "meeting")
    for as_at, said in (
        ("2026-04-25", "running."),
        (
            "2026-09-30",
            "due date passed; no public evidence found. We found nothing. Newest material we read: August 21",
        ),
    ):
        content = describe_deadline(replace(release.catalog, as_at=PartialDate(as_at)), deadline)
        assert content is not None
        assert content.state.startswith(said)
    assert describe_deadline(release.catalog, release.catalog.one(Deadline, "undated")) is None


def test_the_calendar_is_written_as_the_standard_asks(release: Release) -> None:
    long = replace(release, notice="報道、" * 60 + "a comma, a semicolon; a backslash \\")
    content = export_calendar(long)
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines), "no sign is cut in two"
    assert entries(long)[0].description.value.endswith(long.notice)


def test_an_entry_is_stamped_with_the_as_at_date_until_it_is_published(release: Release) -> None:
    (entry,) = entries(replace(release, published=None))
    assert entry.dtstamp.value == dt.datetime(2026, 9, 30, tzinfo=vobject.icalendar.utc)


def test_the_sequence_counts_the_editions_after_which_an_entry_changed(release: Release) -> None:
    now = release.catalog
    other = changed(now, MEETING, title="Another meeting")
    later = replace(other, as_at=PartialDate("2026-08-31"))
    gone = replace(now, records={key: one for key, one in now.records.items() if key != MEETING}, _sorted={})
    for earlier, expected in (
        ((now,), "0"),
        ((other,), "1"),
        ((other, later), "1"),
        ((now, other), "2"),
        ((now, other, other, now), "2"),
        ((gone, other), "1"),
        ((changed(now, MEETING, clock=None), now), "0"),
    ):
        (entry,) = entries(replace(release, earlier=earlier))
        assert entry.sequence.value == expected


def test_a_name_in_an_entry_is_that_of_its_own_edition(release: Release) -> None:
    now = changed(release.catalog, MEETING, what="On [[term/wording]].")
    before = changed(now, "term/wording", title="Something else")
    (entry,) = entries(replace(release, catalog=now, earlier=(before,)))
    assert entry.sequence.value == "1"


def test_a_renamed_deadline_is_the_same_entry(release: Release) -> None:
    now = changed(release.catalog, MEETING, "talks", aliases=["meeting"])
    (entry,) = entries(replace(release, catalog=now, earlier=(release.catalog,)))
    assert (entry.uid.value, entry.sequence.value) == (MEETING_UID, "0")


def test_without_a_dated_deadline_the_calendar_is_empty(release: Release) -> None:
    assert entries(replace(release, catalog=changed(release.catalog, MEETING, clock=None))) == []


def test_the_calendar_of_one_deadline_has_its_entry_alone(release: Release) -> None:
    ((path, content),) = export_entries(release)
    assert path == "data/deadline/meeting.ics"
    (entry,) = vobject.readOne(content.decode()).contents["vevent"]
    assert entry.uid.value == MEETING_UID
    assert entry.serialize() == entries(release)[0].serialize()
