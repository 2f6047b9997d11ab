"""Records as plain JSON values: what identifies them, every field, and what is computed from the fields."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from macros.schema import KINDS
from macros.schema.base import Record, Strict, ordered_fields
from macros.schema.dates import LaterDate
from macros.schema.figures import Figure
from macros.schema.instruments import Deadline
from macros.schema.vocabularies import DeadlineState
from macros.site.output import Output, as_json
from macros.site.release import Release
from macros.store.files import DATA, JSON, kind_path


class Identity(Strict):
    """What every exported record says before its own fields."""

    id: str = Field(description="The record's id among those of its kind; it never changes its meaning.")
    key: str = Field(description="kind/id, by which other records name it.")
    name: str = Field(description="The words that readers see for it in links and lists.")
    home: str = Field(description="The address of its page, or of its entry on a page, in this edition.")


class Computed(Strict):
    """What is computed from a record's fields, after them; nothing for most kinds."""


class ComputedDeadline(Computed):
    """A deadline's clock, run."""

    due: LaterDate | None = Field(
        description="The due date, computed from the start and the length; null when there is none."
    )
    state: DeadlineState = Field(description="What is known of it at the edition's as-at date.")


class ComputedFigure(Computed):
    """A figure as it may be said."""

    words: str = Field(description="The amount with its unit and the word before it.")


_COMPUTED: dict[str, type[Computed]] = {Deadline.kind: ComputedDeadline, Figure.kind: ComputedFigure}


def parts_of(kind: str) -> tuple[type[Strict], ...]:
    """Returns the classes whose fields an exported record of the kind has, in their order."""
    return (Identity, KINDS[kind], _COMPUTED.get(kind, Computed))


def field_names(kind: str) -> list[str]:
    """Returns the names of an exported record's fields, in their order."""
    return [name for part in parts_of(kind) for name, field in ordered_fields(part).items() if not field.exclude]


def export_records(release: Release, kind: str) -> list[dict[str, Any]]:
    """Returns the records of a kind in their own order; every field is there, None where a record has none."""
    return [export_record(release, record) for record in release.catalog.of_kind(kind)]


def export_record(release: Release, record: Record) -> dict[str, Any]:
    """Returns one record as plain values; running text keeps its links as they are written."""
    identity = Identity(id=record.id, key=record.key, name=record.name, home=release.link(release.home(record), DATA))
    values: dict[str, object] = {}
    for part in (identity, record, _compute(release, record)):
        values |= part.model_dump(mode="json")
    return {name: values[name] for name in field_names(record.kind)}


def _compute(release: Release, record: Record) -> Computed:
    if isinstance(record, Deadline):
        return ComputedDeadline(due=record.due, state=record.state(release.catalog.as_at))
    if isinstance(record, Figure):
        return ComputedFigure(words=record.words)
    return Computed()


OUTPUT = Output(
    "records",
    lambda _: [kind_path(kind, JSON) for kind in KINDS],
    lambda context: [(kind_path(kind, JSON), as_json(export_records(context.release, kind))) for kind in KINDS],
)
