"""Files under data/ to validated records, with every problem of form said in the author's words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pydantic import Field

from macros.catalog.maps import FILE as MAPS
from macros.catalog.maps import MapEntry, load_maps
from macros.catalog.validating import ID_FORM, validate
from macros.catalog.vocabularies import load_vocabularies
from macros.problems import Problem, suggest
from macros.schema import KINDS
from macros.schema.base import Record, Strict
from macros.schema.choices import Vocabularies
from macros.schema.dates import PartialDate
from macros.schema.news import MOST, NewsItem
from macros.text.characters import check_characters, fold_twins
from macros.text.document import read_document
from macros.text.files import list_folder, read_file
from macros.text.memory import Memory, stamp
from macros.text.positions import Document
from macros.text.text import name_character
from macros.tree import LISTS, Tree

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SETTINGS = "catalog.yml"
_BESIDE = {SETTINGS, LISTS, MAPS, "style.yml", "links.yml"}


class Settings(Strict):
    """`data/catalog.yml`: what holds for all records."""

    as_at: PartialDate
    news: list[NewsItem] = Field(default_factory=list, max_length=MOST, description="What is new, newest first.")


@dataclass
class Loaded:
    """What was read: records and their documents by `kind/id`, settings, closed lists, maps, and the problems met.

    `deceiving` are the characters that deceive; they are apart, for they do not matter where a tree is only read.
    """

    vocabularies: Vocabularies
    maps: tuple[MapEntry, ...] = ()
    records: dict[str, Record] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    settings: Settings | None = None
    settings_document: Document | None = None
    problems: list[Problem] = field(default_factory=list)
    deceiving: list[Problem] = field(default_factory=list)


def load_records(tree: Tree, memory: Memory | None = None) -> Loaded:
    """Returns every record under data/, and every problem of form; what `memory` knows of a file is not read again."""
    memory = memory or Memory()
    vocabularies, problems = load_vocabularies(tree, memory)
    path = tree.data / MAPS
    maps, unclear = memory.recall(str(path), stamp(path), partial(load_maps, tree))
    loaded = Loaded(vocabularies, maps)
    settings = tree.data / SETTINGS
    known = memory.recall(str(settings), stamp(settings), partial(_read_settings, tree))
    loaded.settings, loaded.settings_document, found = known
    loaded.problems = [*found, *problems, *unclear]
    for path in list_folder(tree.data):
        if path.name in _BESIDE:
            continue
        if not path.is_dir():
            hint = f"a record is data/<kind>/<id>.yml; kinds: {', '.join(KINDS)}"
            loaded.problems.append(Problem(tree.shown(path), 1, 1, "a file outside the folder of a kind", hint))
            continue
        model = KINDS.get(path.name)
        if model is None:
            hint = suggest(path.name, KINDS, what="kinds")
            loaded.problems.append(Problem(tree.shown(path), 1, 1, f"no kind of record '{path.name}'", hint))
        elif path.is_symlink():
            hint = "put the folder itself here"
            loaded.problems.append(Problem(tree.shown(path), 1, 1, "a link instead of a folder", hint))
            files = list_folder(path)
            loaded.documents |= {f"{model.kind}/{_intended_id(one)}": Document(tree.shown(one)) for one in files}
        else:
            for file in list_folder(path):
                _load_record(tree, file, model, loaded, memory)
    return loaded


def load_settings(tree: Tree) -> tuple[Settings | None, list[Problem]]:
    """Returns what holds for all records of the tree, and what is wrong with it."""
    settings, _, problems = _read_settings(tree)
    return settings, problems


def _read_settings(tree: Tree) -> tuple[Settings | None, Document | None, list[Problem]]:
    path = tree.data / SETTINGS
    if not path.exists() and not path.is_symlink():
        hint = "write in it: as_at: 2026-09-30"
        return None, None, [Problem(tree.shown(path), 1, 1, "the file is missing", hint)]
    data, problems = read_file(path, tree.shown(path), tree.project)
    if data is None:
        return None, None, problems
    document, problems = read_document(tree.shown(path), data)
    if problems:
        return None, document, problems
    settings, problems = validate(document, Settings)
    return settings if isinstance(settings, Settings) else None, document, problems


def _load_record(tree: Tree, path: Path, model: type[Record], loaded: Loaded, memory: Memory) -> None:
    fault = _find_misnomer(path)
    if fault:
        read = Read(Document(tree.shown(path)), None, [Problem(tree.shown(path), 1, 1, *fault)])
    else:
        made_of = (stamp(path), loaded.vocabularies.stamp)
        read = memory.recall(str(path), made_of, partial(_read_record, tree, path, model, loaded.vocabularies))
    document, record = read.document, read.record
    loaded.problems += read.problems
    loaded.deceiving += read.deceiving
    # What names a record in a file with a wrong name, or in one that cannot be read, is not at fault.
    loaded.documents.setdefault(f"{model.kind}/{_intended_id(path) if fault else path.stem}", document)
    if record:
        loaded.documents[record.key] = document
        loaded.records[record.key] = record


class Read(NamedTuple):
    """A file's document, its record when it is a valid one, what is wrong with it, and characters that deceive."""

    document: Document
    record: Record | None
    problems: list[Problem]
    deceiving: tuple[Problem, ...] = ()


def _read_record(tree: Tree, path: Path, model: type[Record], vocabularies: Vocabularies) -> Read:
    shown, record_id = tree.shown(path), path.stem
    data, problems = read_file(path, shown, tree.project)
    document, found = read_document(shown, data) if data is not None else (Document(shown), [])
    problems += found
    value = document.value
    unlike: list[Problem] = []
    if isinstance(value, dict) and "id" in value:
        written = value.pop("id")
        if written != record_id:
            message = f"id '{written}' is unlike the file's name '{record_id}'"
            hint = "remove the key: the file's name is the id"
            unlike.append(document.problem(("id",), message, hint, key=True))
    if problems:
        return Read(document, None, problems + unlike, tuple(check_characters(document)))
    record, found = validate(document, model, vocabularies)
    if not isinstance(record, Record):
        return Read(document, None, unlike + found, tuple(check_characters(document)))
    object.__setattr__(record, "_id", record_id)
    return Read(document, record, unlike, tuple(check_characters(document)))


def _find_misnomer(path: Path) -> tuple[str, str] | None:
    """Returns what is wrong with the name of a record's file, and the cure; None when nothing is."""
    if not path.name.endswith(".yml"):
        if re.search(r"\.ya?ml(?:\.txt)?$", path.name, re.IGNORECASE):
            return "not a record", f"rename the file to {_intended_id(path)}.yml"
        return "not a record", "records are files that end in .yml"
    if not ID.fullmatch(path.stem):
        strange = next((sign for sign in path.stem if not sign.isascii()), "")
        message = f"'{path.stem}' cannot be an id" + (f": it has {name_character(strange)}" if strange else "")
        return message, f"rename the file; {ID_FORM}"
    return None


def _intended_id(path: Path) -> str:
    """Returns the id that a file's name was meant to be."""
    return re.sub(r"[^a-z0-9]+", "-", fold_twins(path.name.partition(".")[0]).lower()).strip("-")
