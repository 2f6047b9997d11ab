"""Saving a form puts what changed into the author's text, and touches nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.admin.forms import create_config
from macros.admin.merging import is_same, merge, scalar, write
from macros.admin.serving import answer, merge_file
from macros.editor.schemas import author_schemas
from macros.problems import ContentError
from macros.schema import KINDS
from macros.text.document import read_document
from macros.tree import Tree
from tests.conftest import LISTS, SPECIMENS

RECORD = """# About it
title: "A word"  # here
topic: law
position: 3
date: 2025
definition: >-
  The first line of it stays,
  the second line changes,
  and the third line stays.
used_in: [term/one, term/two]
sources:
- {id: text, pinpoint: 'Section I'}
- {id: report, pinpoint: "p. 2"}  # a note
"""

CASES = [
    ("topic: law", "topic: trade"),
    ('title: "A word"  # here', 'title: "A \\"new\\" word"  # here'),
    ("position: 3", "position: 12"),
    ("date: 2025", "date: 2025-10-28"),
    ("the second line changes,", "the second line is another,"),
    ("[term/one, term/two]", "[term/one, term/three]"),
    ("'Section I'", "'Section I, the parties'' aims'"),
    ("- {id: text, pinpoint: 'Section I'}\n", ""),
    ("# a note\n", '# a note\n- {id: letter, pinpoint: "p. 4: end"}\n'),
    ("topic: law\n", ""),
    ('"p. 2"}  # a note\n', '"p. 2"}  # a note\naliases: [older]\n'),
]


def as_form(text: str) -> str:
    """Returns a record as a form hands it in: in another order and form, with what is empty."""
    value = read_document("x", text.encode())[0].value
    return yaml.safe_dump({"note": "", "also": [], "clock": {"starts": None}, **value}, sort_keys=True, width=30)


@pytest.mark.parametrize(("old", "new"), CASES)
def test_what_changed_is_all_that_changes(old: str, new: str) -> None:
    assert old in RECORD
    wanted = RECORD.replace(old, new)
    assert merge(RECORD, as_form(wanted), "x") == wanted


LIST = "title: A\nsources:\n- {id: a}  # 1\n- {id: b}  # 2\n- {id: c}  # 3\n- {id: d}  # 4\n- {id: d}  # 5\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [("- {id: a}  # 1\n", ""), ("- {id: d}  # 5\n", ""), ("{id: a}", "{id: e}"), ("{id: c}", "{id: e}")],
)
def test_what_stays_in_a_list_keeps_its_remarks(old: str, new: str) -> None:
    wanted = LIST.replace(old, new)
    assert merge(LIST, as_form(wanted), "x") == wanted


@pytest.mark.parametrize("path", sorted(SPECIMENS.glob("small/data/*/*.yml")), ids=lambda path: path.stem)
def test_a_record_saved_as_it_is_stays_as_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert merge(text, as_form(text), "x") == text


@pytest.mark.parametrize("old", ["a: >-\n  one and\n  two\n# c\nb: 1\n", "x:\n  a: |\n    one\n\n    two\n  b: 1\n"])
def test_paragraphs_stay_apart(old: str) -> None:
    said = yaml.safe_load(old)
    said.get("x", said)["a"] = 'One, "so".\n\nTwo.'
    merged = merge(old, yaml.safe_dump(said), "a.yml")
    assert yaml.safe_load(merged) == said
    assert ("# c" in merged, "\n\n" in merged) == ("# c" in old, False)


def test_what_is_no_yaml_is_refused() -> None:
    with pytest.raises(ContentError):
        merge(RECORD, "title: a: b", "x")


def test_a_new_record_has_nothing_empty() -> None:
    value = {"title": "A: word", "also": [], "note": "", "sources": [{"id": "text", "pinpoint": ""}]}
    assert write(value) == 'title: "A: word"\nsources:\n  - {id: text}\n'


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("title: 'A'\nmore: b\n", 'title: "A\\nB"\nmore: b', 'title: "A\\nB"\nmore: b\n'),  # no quote holds a break
        ("title: A", "title: A\nmore: b", "title: A\nmore: b\n"),  # its last line had no end
        ("\nmore: b\ntitle: A\n", "title: A", "\ntitle: A\n"),  # the empty line above is the author's
        ("title: A\nmore: b", "title: A", "title: A\n"),
        ("title: A\nnote: ''\nmore: b\n", "title: A\nmore: c", "title: A\nnote: ''\nmore: c\n"),
        ("also: [a]\n", "also: [a, b]", "also: [a, b]\n"),
        ("also: [a, b]\n", "also: [a]", "also: [a]\n"),
        ("also: a\nmore: b\n", "also: [a]\nmore: b", "also: [a]\nmore: b\n"),  # a list in the place of a word
        ("also: [a]\nmore: b\n", "also: a\nmore: b", "also: a\nmore: b\n"),  # and the other way
        ("also:\n- {id: a, at: x}\n- {id: b}\n", "also: [{id: a}, {id: b}]", "also:\n- {id: a}\n- {id: b}\n"),
        ("also:\n- {id: a}\n- {id: b}\n", "also: [{id: a}, {id: b, at: x}]", "also:\n- {id: a}\n- {id: b, at: x}\n"),
        ("also:\n- id: a\n  at: x\n- id: b\n", "also: [{id: c, at: x}, {id: b}]", "also:\n- id: c\n  at: x\n- id: b\n"),
        ("also:\n- id: a\n  at: x\n- id: b\n", "also: [{id: a}, {id: b}]", "also:\n- id: a\n- id: b\n"),
        ("also:\n  at: x\n  by: y\n", "also: {at: x, by: y, to: z}", "also:\n  at: x\n  by: y\n  to: z\n"),
        ("words: >-\n  a\n\n# next\nmore: b\n", "words: c\nmore: b", "words: >-\n  c\n\n# next\nmore: b\n"),
        ("words: >-\n\n    a\nmore: b\n", "words: c\nmore: b", "words: >-\n    c\nmore: b\n"),
        ("words: >-\nmore: b\n", "words: c\nmore: b", "words: >-\n  c\nmore: b\n"),
        ("words: |\n  a b\n", "words: a c", "words: |\n  a c\n"),
        ("- a\n", "title: A", "title: A\n"),  # what was no record becomes one
    ],
)
def test_a_change_is_written_as_the_text_around_it(old: str, new: str, wanted: str) -> None:
    merged = merge(old, new, "x")
    assert merged == wanted


FOLDED = "words: >-\n  one one\n  two two\n  three three\n"


@pytest.mark.parametrize(
    ("new", "wanted"),
    [
        ("one one two two three three three", "words: >-\n  one one\n  two two\n  three three\n  three\n"),
        ("new one one two two three three", "words: >-\n  new\n  one one\n  two two\n  three three\n"),
        ("one one three three", "words: >-\n  one one\n  three three\n"),
        ("two two three three", "words: >-\n  two two\n  three three\n"),
        ("three", "words: >-\n  three\n"),
        (
            "one one two" + " long" * 20 + " ab",
            "words: >-\n  one one\n  two" + " long" * 20 + " ab\n",
        ),  # 108 characters
        ("one one two" + " long" * 20 + " abc", "words: >-\n  one one\n  two" + " long" * 20 + "\n  abc\n"),
    ],
)
def test_lines_of_a_folded_text_stay_where_their_words_stay(new: str, wanted: str) -> None:
    assert merge(FOLDED, f"words: {new}", "x") == wanted


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (1, 1.0, True),
        (1, 2, False),
        (1, "1", True),
        (1, True, False),
        (True, "true", True),
        (None, "", False),
        ("a  b\n", "a b", True),
        (["a"], "a", False),
        (["a"], ["a", "b"], False),
        (["a", "b"], ["a", "c"], False),
        ({"a": 1}, "a", False),
        ({"a": 1}, {"a": 1, "b": [], "c": {"d": None}}, True),
        ({"a": 1}, {"b": 1}, False),
        ({"a": 1, "b": 1}, {"a": 1, "b": 2}, False),
        ([{"a": ""}], [{}], True),
    ],
)
def test_values_are_the_same_when_they_say_the_same(one: object, other: object, same: bool) -> None:
    assert is_same(one, other) is same
    assert is_same(other, one) is same


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("A word", "A word"),
        ("2025-10", "2025-10"),
        ("2025-1", '"2025-1"'),
        ("12", '"12"'),
        ("Yes", '"Yes"'),
        ("ends ", '"ends "'),
        ("a: b", '"a: b"'),
        ("é: ü", '"é: ü"'),
        (None, "~"),
        (True, "true"),
        (3, "3"),
    ],
)
def test_a_value_has_quotes_where_it_could_be_taken_for_something_else(value: object, words: str) -> None:
    assert scalar(value) == words


def test_a_long_text_is_folded_and_groups_are_indented() -> None:
    line = "word " * 17 + "words"  # 90 characters
    assert write({"note": line}) == f"note: {line}\n"
    assert write({"note": f"{line}s"}) == f"note: >-\n  {line}s\n"
    assert write({"note": f"{line} {line}"}) == f"note: >-\n  {line} word\n  {line[5:]}\n"
    assert write({"clock": {"starts": "now", "note": line + "s"}}) == (
        f"clock:\n  starts: now\n  note: >-\n    {line}s\n"
    )
    assert write({"also": ["a", "b"], "sources": [{"id": "a"}, {"id": "b", "at": ["x", "y"]}]}) == (
        "also: [a, b]\nsources:\n  - {id: a}\n  - {id: b, at: [x, y]}\n"
    )


def test_the_text_of_a_page_is_not_reformatted(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("---\ntitle: One  # mine\ndescription: It says.\n---\n\n# One\n\n*  A list\n", encoding="utf-8")
    form = "---\ndescription: It says.\ntitle: Two\nalso: []\n---\n# One\n\n*  A list"
    assert merge_file(page, form, "page.md") == page.read_text(encoding="utf-8").replace("One  # mine", "Two  # mine")


@pytest.mark.parametrize(
    "path", ["macros/x.py", "data/term/../../x.yml", "data/none/x.yml", "docs/../../x.md", "/x.md"]
)
def test_nothing_but_records_and_pages_can_be_written(tmp_path: Path, path: str) -> None:
    (tmp_path / "data").mkdir()
    body = f'{{"action": "persistEntry", "params": {{"dataFiles": [{{"path": "{path}", "raw": "a: b"}}]}}}}'
    said = answer(Tree(tmp_path), "POST", "/admin/api", {"Host": "h", "Origin": "http://h"}, body.encode())
    assert said.status == 422
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


def test_every_kind_has_a_form_with_every_key() -> None:
    collections = {one["name"]: one for one in create_config(LISTS)["collections"]}
    schemas = author_schemas(LISTS)
    for kind in KINDS:
        assert {one["name"] for one in collections[kind]["fields"]} == set(schemas[kind]["properties"])
    assert {one["name"] for one in collections["pages"]["fields"]} == {*schemas["page-header"]["properties"], "body"}


def test_no_form_asks_for_what_an_optional_group_needs() -> None:
    def needed(fields: list[Any], *, within: bool = False) -> Iterator[str]:
        for one in fields:
            if within and one["required"]:
                yield one["name"]
            if one["widget"] == "object":
                yield from needed(one["fields"], within=within or not one["required"])

    forms = {one["name"]: one["fields"] for one in create_config(LISTS)["collections"]}
    assert {name: found for name, fields in forms.items() if (found := list(needed(fields)))} == {}
    review = next(one for one in forms["term"] if one["name"] == "review")
    assert [one["name"] for one in review["fields"]] == ["by", "on"]
    assert all("Needed when" in one["hint"] for one in review["fields"])
    sources = next(one for one in forms["term"] if one["name"] == "sources")
    assert sources["required"]
    assert sources["fields"][0]["required"]
