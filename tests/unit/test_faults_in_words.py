"""A fault of a record in its author's words: what is said of a key and a value, where, and with which cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.catalog.loading import load_records
from macros.catalog.validating import model_at, validate
from macros.configuration.publisher import check_publisher
from macros.schema import KINDS
from macros.schema.base import Citation
from macros.schema.instruments import Outcome
from macros.text.document import read_document
from macros.tree import Tree
from tests.conftest import LISTS, SPECIMENS

TERM = (SPECIMENS / "small" / "data" / "term" / "wording.yml").read_text(encoding="utf-8")


def faults(old: str, new: str, kind: str = "term", text: str = TERM) -> list[str]:
    """Returns what is said of a record in which something else is written."""
    assert old in text
    document, problems = read_document("x.yml", text.replace(old, new, 1).encode())
    assert problems == []
    found = validate(document, KINDS[kind], LISTS)[1]
    return [f"{one.line}:{one.column}: {one.message} | {one.hint}" for one in found]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("topic: law", "topc: law", "2:1: unknown key 'topc' | did you mean 'topic'?"),
        ("topic: law", "topic: law\ncolour: red", "3:1: unknown key 'colour' | "),
        ("topic: law", "topic:", "2:1: 'topic' is empty | write a value, or remove the key"),
        ("topic: law", "topic: lww", "2:8: 'lww' is not a choice for 'topic' | did you mean 'law'?"),
        ("title: wording", "title: |\n  one\n  two", "1:8: 'title' has the wrong form | write it on one line"),
        (
            "used_in: [provision/one]",
            "subject: Not An Id",
            "5:10: 'subject' has the wrong form | small letters",
        ),
        ("used_in: [provision/one]", "review: now", "5:9: 'review' should be a group of keys | keys: by, on"),
        ("used_in: [provision/one]", "review: {by: editor}", "5:9: key 'on' is missing | "),
        (
            "used_in: [provision/one]",
            "review: {by: editor, on: 2026-01-01, at: x}",
            "5:38: unknown key 'at' | keys: by, on",
        ),
        ("used_in: [provision/one]", "used_in: provision/one", "5:10: 'used_in' should be a list | put each item on"),
        ("- {id: text, pinpoint: passim}", "[]", "8:3: an assertion without a source | give at least one: - {id:"),
        ("false", "maybe", "4:18: 'defined_in_text' should be true or false | write true, or false"),
        ("title: wording", "title: 5", "1:8: 'title' should be text | put it in quotes"),
        ("{id: text", "{di: text", "8:6: unknown key 'di' | keys: id, pinpoint"),
    ],
)
def test_one_fault_is_said_once_at_its_place_with_its_cure(old: str, new: str, said: str) -> None:
    found = [one for one in faults(old, new) if "key 'id' is missing" not in one]
    assert [one[: len(said)] for one in found] == [said]


def test_a_key_is_missing_unless_it_is_misspelt_beside_where_it_belongs() -> None:
    missing = "1:1: key 'title' is missing | every term has it"
    assert faults("title: wording\n", "") == [missing]
    assert faults("title: wording", "titel: wording") == ["1:1: unknown key 'titel' | did you mean 'title'?"]
    assert missing in faults("title: wording\n", "review: {titel: x, by: editor, on: 2026-01-01}\n")
    assert faults("title: wording", "t\u0456tle: wording") == ["1:1: unknown key 't\u0456tle' | did you mean 'title'?"]
    assert faults("title: wording", "title:wording: x") == [
        "1:1: the space after the colon is missing | write: title: wording"
    ]


def test_a_file_without_keys_says_which_it_should_have() -> None:
    for text, message in ((b"", "the file is empty"), (b"- a\n", "keys are expected here")):
        document, _ = read_document("x.yml", text)
        (problem,) = validate(document, KINDS["term"], LISTS)[1]
        assert problem.message == message
        assert problem.hint.startswith("keys: title, topic, definition, defined_in_text, certainty, sources, ")
        assert problem.hint.endswith("review"), "what need not be there comes last"


def test_the_part_of_a_record_at_a_place_has_its_class() -> None:
    deadline = KINDS["deadline"]
    assert model_at(deadline, ("outcome",)) is Outcome
    assert model_at(deadline, ("outcome", "sources", 0)) is Citation
    assert model_at(deadline, ("title",)) is deadline
    assert model_at(deadline, ()) is deadline


def load(tmp_path: Path, *names: str) -> tuple[list[str], set[str], set[str]]:
    """Returns the problems, records and documents of a tree in which each of these files is the small tree's term."""
    (tmp_path / "data" / "vocabulary").mkdir(parents=True, exist_ok=True)
    for path in (SPECIMENS / "small" / "data" / "vocabulary").iterdir():
        (tmp_path / "data" / "vocabulary" / path.name).write_bytes(path.read_bytes())
    for name in names:
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("as_at: 2026-09-30\n" if name == "catalog.yml" else TERM, encoding="utf-8")
    loaded = load_records(Tree(tmp_path))
    said = [f"{one.path}:{one.line}:{one.column}: {one.message} | {one.hint}" for one in loaded.problems]
    return said, set(loaded.records), set(loaded.documents)


def test_what_lies_elsewhere_is_said_and_the_records_after_it_are_read(tmp_path: Path) -> None:
    said, records, _ = load(tmp_path, "catalog.yml", "a.yml", "style.yml", "people/x.yml", "term/a.yml", "trem/x.yml")
    assert said == [
        "data/a.yml:1:1: a file outside the folder of a kind | " + said[0].partition(" | ")[2],
        "data/people:1:1: no kind of record 'people' | " + said[1].partition(" | ")[2],
        "data/trem:1:1: no kind of record 'trem' | did you mean 'term'?",
    ]
    assert said[0].partition(" | ")[2].startswith("a record is data/<kind>/<id>.yml; kinds: instrument, ")
    assert records == {"term/a"}


def test_a_name_that_no_record_can_have_is_one_problem_and_its_record_is_not_missed(tmp_path: Path) -> None:
    names = ("A word.yml", "b.yaml", "c.YML", "d.yml.txt", "e.txt", "f--g.yml", "\u0441ode.yml", "ok.yml")
    said, records, documents = load(tmp_path, "catalog.yml", *(f"term/{name}" for name in names))
    assert {one.partition("data/term/")[2] for one in said} == {
        "A word.yml:1:1: 'A word' cannot be an id | rename the file; small letters, digits and single hyphens: "
        "rapid-response",
        "b.yaml:1:1: not a record | rename the file to b.yml",
        "c.YML:1:1: not a record | rename the file to c.yml",
        "d.yml.txt:1:1: not a record | rename the file to d.yml",
        "e.txt:1:1: not a record | records are files that end in .yml",
        "f--g.yml:1:1: 'f--g' cannot be an id | rename the file; small letters, digits and single hyphens: "
        "rapid-response",
        "\u0441ode.yml:1:1: '\u0441ode' cannot be an id: it has U+0441 (CYRILLIC SMALL LETTER ES) | rename the file; "
        "small letters, digits and single hyphens: rapid-response",
    }
    assert records == {"term/ok"}
    assert {f"term/{one}" for one in ("a-word", "b", "c", "d", "e", "f-g", "code", "ok")} <= documents


def test_an_id_is_written_by_the_name_of_the_file_alone(tmp_path: Path) -> None:
    load(tmp_path, "catalog.yml")
    (tmp_path / "data" / "term").mkdir()
    for name, written in (("one", "one"), ("two", "other")):
        (tmp_path / "data" / "term" / f"{name}.yml").write_text(f"id: {written}\n{TERM}", encoding="utf-8")
    said, records, _ = load(tmp_path)
    assert said == [
        "data/term/two.yml:1:1: id 'other' is unlike the file's name 'two' | remove the key: the file's name is the id"
    ]
    assert records == {"term/one", "term/two"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "data/catalog.yml:1:1: the file is missing | write in it: as_at: 2026-09-30"),
        ("as_at: 2026-09-31\n", "data/catalog.yml:1:8: 'as_at': not a date"),
        ("as_at: [\n", "data/catalog.yml:1:8: '[' is opened here and not closed"),
        ("", "data/catalog.yml:1:1: the file is empty"),
    ],
)
def test_settings_that_cannot_be_read_are_one_problem(tmp_path: Path, text: str | None, said: str) -> None:
    load(tmp_path)
    if text is not None:
        (tmp_path / "data" / "catalog.yml").write_text(text, encoding="utf-8")
    found, _, _ = load(tmp_path)
    assert [one[: len(said)] for one in found] == [said]


def test_settings_that_are_a_link_to_nothing_are_no_missing_file(tmp_path: Path) -> None:
    load(tmp_path)
    (tmp_path / "data" / "catalog.yml").symlink_to(tmp_path / "nowhere")
    (said,) = load(tmp_path)[0]
    assert said.startswith("data/catalog.yml:1:1: ")
    assert "is missing" not in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, []),
        ("site_name: A\n", []),
        ("- a\n", []),
        ("extra: {publisher: {name: A, address: 'https://a.example/', logo: assets/images/favicon.png}}\n", []),
        ("extra:\n  publisher:\n    contact: x\n", ["3:5: the publisher has no name"]),
        ("extra:\n  publisher:\n    name: ''\n    contact: x\n", ["3:11: the publisher has no name"]),
        (
            "extra:\n  publisher: {name: A, address: 'http://a.example/'}\n",
            ["2:33: not a web address: 'http://a.example/'"],
        ),
        ("extra:\n  publisher: {name: A, address: 'https://'}\n", ["2:33: not a web address: 'https://'"]),
        ("extra:\n  publisher: {name: A, logo: none.svg}\n", ["2:30: no file 'overrides/none.svg'"]),
        ("extra:\n  publisher: {nmae: A}\n", ["2:15: unknown key 'nmae'"]),
        ("extra:\n  publisher: {name: !ENV [A, B], contact: x}\n", ["2:15: 'name' is empty"]),
        ("extra: [\n", []),
    ],
)
def test_who_publishes_is_named_with_an_address_and_a_logo_that_are_there(
    tmp_path: Path, text: str | None, said: list[str]
) -> None:
    if text is not None:
        (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    found = check_publisher(Tree(tmp_path))
    assert [f"{one.line}:{one.column}: {one.message}" for one in found] == said
