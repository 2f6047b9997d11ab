"""The geometry of the lanes: every date in one column, every mark in its stack, every stack a target of its own."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from dataclasses import dataclass

import pytest

from macros.charts.binning import HEAD, Dated, Panel, build_strip, cut_panels, place_columns, stack_up
from macros.schema.dates import PartialDate

AS_AT = dt.date(2026, 9, 30)
TARGET = 24  # pixels, WCAG 2.2
DATES = [
    *("1969", "2021-10", "2022-05-23", "2022-06-30", "2022-07-01", "2024", "2025-09-04", "2025-09-30", "2025-10"),
    *(f"2025-10-{day:02}" for day in range(1, 32)),
    *("2026-02-28", "2026-09-01", "2026-09-30"),
]


@dataclass(frozen=True)
class Entry:
    """Something dated."""

    date: PartialDate


def entries_of(dates: list[str]) -> list[Dated]:
    return sorted((Entry(PartialDate(one)) for one in dates), key=lambda one: one.date)


def panels_of(dates: list[str], as_at: dt.date = AS_AT) -> list[Panel]:
    return cut_panels([PartialDate(one) for one in dates], 2022, as_at)


def names_of(panels: list[Panel]) -> list[list[str]]:
    return [[one.name for one in panel.periods] for panel in panels]


def test_the_last_twelve_months_are_months_and_what_was_before_is_coarser() -> None:
    before, after = panels_of(DATES)
    assert (before.step, after.step) == ("half-year", "month")
    assert [one.name for one in before.periods][:3] == ["before 2022", "January to June 2022", "July to December 2022"]
    assert before.periods[-1].name == "July to September 2025", "the last half-year is cut where the months begin"
    assert (after.begins, after.ends, len(after.periods)) == ("October 2025", "September 2026", 12)


def test_a_due_date_that_is_still_to_come_stands_past_the_as_at_date() -> None:
    panels = panels_of(["2025-10-28", "2026-04-26"], dt.date(2025, 10, 28))
    assert names_of(panels) == [["October 2025", "after October 28, 2025"]]
    assert panels[0].ends == "October 2025"
    assert len(panels_of([*DATES, "2027-01"])[-1].periods) == 12, "a phone has room for no more"


@pytest.mark.parametrize(
    ("first", "step", "count"),
    [("2024-10", "quarter", 4), ("2022-01", "half-year", 8), ("2026-01", "month", 9)],
)
def test_the_step_follows_from_the_length(first: str, step: str, count: int) -> None:
    panel = panels_of([first, "2026-09-30"])[0]
    assert (panel.step, len(panel.periods)) == (step, count)


def test_a_long_time_goes_by_years() -> None:
    panel = cut_panels([PartialDate("2019-03")], 2019, AS_AT)[0]
    assert panel.step == "year"
    assert [one.name for one in panel.periods][1] == "2020"


@pytest.mark.parametrize("dates", [DATES, ["2022-05-23", "2026-09-30"], ["2026-08", "2026-10-01"], ["2021"]])
@pytest.mark.parametrize(("width", "scale"), [(328.0, 288 / 328), (700.0, 560 / 700)])
def test_everything_is_drawn_once_in_its_place(dates: list[str], width: float, scale: float) -> None:
    entries = entries_of(dates)
    panels = panels_of(dates)
    sheets = [panels] if width > 500 else [[panel] for panel in panels]
    drawn = []
    for sheet in sheets:
        columns = place_columns(sheet, width)
        assert columns[0].left == 0
        assert columns[-1].right == pytest.approx(width, abs=0.1)
        for one, other in itertools.pairwise(columns):
            assert one.right <= other.left + 0.02, "no target covers another"
            assert one.period.last < other.period.first
        strip = build_strip(entries, columns)
        for stack in strip.stacks:
            assert stack.column.width * scale >= TARGET - 0.01
            assert (strip.height - HEAD) * scale >= TARGET
            for entry, x, y in stack.marks:
                assert stack.column.period.first <= entry.date.first_day <= stack.column.period.last
                assert stack.column.left + 3.5 < x < stack.column.right - 3.5
                assert HEAD + 3.5 < y < strip.height - 3.5
            for (_, *one_at), (_, *other_at) in itertools.combinations(stack.marks, 2):
                assert math.dist(one_at, other_at) > 8, "marks keep apart"
            drawn += [entry for entry, _, _ in stack.marks]
    assert drawn == entries


def test_a_month_stands_in_its_month_and_a_year_at_its_beginning() -> None:
    columns = place_columns(panels_of(DATES), 700)
    found = {
        entry.date.text: column.period.name
        for column, inside in stack_up(entries_of(DATES), columns)
        for entry in inside
    }
    assert found["2025-10"] == "October 2025"
    assert found["2024"] == "January to June 2024"
    assert found["1969"] == found["2021-10"] == "before 2022"


def test_a_day_has_its_place_within_its_column() -> None:
    column = place_columns(panels_of(DATES), 700)[-12]
    assert column.period.name == "October 2025"
    assert column.place(dt.date(2025, 10, 1)) == pytest.approx(column.left, abs=0.1)
    assert column.left < column.place(dt.date(2025, 10, 28)) < column.right
