"""Files under data/ to validated records, with every problem of form said in the author's words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from macros.problems import Problem, suggest
from macros.reading.document import read_document
from macros.reading.positions import Document
from macros.schema import KINDS
from macros.schema.base import Record, Strict
from macros.schema.choices import Choice
from macros.schema.dates import NOT_A_DATE, PartialDate
from macros.schema.papers import LENGTH_FORM
from macros.tree import Tree

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ID_FORM = "small letters, digits and single hyphens: rapid-response"
SETTINGS = "catalog.yml"


class Settings(Strict):
    """`data/catalog.yml`: what holds for all records."""

    as_at: PartialDate


@dataclass
class Loaded:
    """What was read: records and their documents by `kind/id`, the settings, and the problems met."""

    records: dict[str, Record] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    settings: Settings | None = None
    problems: list[Problem] = field(default_factory=list)


def load_records(tree: Tree) -> Loaded:
    """Returns every record under data/, and every problem of form."""
    loaded = Loaded()
    _load_settings(tree, loaded)
    for folder in sorted(path for path in tree.data.iterdir() if path.is_dir()):
        model = KINDS.get(folder.name)
        if model is None:
            hint = suggest(folder.name, KINDS, what="kinds")
            loaded.problems.append(Problem(tree.shown(folder), 1, 1, f"no kind of record '{folder.name}'", hint))
            continue
        for path in sorted(folder.iterdir()):
            _load_record(tree, path, model, loaded)
    for path in sorted(path for path in tree.data.iterdir() if path.is_file() and path.name != SETTINGS):
        hint = f"a record is data/<kind>/<id>.yml; kinds: {', '.join(KINDS)}"
        loaded.problems.append(Problem(tree.shown(path), 1, 1, "a file outside the folder of a kind", hint))
    return loaded


def _load_settings(tree: Tree, loaded: Loaded) -> None:
    path = tree.data / SETTINGS
    if not path.is_file():
        loaded.problems.append(Problem(tree.shown(path), 1, 1, "the file is missing", "write in it: as_at: 2026-09-30"))
        return
    document, problems = read_document(tree.shown(path), path.read_bytes())
    loaded.problems += problems
    if not problems:
        settings, found = validate(document, Settings)
        loaded.settings = settings if isinstance(settings, Settings) else None
        loaded.problems += found


def _load_record(tree: Tree, path: Path, model: type[Record], loaded: Loaded) -> None:
    shown = tree.shown(path)
    if path.suffix != ".yml" or not path.is_file():
        loaded.problems.append(Problem(shown, 1, 1, "not a record", "records are files that end in .yml"))
        return
    if not ID.fullmatch(path.stem):
        message = f"'{path.stem}' cannot be an id"
        loaded.problems.append(Problem(shown, 1, 1, message, f"rename the file; {_ID_FORM}"))
        return
    document, problems = read_document(shown, path.read_bytes())
    loaded.problems += problems
    loaded.documents[f"{model.kind}/{path.stem}"] = document
    value = document.value
    if isinstance(value, dict) and "id" in value:
        written = value.pop("id")
        if written != path.stem:
            message = f"id '{written}' is unlike the file's name '{path.stem}'"
            hint = "remove the key: the file's name is the id"
            loaded.problems.append(document.problem(("id",), message, hint, key=True))
    if problems:
        return
    record, found = validate(document, model)
    loaded.problems += found
    if isinstance(record, Record):
        object.__setattr__(record, "_id", path.stem)
        loaded.records[record.key] = record


def validate(document: Document, model: type[BaseModel]) -> tuple[BaseModel | None, list[Problem]]:
    """Returns the document's value as a model, or None and what is wrong with it."""
    if not isinstance(document.value, dict):
        message = "the file is empty" if document.value is None else "keys are expected here"
        return None, [document.problem((), message, f"keys: {_keys(model)}")]
    try:
        return model.model_validate(document.value), []
    except ValidationError as error:
        return None, [_explain(document, model, detail) for detail in error.errors(include_url=False)]


def _explain(document: Document, model: type[BaseModel], detail: Any) -> Problem:
    path, kind, context = tuple(detail["loc"]), detail["type"], detail.get("ctx", {})
    name = str(path[-1]) if path else ""
    owner = _model_at(model, path[:-1])
    if kind == "missing":
        about = owner.model_fields[name].description or f"every {owner.__name__.lower()} has it"
        return document.problem(path[:-1], f"key '{name}' is missing", about)
    if kind == "extra_forbidden":
        return document.problem(path, f"unknown key '{name}'", suggest(name, owner.model_fields, what="keys"), key=True)
    field_name = next((str(part) for part in reversed(path) if isinstance(part, str)), "value")
    if detail["input"] is None:
        return document.problem(path, f"'{field_name}' is empty", "write a value, or remove the key", key=True)
    if kind == "enum":
        choices = _choices_at(model, path)
        hint = suggest(str(detail["input"]), (str(choice.value) for choice in choices))
        return document.problem(path, f"'{detail['input']}' is not a choice for '{field_name}'", hint)
    if kind == NOT_A_DATE:
        return document.problem(path, f"'{field_name}': {detail['msg']}", "write 2025-10-28, 2025-10 or 2025")
    if kind == LENGTH_FORM:
        return document.problem(path, detail["msg"], "write 180 days, 6 months or 1 year")
    if kind in ("bool_parsing", "bool_type"):
        return document.problem(path, f"'{field_name}' should be true or false", "write true, or false")
    if kind == "string_type":
        return document.problem(path, f"'{field_name}' should be text", 'put it in quotes: "..."')
    if kind == "string_pattern_mismatch":
        one_line = "\\n" in str(context.get("pattern"))
        hint = "write it on one line" if one_line else _ID_FORM
        return document.problem(path, f"'{field_name}' has the wrong form", hint)
    if kind == "list_type":
        return document.problem(
            path, f"'{field_name}' should be a list", "put each item on its own line after a hyphen"
        )
    if kind == "model_type":
        inner = _model_at(model, path)
        hint = f"keys: {_keys(inner)}"
        return document.problem(path, f"'{field_name}' should be a group of keys", hint)
    if kind == "too_short" and field_name == "sources":
        return document.problem(path, "an assertion without a source", "give at least one: - {id: ..., pinpoint: ...}")
    return document.problem(path, f"'{field_name}': {detail['msg']}")


def _keys(model: type[BaseModel]) -> str:
    """Returns the names of the keys, those that must stand first."""
    fields = sorted(model.model_fields.items(), key=lambda item: not item[1].is_required())
    return ", ".join(name for name, _ in fields)


def _annotation_at(model: type[BaseModel], path: tuple[str | int, ...]) -> list[Any]:
    """Returns every type that may stand at the path."""
    types: list[Any] = [model]
    for part in path:
        inner: list[Any] = []
        for candidate in types:
            if isinstance(candidate, type) and issubclass(candidate, BaseModel) and part in candidate.model_fields:
                inner += _flatten(candidate.model_fields[str(part)].annotation)
            elif isinstance(part, int):
                inner.append(candidate)
        types = inner
    return types


def _flatten(annotation: Any) -> list[Any]:
    arguments = get_args(annotation)
    return [annotation] if not arguments else [part for argument in arguments for part in _flatten(argument)]


def _model_at(model: type[BaseModel], path: tuple[str | int, ...]) -> type[BaseModel]:
    found = (part for part in _annotation_at(model, path) if isinstance(part, type) and issubclass(part, BaseModel))
    return next(found, model)


def _choices_at(model: type[BaseModel], path: tuple[str | int, ...]) -> list[Choice]:
    enums = [part for part in _annotation_at(model, path) if isinstance(part, type) and issubclass(part, Enum)]
    return [choice for enum in enums for choice in enum if isinstance(choice, Choice)]
