"""The closed lists of a tree, from `data/vocabulary/`: each file checked against the class of its list."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pydantic import Field

from macros.catalog.validating import validate
from macros.problems import Problem, suggest
from macros.schema import VOCABULARIES
from macros.schema.base import Line, Slug, Strict, TrueOrFalse, Whole
from macros.schema.choices import Choice, Vocabularies, Vocabulary
from macros.schema.context_vocabularies import Lane
from macros.text.document import read_document
from macros.text.files import list_folder, read_file
from macros.text.memory import Memory, stamp
from macros.text.positions import Document
from macros.tree import LISTS, Tree


class ChoiceEntry(Strict):
    """One choice of a closed list. The keys after `short` are for some lists only."""

    id: Slug = Field(description="What authors write. It stays, for records and earlier editions have it.")
    label: Line = Field(description="The words that readers see.")
    meaning: Line | None = Field(default=None, description="What it stands for; said beside the label.")
    label_ja: Line | None = Field(default=None, description="The label on a page in Japanese.")
    short: Line | None = Field(default=None, description="The label where there is little room.")
    weak: TrueOrFalse = Field(default=False, description="Whether such a source never stands alone under a fact.")
    legal_act: TrueOrFalse = Field(default=False, description="Whether a document of this form is a legal act.")
    country: TrueOrFalse = Field(default=False, description="Whether it is a country, so that 'every country' fits it.")
    main: TrueOrFalse = Field(default=False, description="Whether it is the part on the text that the site explains.")
    line: Whole = Field(default=0, ge=1, description="Its place among the colors for the lines of a chart, from 1.")
    lane: Slug | None = Field(
        default=None, description="The story to which what has this choice belongs: an id of lane."
    )


class VocabularyFile(Strict):
    """A closed list: `data/vocabulary/<list>.yml`. The order of its choices is that of lists and legends."""

    about: Line = Field(description="What the list says of a record, in one sentence.")
    choices: list[ChoiceEntry] = Field(min_length=1, description="The choices, in their order.")


def load_vocabularies(tree: Tree, memory: Memory | None = None) -> tuple[Vocabularies, list[Problem]]:
    """Returns the closed lists of the tree, and what is wrong with them."""
    memory = memory or Memory()
    folder = tree.data / LISTS
    files = {path.name: path for path in list_folder(folder)} if folder.is_dir() else {}
    problems = list(_check_files(tree, files))
    lists: dict[str, Vocabulary] = {}
    read: dict[str, Document] = {}
    for name, model in VOCABULARIES.items():
        if path := files.get(f"{name}.yml"):
            document, found, wrong = memory.recall(str(path), stamp(path), partial(_read, tree, path, model))
            problems += wrong
            read[name] = document
            if found:
                lists[name] = found
    problems += _check_lanes(lists, read)
    digest = hashlib.sha256("\0".join(read[name].text for name in lists).encode()).hexdigest()
    return Vocabularies(lists, digest), problems


def list_documents(tree: Tree, memory: Memory) -> list[Document]:
    """Returns the files of the closed lists, for what is checked of every text; nothing is read twice."""
    paths = [(tree.data / LISTS / f"{name}.yml", model) for name, model in VOCABULARIES.items()]
    found = [
        memory.recall(str(one), stamp(one), partial(_read, tree, one, model)) for one, model in paths if one.is_file()
    ]
    return [document for document, _, _ in found]


def _check_files(tree: Tree, files: dict[str, Path]) -> Iterator[Problem]:
    shown = tree.shown(tree.data / LISTS)
    if not files:
        yield Problem(shown, 1, 1, "the folder of the closed lists is missing", "take it back: records choose from it")
        return
    for name in VOCABULARIES:
        if f"{name}.yml" not in files:
            hint = "take it back: records choose from it"
            yield Problem(f"{shown}/{name}.yml", 1, 1, "the closed list is missing", hint)
    for name, path in files.items():
        if path.stem not in VOCABULARIES or path.suffix != ".yml":
            hint = suggest(path.stem, VOCABULARIES, what="lists") or "a list needs a class in macros/schema/ first"
            yield Problem(f"{shown}/{name}", 1, 1, f"no closed list '{path.stem}'", hint)


def _read(tree: Tree, path: Path, model: type[Choice]) -> tuple[Document, Vocabulary | None, list[Problem]]:
    """Returns a file's document, its list when it is a valid one, and what is wrong with it."""
    data, problems = read_file(path, tree.shown(path), tree.project)
    document, found = read_document(tree.shown(path), data) if data is not None else (Document(tree.shown(path)), [])
    problems += found
    if problems:
        return document, None, problems
    written, problems = validate(document, VocabularyFile)
    if not isinstance(written, VocabularyFile):
        return document, None, problems
    if problems := list(_check_choices(document, written.choices, model)):
        return document, None, problems
    choices = tuple(_create(model, one, position) for position, one in enumerate(written.choices))
    return document, Vocabulary(written.about, choices), []


def _check_choices(document: Document, entries: list[ChoiceEntry], model: type[Choice]) -> Iterator[Problem]:
    """Each id is there once, every choice that programs act on is there, and no key is that of another list."""
    seen: dict[str, int] = {}
    for index, one in enumerate(entries):
        first = seen.setdefault(one.id, index)
        if first != index:
            line = document.place(("choices", first, "id"))[0]
            hint = f"the first is on line {line}: rename one"
            yield document.problem(("choices", index, "id"), f"duplicate id '{one.id}'", hint)
        for name in sorted(one.model_fields_set - set(_COMMON) - model.extras()):
            hint = f"keys: {', '.join((*_COMMON, *sorted(model.extras())))}"
            yield document.problem(("choices", index, name), f"'{name}' is no key of this list", hint, key=True)
    for value in model.known:
        if value not in seen:
            yield document.problem(("choices",), f"'{value}' is missing", "the programs act on it: take it back")


def _check_lanes(lists: dict[str, Vocabulary], read: dict[str, Document]) -> Iterator[Problem]:
    """Every story that a choice names is in the list of stories, and none is left out."""
    if Lane.vocabulary not in lists:
        return
    lanes = [one.value for one in lists[Lane.vocabulary].choices]
    for name, found in lists.items():
        if "lane" not in VOCABULARIES[name].extras():
            continue
        for index, choice in enumerate(found.choices):
            lane = getattr(choice, "lane", "")
            if not lane:
                yield read[name].problem(("choices", index), "key 'lane' is missing", f"allowed: {', '.join(lanes)}")
            elif lane not in lanes:
                hint = suggest(lane, lanes)
                yield read[name].problem(("choices", index, "lane"), f"'{lane}' is not a choice for 'lane'", hint)


_COMMON = ("id", "label", "meaning", "label_ja", "short")


def _create(model: type[Choice], entry: ChoiceEntry, position: int) -> Choice:
    own = {name: getattr(entry, name) or "" for name in _COMMON[1:]}
    extras = {name: value for name in model.extras() if (value := getattr(entry, name)) is not None}
    own["short"] = own["short"] or entry.label
    return model(entry.id, position=position, **own, **extras)
