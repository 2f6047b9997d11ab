"""What a record says, field by field, in plain words: the form in which two editions are compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from macros.catalog.catalog import Catalog
from macros.catalog.references import LINK, marked_fields
from macros.schema.base import Citation, Record, RefersTo, Relation, Running, Strict, ordered_fields
from macros.schema.context_vocabularies import Topic
from macros.schema.dates import PartialDate
from macros.schema.figures import Capacity, Figure, Row, Series, format_number, format_quantity
from macros.schema.instruments import Deadline, Fact, Outcome, Provision
from macros.schema.labels import label_field
from macros.schema.sources import NOT_SHOWN, Source
from macros.schema.subjects import Question

# They order records or sort them, as the topic of a figure does, or make an address; others say it in words.
# A provision's place is its place in the text. The day of publication and the review are for staff.
_UNSEEN = {
    "aliases",
    "position",
    "in_brief",
    "subject",
    "topics",
    "goods",
    "applies_to",
    "official_words",
    "publish_from",
    "review",
}
# The state of an outcome is that of its deadline, the id of a fact is for addresses, values stand in their columns.
_SAID_ELSEWHERE: dict[type[Strict], set[str]] = {Outcome: {"state"}, Fact: {"id"}, Row: {"values"}}


@dataclass(frozen=True)
class FlatField:
    """One value of a record: `part` is the group or item that it stands in, empty for the record itself.

    `worded` values are compared word by word; the others, such as dates and choices, as wholes.
    """

    part: str
    label: str
    text: str
    worded: bool

    @property
    def full_label(self) -> str:
        return f"{self.part}: {self.label}" if self.part else self.label


@dataclass(frozen=True)
class Flattener:
    """Puts values into words. Records are named as the newer catalog names them, so that a new name is one change.

    With `targets`, a link in running text says where it leads, beside its own words.
    """

    before: Catalog
    after: Catalog
    targets: bool = False

    def name(self, key: str) -> str:
        """Returns the words for the record with this key in either catalog; the key itself when neither has it."""
        for catalog in (self.after, self.before):
            record = catalog.records.get(catalog.aliases.get(key, key))
            if isinstance(record, Source):
                return f"{record.publisher}, {record.title_en or record.title}"
            if record:
                return record.name
        return key

    def leaves(self, record: Record, as_at: PartialDate) -> list[FlatField]:
        """Returns everything that readers see of a record, what is computed at the as-at date first."""
        hidden = _UNSEEN - {"position", "subject"} if isinstance(record, Provision) else _UNSEEN
        leaves = [FlatField("", *one) for one in _computed(record, as_at)]
        if isinstance(record, Figure):
            hidden = hidden | {"amount", "high", "unit", "limit"}
        if isinstance(record, Source):
            hidden = hidden | {"date"}
        if isinstance(record, Question):
            hidden = hidden | {"topic"}  # it says on which page the question stands
        if isinstance(record, Series):
            leaves += _cells(record)
        return leaves + list(self._leaves(record, "", hidden))

    def _leaves(self, part: Strict, place: str, hidden: set[str]) -> Iterator[FlatField]:
        markers = dict(marked_fields(type(part)))
        for name in ordered_fields(type(part)):
            value = getattr(part, name)
            if value is None or value == [] or name in hidden or isinstance(value, Topic):
                continue
            label = label_field(name)
            inside = f"{place}: {label}" if place else label
            items = value if isinstance(value, list) else [value]
            if all(isinstance(one, Strict) and not isinstance(one, (Citation, Capacity)) for one in items):
                yield from self._parts(items, inside, listed=isinstance(value, list))
            else:
                worded = isinstance(value, list) or (isinstance(value, str) and not _names(markers[name]))
                yield FlatField(place, label, "; ".join(self.say(one, markers[name]) for one in items), worded)

    def _parts(self, items: list[Strict], place: str, *, listed: bool) -> Iterator[FlatField]:
        seen: Counter[str] = Counter()
        for item in items:
            inside = place
            if listed:
                title = self._title(item, _naming(type(item)))
                seen[title] += 1
                again = f" ({seen[title]})" if seen[title] > 1 else ""
                inside = f"{place} “{title}{again}”"
            yield from self._leaves(item, inside, _SAID_ELSEWHERE.get(type(item), set()))

    def _title(self, item: Strict, naming: tuple[str, ...]) -> str:
        """Returns the words by which an item of a list is known from one edition to the next."""
        markers = dict(marked_fields(type(item)))
        return " ".join(self.say(getattr(item, name), markers[name]) for name in naming)

    def say(self, value: Any, marker: RefersTo | Running | None) -> str:
        """Returns one value in words."""
        if isinstance(value, Citation):
            source = self.name(f"source/{value.id}")
            return f"{source} ({value.pinpoint})" if value.pinpoint else source
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, (int, float)):
            return format_number(value)
        if isinstance(marker, RefersTo):
            return self.name(value if marker.kind == "*" else f"{marker.kind}/{value}")
        text = str(value)
        return (
            LINK.sub(lambda link: self._link(link[1].strip(), link[2]), text) if isinstance(marker, Running) else text
        )

    def _link(self, key: str, words: str | None) -> str:
        name = self.name(key)
        return f"{words} ({name})" if words and self.targets else words or name


def word_records(catalog: Catalog) -> dict[str, dict[str, object]]:
    """Returns, by key, what is stored of each record for a reader's browser to compare: name, earlier keys, values.

    Each of the values is its label, its words, and whether it is compared word by word.
    """
    speaker = Flattener(catalog, catalog)
    return {
        key: {
            "name": record.name,
            "earlier": [f"{record.kind}/{old}" for old in record.aliases],
            "says": [[leaf.full_label, leaf.text, leaf.worded] for leaf in speaker.leaves(record, catalog.as_at)],
        }
        for key, record in catalog.records.items()
    }


def _naming(model: type[Strict]) -> tuple[str, ...]:
    """Returns the fields that name an item of a list."""
    if model is Relation:
        return ("type", "to")
    return ("label",) if model is Fact else (next(iter(ordered_fields(model))),)


def _names(marker: object) -> bool:
    return isinstance(marker, RefersTo)


def _computed(record: Record, as_at: PartialDate) -> Iterator[tuple[str, str, bool]]:
    if isinstance(record, Deadline):
        yield "state", record.state(as_at).label, False
        if record.due:
            yield "due date", str(record.due), False
    if isinstance(record, Figure):
        yield "amount", record.words, False
    if isinstance(record, Source):
        yield "date", str(record.published or NOT_SHOWN), False


def _cells(series: Series) -> Iterator[FlatField]:
    for row in series.rows:
        for column, number in zip(series.columns, row.values, strict=True):
            text = "none found" if number is None else format_quantity([number], series.unit)
            yield FlatField(f"rows “{row.label}”", column.title, text, worded=False)
