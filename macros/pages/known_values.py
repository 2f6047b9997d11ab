"""What records hold that prose might type: days, amounts with a unit, and counts; each with the call that prints it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, partial

from macros.catalog.catalog import Catalog
from macros.catalog.references import iter_dates
from macros.schema import KINDS
from macros.schema.base import Record
from macros.schema.context_kinds import Project
from macros.schema.figures import Figure, Series, format_quantity
from macros.schema.instruments import Deadline
from macros.text.memory import Memory

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SMALL = "zero one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905 - a list of words
_TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS = {word: number for number, word in enumerate((*_SMALL, *_TEENS))}
_NUMBERS |= {word: 10 * number for number, word in enumerate(_TENS, 2)}
_NUMBER = rf"\d[\d,]*(?:\.\d+)?|{'|'.join(_NUMBERS)}"
_SCALES = "thousand|million|billion|trillion"
_UNITS = (
    "per cent|percent|%|dollars?|yen|euros?|won|tonnes?|tons?|mtpa|cubic|barrels?|kilomet\\w+|miles?"
    "|kilowatts?|megawatts?|gigawatts?|kW|MW|GW|TWh|days?"
)

DAY = re.compile(rf"\b(?:{_MONTHS}) \d{{1,2}}, \d{{4}}\b")
# A number in digits with a unit, a number in digits or words with a scale or a share, or a sum with its sign.
AMOUNT = re.compile(
    rf"(?<![\w.,])(?P<sign>[$€£¥])?(?P<number>{_NUMBER})(?:\s+|-)(?P<scale>{_SCALES})\b"
    rf"(?:\s+(?:U\.S\. |metric )?(?P<of>{_UNITS})\b)?"
    rf"|(?<![\w.,])(?P<digits>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>%|(?:metric )?(?:{_UNITS})\b)"
    rf"|(?<![\w.,])(?P<words>{'|'.join(_NUMBERS)})\s(?P<share>per cent|percent)\b"
    rf"|(?P<coin>[$€£¥])(?P<sum>\d[\d,]*(?:\.\d+)?)",
    re.IGNORECASE,
)
_NOUNS = {model.plural.casefold(): kind for kind, model in KINDS.items()} | {"partners": "party"}
COUNT = re.compile(rf"\b({_NUMBER})\s+({'|'.join(_NOUNS)})\b", re.IGNORECASE)

_ONE_UNIT = {"%": "percent", "per cent": "percent", "$": "dollar", "¥": "yen", "€": "euro"}

Amount = tuple[float, str, str]


def number_of(text: str) -> float:
    """Returns a number written in digits or in a word."""
    word = text.casefold()
    return float(_NUMBERS[word]) if word in _NUMBERS else float(word.replace(",", ""))


def amount_in(match: re.Match[str]) -> Amount:
    """Returns a match of AMOUNT as number, scale and unit, so that two ways of writing it compare equal."""
    number = match["number"] or match["digits"] or match["words"] or match["sum"]
    unit = (match["of"] or match["unit"] or match["share"] or match["sign"] or match["coin"] or "").casefold()
    return number_of(number), (match["scale"] or "").casefold(), _ONE_UNIT.get(unit, unit.removesuffix("s"))


def _list_days(record: Record) -> list[tuple[str, str]]:
    """Returns each day that a record holds, in words, with the field that holds it."""
    dates = iter_dates(record, later=True)
    whole = [(path, date) for path, date in dates if date.precision == "day"]
    return [(str(date), ".".join(map(str, path))) for path, date in whole if all(isinstance(one, str) for one in path)]


class KnownValue:
    """The days, amounts and counts of a catalog, each with the macro call that prints it."""

    def __init__(self, catalog: Catalog, memory: Memory) -> None:
        self.catalog = catalog
        self.memory = memory

    @cached_property
    def contents(self) -> tuple[dict[str, str], dict[Amount, str], dict[str, int]]:
        """Returns all of them: two catalogs that hold the same have the same contents."""
        return self.days, self.amounts, {kind: len(self.catalog.of_kind(kind)) for kind in KINDS}

    @cached_property
    def days(self) -> dict[str, str]:
        """Returns each day that a record holds, in words, with its call."""
        known: dict[str, str] = {}
        inner: dict[str, str] = {}
        for record in self.catalog.records.values():
            for day, field in self.memory.recall(("days", record.key), record, partial(_list_days, record)):
                call = f"{{{{ value('{record.key}', '{field}') }}}}"
                (inner if "." in field else known).setdefault(day, call)
            if isinstance(record, Deadline) and record.due:
                known[str(record.due)] = f"{{{{ value('{record.key}', 'due') }}}}"
        return inner | known

    @cached_property
    def amounts(self) -> dict[Amount, str]:
        """Returns each amount that a record holds, with its call; a figure comes before a cell of a series."""
        known: dict[Amount, str] = {}

        def hold(words: str, call: str) -> None:
            for match in AMOUNT.finditer(words):
                known.setdefault(amount_in(match), f"{{{{ {call} }}}}")

        records = self.catalog.records.values()
        for record in records:
            if isinstance(record, Figure):
                hold(record.quantity, f"value('{record.key}', 'words')")
            elif isinstance(record, Project) and record.capacity:
                hold(str(record.capacity), f"value('{record.key}', 'capacity')")
            elif isinstance(record, Deadline) and record.clock and record.clock.length:
                hold(record.clock.length, f"value('{record.key}', 'clock.length')")
        for record in records:
            if isinstance(record, Series):
                self._hold_cells(record, hold)
        return known

    @staticmethod
    def _hold_cells(series: Series, hold: Callable[[str, str], None]) -> None:
        for row in series.rows:
            for column, number in zip(series.columns, row.values, strict=True):
                if number is not None:
                    call = f"cell('{series.key}', '{row.label}', '{column.title}')"
                    hold(format_quantity([number], series.unit), call)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Returns how many records of each kind there are."""
        return {kind: len(self.catalog.of_kind(kind)) for kind in KINDS}

    def counted(self, number: float, noun: str) -> str | None:
        """Returns the kind of which there are just as many records, when the noun is its name."""
        kind = _NOUNS[noun.casefold()]
        return kind if self.counts[kind] == number else None
