"""The references that a record makes: by a field that names another record, or by a link in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel

from macros.schema import KINDS
from macros.schema.base import Record, RefersTo, Running
from macros.schema.dates import LaterDate, PartialDate
from macros.text.positions import Path

Mark = RefersTo | Running

LINK = re.compile(r"\[\[([^\[\]|]*)(?:\|([^\[\]]*))?\]\]")


class Reference(NamedTuple):
    """One mention of a record by another: who, by which field, whom (`kind/id`, as it was written)."""

    origin: str
    path: Path
    target: str
    in_text: bool = False

    @property
    def field(self) -> str:
        """Returns the name of the record's top field in which the reference stands."""
        return str(self.path[0])


def iter_references(record: Record) -> Iterator[Reference]:
    """Yields every reference that the record makes, in the order of its fields."""
    for path, marker, value in iter_values(record):
        if isinstance(marker, RefersTo):
            target = value if marker.kind == "*" else f"{marker.kind}/{value}"
            yield Reference(record.key, path, target)
        elif isinstance(marker, Running):
            for match in LINK.finditer(value):
                yield Reference(record.key, path, match[1].strip(), in_text=True)


def iter_dates(record: Record, *, later: bool = False) -> Iterator[tuple[Path, PartialDate]]:
    """Yields every date that may not lie after the as-at date; with `later`, also those that may.

    The day of a review is no date of the record's subject.
    """
    for path, _, value in iter_values(record):
        if isinstance(value, PartialDate) and path[0] != "review" and (later or not isinstance(value, LaterDate)):
            yield path, value
    published = getattr(record, "published", None)
    if isinstance(published, PartialDate):
        yield ("date",), published


def iter_parts(part: object, path: Path = ()) -> Iterator[tuple[Path, BaseModel]]:
    """Yields the record and every model inside it, with the path of each."""
    if isinstance(part, BaseModel):
        yield path, part
        for name in type(part).model_fields:
            yield from iter_parts(getattr(part, name), (*path, name))
    elif isinstance(part, list):
        for index, item in enumerate(part):
            yield from iter_parts(item, (*path, index))


def iter_values(part: BaseModel, path: Path = ()) -> Iterator[tuple[Path, Mark | None, Any]]:
    """Yields every plain value of a record, with its path and its field's RefersTo or Running, or None."""
    for name, marker in marked_fields(type(part)):
        value = getattr(part, name)
        items = enumerate(value) if isinstance(value, list) else [(None, value)]
        for index, item in items:
            place = (*path, name) if index is None else (*path, name, index)
            if isinstance(item, BaseModel):
                yield from iter_values(item, place)
            elif item is not None:
                yield place, marker, item


def kind_named_by(model: type[BaseModel], field: str) -> str | None:
    """Returns the kind of record that a field names (`*`: any, by its key), or None when it names none."""
    marker = dict(marked_fields(model)).get(field)
    return marker.kind if isinstance(marker, RefersTo) else None


@cache
def marked_fields(model: type[BaseModel]) -> list[tuple[str, Mark | None]]:
    """Returns the names of a class's fields, each with its RefersTo or Running, or None when it has neither."""
    return [
        (name, next(_markers((*field.metadata, field.annotation)), None)) for name, field in model.model_fields.items()
    ]


def _markers(parts: tuple[object, ...]) -> Iterator[Mark]:
    for part in parts:
        if isinstance(part, (RefersTo, Running)):
            yield part
        else:
            yield from _markers((*get_args(part), *getattr(part, "__metadata__", ())))


def split_key(key: str) -> tuple[str, str]:
    """Returns kind and id of `kind/id`; the kind is empty when there is none or it is unknown."""
    kind, _, record_id = key.partition("/")
    return (kind, record_id) if record_id and kind in KINDS else ("", key)
