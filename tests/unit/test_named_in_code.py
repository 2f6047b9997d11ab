"""No program names what it is told by data: no record, no country, no story, no heading of the text.

Docstrings are for people and may hold examples. Words of the schema itself, kinds, keys of records and the choices that
classes declare, are no names of records, even where a record is called the same.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pydantic import BaseModel

from macros.catalog.references import LINK
from macros.catalog.vocabularies import load_vocabularies
from macros.schema import KINDS, VOCABULARIES
from macros.schema.base import Strict
from macros.schema.context_vocabularies import Lane
from macros.text.document import read_document
from macros.tree import CODE, Tree
from tests.conftest import ROOT

DATA = ROOT / "data"
_TOKEN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_KEY = re.compile(r"\b([a-z]+)/([a-z0-9]+(?:-[a-z0-9]+)*)")
_LEAST = 14  # letters: a shorter title or heading may be any word

# What may stand in a program, by module, and why.
EXAMPLE = "an example in a hint: nothing is looked up by it"
WORD = "a word of another language of files: HTML, schema.org, command lines, searches"
ALLOWED = {
    "provision/financing": EXAMPLE,
    "term/offtake": EXAMPLE,
    "rapid-response": EXAMPLE,
    "alaska-lng": EXAMPLE,
    "point/alaska-lng": EXAMPLE,
    "critical-minerals": "a part of an example host name",
    "form": WORD,
    "vendor": WORD,
    "labour": "a spelling, mended in what is searched for",
    "pinpoint": WORD,
    "mapping": "a module of macros",
    "overarching": "a number of a pillar: the schema's own word",
    "American": "a spelling",
    "Japanese": "a language",
    "ipef": "a key of parties",
    "IPEF": "the word for that key",
}


def constants(path: Path) -> Iterator[tuple[int, str]]:
    """Yields line and value of each string in a module that is no docstring."""
    module = ast.parse(path.read_bytes())
    told = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def _parts(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for part in model.__subclasses__():
        yield part
        yield from _parts(part)


def own_words() -> set[str]:
    """Returns the words of the schema: kinds, keys, lists, and the choices that programs act on."""
    fields = {name for part in _parts(Strict) for name in part.model_fields}
    known = {value for model in VOCABULARIES.values() for value in model.known}
    labels = {word for model in KINDS.values() for word in (model.label, model.plural)}
    return {*KINDS, *VOCABULARIES, *fields, *known, *labels}


def countries() -> set[str]:
    """Returns the names of the parties, and of every country on whose measures or projects there is a record."""
    found = {_value(path, "title") for path in DATA.glob("party/*.yml")}
    found |= {_value(path, "by") for path in DATA.glob("measure/*.yml")}
    return {one for one in found if one} | {"Chinese", "Japanese", "American", "Russia", "Alaska", "Texas"}


@cache
def _read(path: Path) -> object:
    return read_document(path.name, path.read_bytes())[0].value


def _value(path: Path, key: str) -> str:
    value = _read(path)
    return str(value.get(key) or "") if isinstance(value, dict) else ""


def headings() -> set[str]:
    """Returns the titles of records and the headings of pages and of the text that are more than a word."""
    found = {_value(path, key) for path in DATA.glob("*/*.yml") for key in ("title", "heading", "short_title")}
    for page in (ROOT / "docs").rglob("*.md"):
        found |= set(re.findall(r"^#+ (.*?)(?: *\{.*\})?$", page.read_text(encoding="utf-8"), re.MULTILINE))
    found |= {one.label for one in load_vocabularies(Tree(ROOT))[0].lists["part"].choices}
    return {one for one in found if len(one) >= _LEAST and not LINK.search(one)}


def find_names(text: str, ids: set[str], lanes: set[str], lands: re.Pattern[str], heads: set[str]) -> Iterator[str]:
    """Yields what a string names that a program must not."""
    if text in ids | lanes:
        yield text
    yield from (one for one in _TOKEN.findall(text) if one in ids and one != text)
    yield from (one[0] for one in _KEY.finditer(text) if one[1] in KINDS and one[2] in ids)
    yield from (one[0] for one in lands.finditer(text))
    if text in heads:
        yield text


@pytest.fixture(scope="module")
def named() -> dict[str, list[str]]:
    """Returns what programs name, each with its places."""
    ids = {path.stem for path in DATA.glob("*/*.yml") if path.parent.name in KINDS}
    lanes = {one.value for one in load_vocabularies(Tree(ROOT))[0].all(Lane)}
    lands = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, countries()), key=len, reverse=True))})\b")
    heads, own = headings(), own_words()
    found: dict[str, list[str]] = {}
    for path in sorted(CODE.rglob("*.py")):
        for line, text in constants(path):
            for one in find_names(text, ids, lanes, lands, heads):
                if one not in own:
                    found.setdefault(one, []).append(f"{path.relative_to(ROOT).as_posix()}:{line}")
    return found


def test_no_program_names_what_data_says(named: dict[str, list[str]]) -> None:
    assert {one: places for one, places in named.items() if one not in ALLOWED} == {}


def test_the_scan_finds_what_it_should() -> None:
    lands = re.compile(r"\bFrance\b")
    given = ("a-record", "see a-record there", "term/word", "of France,", "A heading of the text", "energy")
    found = [list(find_names(one, {"a-record", "word"}, {"energy"}, lands, {"A heading of the text"})) for one in given]
    assert found == [["a-record"], ["a-record"], ["term/word"], ["France"], ["A heading of the text"], ["energy"]]
