"""Figures: single amounts, capacities, and series over time or by category; each with unit, year and source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from macros.schema.base import AnyRef, Asserted, Line, Number, Record, Sources, Strict, Text, TrueOrFalse, Whole
from macros.schema.context_vocabularies import ColumnRole, Limit, Topic
from macros.schema.dates import PartialDate

_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


def format_number(number: float) -> str:
    """Returns the number as readers see it: `1,300`, `8.6`."""
    return f"{number:,.10g}"


_MONEY = re.compile(
    r"(?:(?P<scale>thousand|million|billion|trillion) )?(?:(?P<whose>Australian|U\.S\.) )?(?P<coin>dollars|yen|euros)"
    r"(?P<rest>(?: .+)?)"
)
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SIGNS = {"dollars": "$", "yen": "¥", "euros": "€"}


def format_quantity(numbers: Sequence[float], unit: str, limit: Limit = Limit.exactly) -> str:
    """Returns one number or a range with its unit and limit: `up to $550 billion`, `60 to 72 percent`, `¥2 trillion`.

    The one place where money is written: a unit such as `billion dollars a year` puts its sign before the number.
    """
    money = _MONEY.fullmatch(unit)
    if not money:
        return limit.qualify(f"{' to '.join(map(format_number, numbers))} {unit}")
    sign = ("A$" if money["whose"] == "Australian" else "$") if money["coin"] == "dollars" else _SIGNS[money["coin"]]
    scale = f" {money['scale']}" if money["scale"] else ""
    amounts = (f"{sign}{format_number(number)}{scale}" for number in numbers)
    return limit.qualify(" to ".join(amounts) + money["rest"])


class Capacity(Strict):
    """A capacity with its unit."""

    value: Number
    unit: Line

    def __str__(self) -> str:
        """Returns the capacity in words: `20 million metric tons of LNG a year`."""
        return f"{format_number(self.value)} {self.unit}"


class Figure(Record, Asserted):
    """One amount that pages name: how much of what, as a ceiling or exactly, and for which day or year."""

    kind: ClassVar[str] = "figure"
    label: ClassVar[str] = "figure"
    plural: ClassVar[str] = "figures"

    title: Line
    topic: Topic = Field(description="The subject under which it is listed.")
    amount: Number
    high: Number | None = Field(default=None, description="The upper end, when the source gives a range.")
    unit: Line = Field(description="billion dollars, percent, million metric tons a year, days.")
    limit: Limit = Field(default="exactly", validate_default=True)
    as_of: PartialDate = Field(description="The day or the year that it belongs to.")
    basis: Text = Field(description="What is counted, and by whom.")
    about: list[AnyRef] = Field(default_factory=list)

    @property
    def quantity(self) -> str:
        """Returns the amount with its unit: `$550 billion`, `60 to 72 percent`."""
        return format_quantity(self.numbers, self.unit)

    @property
    def numbers(self) -> list[float]:
        """Returns the amount alone, or both ends of a range."""
        return [self.amount] if self.high is None else [self.amount, self.high]

    @property
    def size(self) -> tuple[str, float]:
        """Returns the unit without thousands or millions, and how many of it: what may be compared with what."""
        scale, _, rest = self.unit.partition(" ")
        factor = _SCALES.get(scale)
        return (rest, self.amount * factor) if factor else (self.unit, self.amount)

    @property
    def words(self) -> str:
        """Returns the amount as it may be said: `up to $550 billion`."""
        return format_quantity(self.numbers, self.unit, self.limit)


class Column(Strict):
    """One column of a series."""

    title: Line
    role: ColumnRole = Field(default="value", validate_default=True)


class Row(Strict):
    """One row of a series: a value for each column; empty where none was found."""

    label: Line
    limit: Limit = Field(default="exactly", validate_default=True)
    values: list[Number | None]
    note: Text | None = None
    sources: Sources


class Alternative(Strict):
    """Another value that a source gives for the same thing."""

    label: Line
    value: Line
    basis: Text
    sources: Sources


class Series(Record, Asserted):
    """Figures over time or by category, with unit, year and source."""

    kind: ClassVar[str] = "series"
    label: ClassVar[str] = "series of figures"
    plural: ClassVar[str] = "series of figures"

    title: Line
    unit: Line
    year: Line | None = Field(default=None, description="The year or years, unless each row names its own.")
    basis: Text
    topic: Topic
    in_brief: Whole | None = Field(default=None, ge=1, description="Its place among the charts of the brief, from 1.")
    row_title: Line = Field(default="Year", description="What the rows are: Year, Stage, Document.")
    columns: list[Column] = Field(min_length=1)
    rows: list[Row] = Field(min_length=1)
    parts_make_total: TrueOrFalse = Field(default=False, description="Whether the parts of a row add up to its total.")
    alternatives: list[Alternative] = Field(default_factory=list)
    caution: Text | None = None

    @model_validator(mode="after")
    def _check_rows(self) -> Self:
        for row in self.rows:
            if self.year is None and not _YEAR.search(row.label):
                raise PydanticCustomError(
                    "row_year", "row '{label}' names no year, and the series has no year", {"label": row.label}
                )
            if len(row.values) != len(self.columns):
                values = {"label": row.label, "values": len(row.values), "columns": len(self.columns)}
                raise PydanticCustomError("row_length", "row '{label}': {values} values, {columns} columns", values)
            if self.parts_make_total:
                self._check_total(row)
        return self

    def _check_total(self, row: Row) -> None:
        pairs = list(zip(self.columns, row.values, strict=True))
        total = sum(value or 0 for column, value in pairs if column.role == ColumnRole.total)
        parts = sum(value or 0 for column, value in pairs if column.role == ColumnRole.part)
        if abs(total - parts) > 0.005 * max(abs(total), 1):
            values = {"label": row.label, "parts": parts, "total": total}
            raise PydanticCustomError("row_total", "row '{label}': parts make {parts}, total is {total}", values)
