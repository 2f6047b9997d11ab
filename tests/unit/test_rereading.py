"""What must be read again before the as-at date is moved."""

from __future__ import annotations

import datetime as dt

from macros.catalog.rereading import Span, reread_records, speaks_ahead, typed_days
from macros.site.loading import Site
from tests.conftest import Alter

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
