"""Files under data/ to validated records, with every problem of form said in the author's words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field

from macros.catalog.validating import ID_FORM, validate
from macros.problems import Problem, suggest
from macros.reading.document import read_document
from macros.reading.memory import Memory
from macros.reading.positions import Document
from macros.schema import KINDS
from macros.schema.base import Record, Strict
from macros.schema.dates import PartialDate
from macros.schema.news import MOST, NewsItem
from macros.tree import Tree

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SETTINGS = "catalog.yml"
_BESIDE = {SETTINGS, "style.yml", "links.yml"}


class Settings(Strict):
    """`data/catalog.yml`: what holds for all records."""

    as_at: PartialDate
    news: list[NewsItem] = Field(default_factory=list, max_length=MOST, description="What is new, newest first.")


@dataclass
class Loaded:
    """What was read: records and their documents by `kind/id`, the settings, and the problems met."""

    records: dict[str, Record] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    settings: Settings | None = None
    settings_document: Document | None = None
    problems: list[Problem] = field(default_factory=list)


def load_records(tree: Tree, memory: Memory | None = None) -> Loaded:
    """Returns every record under data/, and every problem of form; what `memory` knows of a file is not read again."""
    loaded = Loaded()
    memory = memory or Memory()
    loaded.settings, loaded.problems = load_settings(tree)
    if loaded.settings:
        loaded.settings_document, _ = read_document(
            tree.shown(tree.data / SETTINGS), (tree.data / SETTINGS).read_bytes()
        )
    for folder in sorted(path for path in tree.data.iterdir() if path.is_dir()):
        model = KINDS.get(folder.name)
        if model is None:
            hint = suggest(folder.name, KINDS, what="kinds")
            loaded.problems.append(Problem(tree.shown(folder), 1, 1, f"no kind of record '{folder.name}'", hint))
            continue
        for path in sorted(folder.iterdir()):
            _load_record(tree, path, model, loaded, memory)
    for path in sorted(path for path in tree.data.iterdir() if path.is_file() and path.name not in _BESIDE):
        hint = f"a record is data/<kind>/<id>.yml; kinds: {', '.join(KINDS)}"
        loaded.problems.append(Problem(tree.shown(path), 1, 1, "a file outside the folder of a kind", hint))
    return loaded


def load_settings(tree: Tree) -> tuple[Settings | None, list[Problem]]:
    """Returns what holds for all records of the tree, and what is wrong with it."""
    path = tree.data / SETTINGS
    if not path.is_file():
        return None, [Problem(tree.shown(path), 1, 1, "the file is missing", "write in it: as_at: 2026-09-30")]
    document, problems = read_document(tree.shown(path), path.read_bytes())
    if problems:
        return None, problems
    settings, problems = validate(document, Settings)
    return settings if isinstance(settings, Settings) else None, problems


def _load_record(tree: Tree, path: Path, model: type[Record], loaded: Loaded, memory: Memory) -> None:
    if path.suffix != ".yml" or not path.is_file():
        loaded.problems.append(Problem(tree.shown(path), 1, 1, "not a record", "records are files that end in .yml"))
        return
    if not ID.fullmatch(path.stem):
        message = f"'{path.stem}' cannot be an id"
        loaded.problems.append(Problem(tree.shown(path), 1, 1, message, f"rename the file; {ID_FORM}"))
        return
    document, record, problems = memory.recall_file(
        path, lambda data: _read_record(tree.shown(path), path.stem, data, model)
    )
    loaded.problems += problems
    loaded.documents[f"{model.kind}/{path.stem}"] = document
    if record:
        loaded.records[record.key] = record


def _read_record(
    shown: str, record_id: str, data: bytes, model: type[Record]
) -> tuple[Document, Record | None, list[Problem]]:
    """Returns a file's document, its record when it is a valid one, and what is wrong with it."""
    document, problems = read_document(shown, data)
    value = document.value
    unlike: list[Problem] = []
    if isinstance(value, dict) and "id" in value:
        written = value.pop("id")
        if written != record_id:
            message = f"id '{written}' is unlike the file's name '{record_id}'"
            hint = "remove the key: the file's name is the id"
            unlike.append(document.problem(("id",), message, hint, key=True))
    if problems:
        return document, None, problems + unlike
    record, found = validate(document, model)
    if not isinstance(record, Record):
        return document, None, unlike + found
    object.__setattr__(record, "_id", record_id)
    return document, record, unlike
