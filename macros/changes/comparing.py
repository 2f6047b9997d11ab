"""Two catalogs, each at its own as-at date: which records were added, removed or changed, and in which fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from macros.catalog.catalog import Catalog
from macros.changes.redlining import Redline, format_redline, redline_words
from macros.changes.wording import FlatField, Flattener
from macros.schema import KINDS
from macros.schema.base import Record
from macros.schema.instruments import Deadline
from macros.schema.labels import capitalize

Status = Literal["added", "removed", "changed"]
_NOTHING = "not stated"
STATUSES: tuple[Status, ...] = ("added", "removed", "changed")


def count_statuses(found: Iterable[Status]) -> list[tuple[Status, int]]:
    """Returns how many were added, removed and changed, what did not happen left out."""
    counts = Counter(found)
    return [(one, counts[one]) for one in STATUSES if counts[one]]


@dataclass(frozen=True)
class FieldChange:
    """What a field said before and says now, in words; empty where it said nothing.

    `worded` fields are shown as a redline of words, the others as `before -> after`.
    """

    label: str
    before: str
    after: str
    worded: bool

    @property
    def was(self) -> str:
        return self.before or _NOTHING

    @property
    def becomes(self) -> str:
        return self.after or _NOTHING

    @property
    def redline(self) -> Redline:
        return redline_words(self.before, self.after)

    def __str__(self) -> str:
        """Returns the change as one line of plain text: `State: running -> no public evidence found`."""
        if self.worded:
            return f"{self.label}: {format_redline(self.redline)}"
        return f"{self.label}: {self.was} -> {self.becomes}"


@dataclass(frozen=True)
class RecordChange:
    """One record that differs: its key and name in the newer catalog, or in the older when it was removed.

    `earlier` is its key in the older catalog, None when it was added.
    """

    key: str
    name: str
    status: Status
    earlier: str | None
    fields: tuple[FieldChange, ...] = ()

    @property
    def kind(self) -> str:
        return self.key.partition("/")[0]


def compare_catalogs(before: Catalog, after: Catalog, same: Container[str] = ()) -> list[RecordChange]:
    """Returns the records that differ: by kind, those added, removed and changed, each in the order of the kind.

    Those in `same`, known to be the same in both, are not looked at.
    """
    earlier = _match(before, after)
    found: list[tuple[tuple[int, int, object, str], RecordChange]] = []
    for key in after.records:
        if key in same:
            continue
        record = after.records[key]
        if key not in earlier:
            found.append((_order(record, "added"), RecordChange(key, record.name, "added", None)))
        elif fields := tuple(_compare(before, after, before.records[earlier[key]], record)):
            change = RecordChange(key, record.name, "changed", earlier[key], fields)
            found.append((_order(record, "changed"), change))
    for key in before.records.keys() - set(earlier.values()):
        record = before.records[key]
        found.append((_order(record, "removed"), RecordChange(key, record.name, "removed", key)))
    return [change for _, change in sorted(found, key=lambda one: one[0])]


def _match(before: Catalog, after: Catalog) -> dict[str, str]:
    """Returns the older key of each record that both catalogs hold; a renamed one is found by its alias."""
    matched = {key: key for key in after.records if key in before.records}
    for old in sorted(before.records):
        new = after.aliases.get(old)
        if new and old not in matched:
            matched.setdefault(new, old)
    return matched


def _order(record: Record, status: Status) -> tuple[int, int, object, str]:
    return list(KINDS).index(record.kind), STATUSES.index(status), record.order, record.id


def _compare(before: Catalog, after: Catalog, old: Record, new: Record) -> Iterator[FieldChange]:
    if old.id != new.id:
        yield FieldChange("Id", old.id, new.id, worded=False)
    elif old == new and not isinstance(new, Deadline):  # the state of a deadline hangs on the as-at date too
        return
    speaker = Flattener(before, after)
    changes = list(_differences(speaker.leaves(old, before.as_at), speaker.leaves(new, after.as_at)))
    if not changes and old != new:  # the same words may lead elsewhere
        speaker = replace(speaker, targets=True)
        changes = list(_differences(speaker.leaves(old, before.as_at), speaker.leaves(new, after.as_at)))
    yield from changes


def _differences(old: list[FlatField], new: list[FlatField]) -> Iterator[FieldChange]:
    """Yields the values that differ, in the newer order, then what is gone; a part new or gone whole is one change."""
    before = {leaf.full_label: leaf for leaf in old}
    after = {leaf.full_label: leaf for leaf in new}
    old_parts, new_parts = _by_part(old), _by_part(new)
    for part, inside in new_parts.items():
        if part not in old_parts:
            yield FieldChange(capitalize(part), "", _join(inside), worded=True)
            continue
        for leaf in inside:
            was = before.get(leaf.full_label)
            if was is None or was.text != leaf.text:
                yield FieldChange(capitalize(leaf.full_label), was.text if was else "", leaf.text, leaf.worded)
    for part, inside in old_parts.items():
        if part not in new_parts:
            yield FieldChange(capitalize(part), _join(inside), "", worded=True)
            continue
        for leaf in inside:
            if leaf.full_label not in after:
                yield FieldChange(capitalize(leaf.full_label), leaf.text, "", leaf.worded)


def _by_part(leaves: list[FlatField]) -> dict[str, list[FlatField]]:
    parts: dict[str, list[FlatField]] = {"": []}
    for leaf in leaves:
        parts.setdefault(leaf.part, []).append(leaf)
    return parts


def _join(leaves: list[FlatField]) -> str:
    return "; ".join(f"{leaf.label}: {leaf.text}" for leaf in leaves)
