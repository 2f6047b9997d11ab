"""Files under data/ to validated records, with every problem of form said in the author's words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field

from macros.catalog.validating import ID_FORM, validate
from macros.memo import Memo
from macros.problems import Problem, suggest
from macros.reading.document import read_document
from macros.reading.positions import Document
from macros.schema import KINDS
from macros.schema.base import Record, Strict
from macros.schema.dates import PartialDate
from macros.schema.news import MOST, NewsItem
from macros.tree import Tree

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SETTINGS = "catalog.yml"
_BESIDE = {SETTINGS, "style.yml"}


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


def load_records(tree: Tree, memo: Memo) -> Loaded:
    """Returns every record under data/, and every problem of form; files that are known are not read anew."""
    loaded = Loaded()
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
            record, document, problems = _recall_record(tree, path, model, memo)
            loaded.problems += problems
            if document:
                loaded.documents[f"{model.kind}/{path.stem}"] = document
            if record:
                loaded.records[record.key] = record
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


Read = tuple[Record | None, Document | None, list[Problem]]


def _recall_record(tree: Tree, path: Path, model: type[Record], memo: Memo) -> Read:
    return memo.recall(lambda: _read_record(tree, path, model), "record", tree.shown(path), path)


def _read_record(tree: Tree, path: Path, model: type[Record]) -> Read:
    """Returns the record in a file, with its values' places, and what is wrong with its form."""
    shown = tree.shown(path)
    if path.suffix != ".yml" or not path.is_file():
        return None, None, [Problem(shown, 1, 1, "not a record", "records are files that end in .yml")]
    if not ID.fullmatch(path.stem):
        message = f"'{path.stem}' cannot be an id"
        return None, None, [Problem(shown, 1, 1, message, f"rename the file; {ID_FORM}")]
    document, problems = read_document(shown, path.read_bytes())
    unread = bool(problems)
    value = document.value
    if isinstance(value, dict) and "id" in value:
        written = value.pop("id")
        if written != path.stem:
            message = f"id '{written}' is unlike the file's name '{path.stem}'"
            hint = "remove the key: the file's name is the id"
            problems = [*problems, document.problem(("id",), message, hint, key=True)]
    if unread:
        return None, document, problems
    record, found = validate(document, model)
    if not isinstance(record, Record):
        return None, document, [*problems, *found]
    object.__setattr__(record, "_id", path.stem)
    return record, document, [*problems, *found]
