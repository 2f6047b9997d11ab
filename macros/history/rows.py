"""The records of a stored edition: rows of its exported files, lifted to today's form, made records when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from macros.catalog.vocabularies import load_vocabularies
from macros.exports.records import parts_of
from macros.exports.upgrades import SCHEMA_VERSION, lift_records
from macros.exports.vocabularies import restore_vocabularies
from macros.problems import ContentError, Problem
from macros.schema import KINDS
from macros.schema.base import Record
from macros.schema.choices import Vocabularies
from macros.schema.instruments import Deadline
from macros.store.edition import FILES, RECORD, Edition
from macros.store.files import JSON, VOCABULARY, kind_path
from macros.tree import Tree


class StoredRecords(Mapping[str, Record]):
    """The records of an edition by `kind/id`. Raises ContentError when one fits today's classes no more."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._made: dict[str, Record] = {}
        self._rows: dict[str, Mapping[str, Any]] = {}
        for kind, rows in _read_lifted(edition).items():
            self._rows |= {f"{kind}/{row['id']}": row for row in rows}

    def __getitem__(self, key: str) -> Record:
        if key not in self._made:
            self._made[key] = _revive(self.edition, key.partition("/")[0], self._rows[key], self.lists)
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    @cached_property
    def aliases(self) -> dict[str, str]:
        """The key of the record that had an older one."""
        return {
            f"{key.partition('/')[0]}/{old}": key for key, row in self._rows.items() for old in row.get("aliases") or ()
        }

    @cached_property
    def lists(self) -> Vocabularies:
        """Today's closed lists with what the edition alone has; the first editions store none."""
        today, _ = load_vocabularies(Tree(self.edition.top))
        stored = self._stored_lists
        return today if stored is None else today.extended(restore_vocabularies(stored))

    @cached_property
    def _stored_lists(self) -> Any:
        there = (self.edition.folder / FILES / VOCABULARY).is_file()
        return self.edition.read_json(f"{FILES}/{VOCABULARY}") if there else None

    def same_as(self, earlier: StoredRecords) -> frozenset[str]:
        """Returns the keys of records that say what they said in an earlier edition, known without making any.

        A deadline is none of them: what it says hangs on the as-at date too.
        """
        if self._stored_lists != earlier._stored_lists:
            return frozenset()
        rows = earlier._rows.get
        return frozenset(
            key for key, row in self._rows.items() if row == rows(key) and not key.startswith(f"{Deadline.kind}/")
        )


def _read_lifted(edition: Edition) -> dict[str, list[dict[str, Any]]]:
    kinds: list[str] = edition.read_json(f"{FILES}/data/index.json")["kinds"]
    plain = {kind: edition.read_json(f"{FILES}/{kind_path(kind, JSON)}") for kind in kinds}
    try:
        return lift_records(plain, edition.record.schema_version)
    except LookupError as error:
        hint = "write the step in macros/exports/upgrades.py"
        message = f"the edition can be compared no more: {error.args[0]}"
        raise ContentError([Problem(edition.shown(RECORD), 1, 1, message, hint)]) from None


def _revive(edition: Edition, kind: str, row: Mapping[str, Any], lists: Vocabularies) -> Record:
    """Returns a record of an exported row; what was computed of it is computed anew."""
    model = KINDS.get(kind)
    try:
        if model is None:
            raise LookupError(f"there is no kind '{kind}' any more")
        beside, _, computed = parts_of(kind)
        skipped = {*beside.model_fields, *computed.model_fields} - set(model.model_fields)
        fields = {name: value for name, value in row.items() if name not in skipped and value is not None}
        record = model.model_validate(fields, context=lists)
    except (ValidationError, LookupError) as error:
        first = error.errors()[0] if isinstance(error, ValidationError) else {"loc": (), "msg": str(error)}
        place = ".".join(map(str, first["loc"]))
        message = f"{kind}/{row['id']} can be compared no more: {place + ': ' if place else ''}{first['msg']}"
        hint = (
            f"its form is {edition.record.schema_version}, today's is {SCHEMA_VERSION}: raise SCHEMA_VERSION in "
            "macros/exports/upgrades.py and write the step that lifts old records"
        )
        raise ContentError([Problem(edition.shown(f"{FILES}/{kind_path(kind, JSON)}"), 1, 1, message, hint)]) from None
    object.__setattr__(record, "_id", row["id"])
    return record
