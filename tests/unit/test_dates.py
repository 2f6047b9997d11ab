"""Dates, and the due dates computed from a start and a length."""

from __future__ import annotations

import datetime as dt

import pytest

from macros.schema.context_vocabularies import Limit
from macros.schema.dates import PartialDate, add_length
from macros.schema.figures import format_quantity
from tests.conftest import LISTS


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("2025", "2025", "2025-01-01", "2025-12-31"),
        ("2024-02", "February 2024", "2024-02-01", "2024-02-29"),
        ("2025-10-28", "October 28, 2025", "2025-10-28", "2025-10-28"),
    ],
)
def test_a_date_keeps_its_precision(text: str, words: str, first: str, last: str) -> None:
    date = PartialDate(text)
    assert (str(date), date.first_day.isoformat(), date.last_day.isoformat()) == (words, first, last)


@pytest.mark.parametrize("text", ["2025-13", "2025-02-30", "28.10.2025", "25-10-28", "2025-1-1", ""])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|month|day"):
        PartialDate(text)


@pytest.mark.parametrize(
    ("start", "length", "due"),
    [
        ("2025-10-28", "180 days", "2026-04-26"),
        ("2025-10-28", "6 months", "2026-04-28"),
        ("2025-10-20", "180 days", "2026-04-18"),
        ("2025-08-31", "6 months", "2026-02-28"),
        ("2024-02-29", "1 year", "2025-02-28"),
    ],
)
def test_due_dates(start: str, length: str, due: str) -> None:
    assert add_length(dt.date.fromisoformat(start), length).isoformat() == due


@pytest.mark.parametrize("length", ["half a year", "0 days", "six months", "6", "6months"])
def test_what_is_no_length_is_refused(length: str) -> None:
    with pytest.raises(ValueError, match="not a length of time"):
        add_length(dt.date(2025, 10, 28), length)


@pytest.mark.parametrize(
    ("text", "short"),
    [("2025-10-28", "Oct. 28, 2025"), ("2026-05-17", "May 17, 2026"), ("2025-09", "Sept. 2025"), ("2025", "2025")],
)
def test_a_date_has_a_short_form_for_tables(text: str, short: str) -> None:
    assert PartialDate(text).short == short


@pytest.mark.parametrize(
    ("numbers", "unit", "limit", "words"),
    [
        ([550], "billion dollars", Limit.up_to, "up to $550 billion"),
        ([44.5, 54.5], "billion dollars", Limit.exactly, "$44.5 billion to $54.5 billion"),
        ([7], "billion dollars a year", Limit.exactly, "$7 billion a year"),
        ([60], "dollars a kilogram", Limit.exactly, "$60 a kilogram"),
        ([200], "million Australian dollars", Limit.exactly, "A$200 million"),
        ([2], "trillion yen", Limit("about"), "about ¥2 trillion"),
        ([60, 72], "percent", Limit.exactly, "60 to 72 percent"),
        ([8.6], "million metric tons a year", Limit.exactly, "8.6 million metric tons a year"),
    ],
)
def test_an_amount_is_written_from_one_place(numbers: list[float], unit: str, limit: Limit, words: str) -> None:
    assert format_quantity(numbers, unit, LISTS.get(Limit, limit)) == words
