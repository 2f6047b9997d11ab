"""Dates as precise as they are known: a year, a month or a day."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import total_ordering

from dateutil.relativedelta import relativedelta
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
_LENGTH = re.compile(r"([1-9][0-9]{0,4}) (days?|months?|years?)")
LENGTH_PATTERN = f"^{_LENGTH.pattern}$"
_YEARS = re.compile(r"[12][0-9]{3}")
# No deadline is longer, and no sum of a day and a length leaves the calendar.
_LONGEST = 100
# How a date may be written in YAML, where a year alone is a number.
WRITTEN_DATE = {
    "type": ["string", "integer"],
    "pattern": r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
    "minimum": 1000,
    "maximum": 9999,
}
_SHORT_MONTHS = ["Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."]
NOT_A_DATE = "date_form"


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A date with year, month or day precision; `text` is its ISO form (`2025`, `2025-10`, `2025-10-28`).

    Dates order by their first day. Raises ValueError when the text is no such date.
    """

    text: str

    def __post_init__(self) -> None:
        match = _FORM.fullmatch(self.text)
        if not match:
            raise ValueError(f"'{self.text}' is not a date")
        year, month, day = match.groups()
        dt.date(int(year), int(month or 1), int(day or 1))

    @property
    def precision(self) -> str:
        return {4: "year", 7: "month", 10: "day"}[len(self.text)]

    @property
    def first_day(self) -> dt.date:
        return dt.date.fromisoformat((self.text + "-01-01")[:10])

    @property
    def last_day(self) -> dt.date:
        first = self.first_day
        if self.precision == "year":
            return first.replace(month=12, day=31)
        if self.precision == "month":
            return first.replace(day=calendar.monthrange(first.year, first.month)[1])
        return first

    def __lt__(self, other: PartialDate) -> bool:
        return (self.first_day, self.last_day) < (other.first_day, other.last_day)

    def __str__(self) -> str:
        """Returns the date in words: `October 28, 2025`, `October 2025` or `2025`."""
        return self._in_words(calendar.month_name[self.first_day.month])

    @property
    def short(self) -> str:
        """Returns the date as it is printed in tables: `Oct. 28, 2025`, `Oct. 2025` or `2025`."""
        return self._in_words(_SHORT_MONTHS[self.first_day.month - 1])

    def say(self, language: str) -> str:
        """Returns the date in words of a language: `2025年10月28日` in Japanese, else as in English."""
        if language != "ja":
            return str(self)
        return "".join(f"{int(number)}{unit}" for number, unit in zip(self.text.split("-"), "年月日", strict=False))

    def _in_words(self, month: str) -> str:
        first = self.first_day
        words = {"year": f"{first.year}", "month": f"{month} {first.year}"}
        return words.get(self.precision, f"{month} {first.day}, {first.year}")

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.read, serialization=core_schema.plain_serializer_function_ser_schema(lambda date: date.text)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        if handler.mode == "validation":
            return dict(WRITTEN_DATE)
        return {"type": "string", "pattern": rf"^{_FORM.pattern}$"}

    @classmethod
    def read(cls, value: object) -> PartialDate:
        """Returns the date that a record holds. Raises PydanticCustomError when it is none, or of another age."""
        if isinstance(value, PartialDate):
            return value
        try:
            return cls(_written(value))
        except ValueError as error:
            values = {"value": repr(value)[:60]}
            raise PydanticCustomError(NOT_A_DATE, "not a date: {value}", values) from error


def _written(value: object) -> str:
    """Returns a date as it is written in a record. Raises ValueError when its year is one that no record is about."""
    text = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    if not _YEARS.match(text):
        raise ValueError(f"'{text}' is not a date")
    return text


class LaterDate(PartialDate):
    """A date that may lie after the as-at date, such as a due date. Every other date may not."""


def format_day(day: dt.date) -> str:
    """Returns `October 28, 2025`."""
    return str(PartialDate(day.isoformat()))


def add_length(start: dt.date, length: str) -> dt.date:
    """Returns the day on which a length such as `180 days` or `6 months`, counted from `start`, ends.

    Days are calendar days and the start is not counted; a month ends on the day of the same number.
    Raises ValueError for any other form, and for more than a hundred years.
    """
    match = _LENGTH.fullmatch(length)
    if not match:
        raise ValueError(f"'{length}' is not a length of time")
    number, unit = int(match[1]), match[2].rstrip("s")
    if number > _LONGEST * {"day": 365, "month": 12, "year": 1}[unit]:
        raise ValueError(f"'{length}' is more than {_LONGEST} years")
    steps = {
        "day": relativedelta(days=number),
        "month": relativedelta(months=number),
        "year": relativedelta(years=number),
    }
    return start + steps[unit]
