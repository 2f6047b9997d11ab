"""YAML to values that know their places."""

from __future__ import annotations

import pickle

import pytest

from macros.problems import Problem
from macros.text.document import read_document
from macros.text.header import read_markdown
from macros.text.positions import Document


def test_places_are_those_of_the_file() -> None:
    document, problems = read_document("x.yml", b"a: 1\nlist:\n  - {id: one, pinpoint: two}\n  - id: three\n")
    assert problems == []
    assert document.value == {"a": 1, "list": [{"id": "one", "pinpoint": "two"}, {"id": "three"}]}
    assert document.place(("list", 0, "pinpoint")) == (3, 25)
    assert document.place(("list", 1, "id"), key=True) == (4, 5)
    assert document.place(("list", 1, "nothing", "deeper")) == (4, 5)
    assert document.place(("list", 1, "nothing")) == (4, 5)
    assert document.place(("list", 0, "id")) == (3, 10)
    assert document.place(("nothing",)) == document.place(()) == (1, 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("2025-10-28", "2025-10-28"),
        ("12:30", "12:30"),
        ("010", "010"),
        ("true", True),
        ("~", None),
        ("", None),
        ("'true'", "true"),
        ('""', ""),
        ("-3", -3),
        ("1.5", 1.5),
        ("I.2(b)", "I.2(b)"),
    ],
)
def test_plain_words_stay_words(text: str, value: object) -> None:
    document, problems = read_document("x.yml", f"key: {text}\n".encode())
    assert problems == []
    assert document.value == {"key": value}


def test_deep_nesting_is_refused() -> None:
    _, problems = read_document("x.yml", b"a: " + b"[" * 40 + b"]" * 40)
    assert "nested more than 20 levels deep" in problems[0].message


def test_two_documents_are_refused() -> None:
    _, problems = read_document("x.yml", b"a: 1\n---\nb: 2\n")
    assert [(one.line, one.message) for one in problems] == [(2, "a second YAML document in one file")]


def test_the_header_of_a_page_keeps_the_lines_of_the_file() -> None:
    page, problems = read_markdown("x.md", b"---\ntitle: T\nrecord: a/b\n---\n\nBody\n")
    assert problems == []
    assert page.header.place(("record",)) == (3, 9)
    assert (page.body, page.body_line) == ("\nBody\n", 5)


def test_windows_line_ends_make_no_difference() -> None:
    page, problems = read_markdown("x.md", b"---\r\ntitle: T\r\n---\r\nBody\r\n")
    assert problems == []
    assert (page.header.value, page.body) == ({"title": "T"}, "Body\n")


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("a: [b, c\n\n\n", "1:4: '[' is opened here and not closed", "close it with ]"),
        ("a: {b: c\n", "1:4: '{' is opened here and not closed", "close it with }"),
        ("a: [b, {c: d]\n", "1:8: '{' is opened here and not closed", "close it with }"),
        ("a: [b]\nc: {d: [e], f: [g\n", "2:16: '[' is opened here and not closed", "close it with ]"),
        ('a: "[x"\nb: [y\n', "2:4: '[' is opened here and not closed", "close it with ]"),
        (
            'x: "\\q"\n',
            "1:5: not valid YAML: while parsing a quoted scalar found unknown escape",
            "check the quotes; a text",
        ),
        ('x: "\\xzz"\nb: 1\n', "1:7: not valid YAML: while parsing a quoted scalar", "check the quotes; a text"),
        (
            "a: b\n  c d: e\n",
            "2:6: not valid YAML: mapping values are not allowed",
            "put the text in quotes: it contains",
        ),
        ("a: ]\n", "1:4: not valid YAML: while parsing a block node", "check the indentation of this line"),
        ("a: 1\n\n...\nb\n", "4:1: not valid YAML: did not find expected", "check the indentation of this line"),
        ("a: b\nc\n", "2:1: neither a key nor part of a text", "a key has a colon and a space behind it"),
        ("a:\n  - &x b\n", "2:5: an anchor (&x)", "remove it, or put the value in quotes"),
        ("a:\n  - *x\n", "2:5: an alias (*x)", "write the value out again, or put it in quotes"),
        ("a: !!str b\n", "1:4: a YAML tag (tag:yaml.org,2002:str)", "remove the tag, or put the value in quotes"),
        ("a: 1\n? [b]\n: c\n", "2:3: a key that is not a plain word", "check the indentation"),
        ("a: 1\nb: 2\na: 3\n", "3:1: key 'a' is given twice", "the first is on line "),
        ("a: 1\n \tb: 2\n", "2:2: a tab in the indentation", "use two spaces"),
        ("a: one #two\n", "1:8: everything after # is cut off", "put the text in quotes; a comment has"),
        ("a: one  #two\n", "1:9: everything after # is cut off", "put the text in quotes; a comment has"),
        ("a: |\n  one\nb: one\n  two #three\n", "4:7: everything after # is cut off", "put the text in quotes"),
        ('x:\n  a: "one\n  b: two"\n', "2:6: a quotation mark is opened here and not closed", "close it at the end"),
        ('x:\n  a: "one\n\n b: two"\n', "2:6: a quotation mark is opened here and not closed", "close it at the end"),
    ],
)
def test_what_is_wrong_is_told_once_at_its_place(text: str, said: str, hint: str) -> None:
    for first in (1, 5):
        line, _, rest = said.partition(":")
        (problem,) = read_document("x.yml", text.encode(), first_line=first)[1]
        assert f"{problem.line}:{problem.column}: {problem.message}".startswith(f"{int(line) + first - 1}:{rest}")
        assert problem.hint.startswith(hint)


@pytest.mark.parametrize(
    "text",
    [
        'a: "one\n  b: two"\nc: 1\n',
        '- "one\n  b: two"\n',
        "a: one  # two\nb: 'x' #y\nc: >-\n  d #e\n",
        "a: ! b\n",
        "a: it's [x\n",
        "a: >-\nb: 1\nC d: e\n",
        "a: >-\n",
        "- a: |\n- b\n",
        "a: >-\n\n  one\n",
        "\n\n# a comment\n---\na: 1\n",
    ],
)
def test_what_only_looks_wrong_is_read(text: str) -> None:
    assert read_document("x.yml", text.encode())[1] == []


def test_what_follows_a_fault_is_read_too() -> None:
    document, problems = read_document("x.yml", b"? [a, b]\n: c\nd: &x 1\nd: 2\ne: *x\n")
    assert document.value == {"d": 2, "e": None}
    assert [(one.line, one.column) for one in problems] == [(1, 3), (3, 4), (4, 1), (5, 4)]
    assert problems[2].hint == "the first is on line 3: keep one of them"
    assert document.places["d",] == (4, 4)
    assert document.keys["d",] == (3, 1)


@pytest.mark.parametrize(("depth", "told"), [(19, []), (20, []), (21, [(1, 24)]), (40, [(1, 24)])])
def test_twenty_levels_are_read_and_no_more(depth: int, told: list[tuple[int, int]]) -> None:
    _, problems = read_document("x.yml", b"a: " + b"[" * depth + b"]" * depth)
    assert [(one.line, one.column) for one in problems] == told


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"Words\n", "1:1: the page has no header"),
        (b"\n---\ntitle: T\n---\n", "1:1: the page has no header"),
        (b"---\ntitle: T\n", "1:1: the page's header is not closed"),
        (b"---\ntitle: T\n----\n", "1:1: the page's header is not closed"),
        (b"---\ntitle: T\nab: [\n---\n", "3:5: '[' is opened here and not closed"),
        (b"---\ntitle: caf\xe9\n---\n", "2:11: not UTF-8: byte 0xe9"),
        (b"\xff\xfea\0", "1:1: not UTF-8 but UTF-16"),
        (b"---\ntitle: T\n---\nA\x07 bell\n", "4:2: a character that no text needs: U+0007"),
        (b"---\r\ntitle: T\r\n---\r\nA\r\nB\x00\r\n", "5:2: a character that no text needs: U+0000"),
    ],
)
def test_a_page_that_cannot_be_read_is_told_of_at_its_place(data: bytes, said: str) -> None:
    page, problems = read_markdown("x.md", data)
    assert [f"{one.line}:{one.column}: {one.message}" for one in problems] == [said]
    assert page.body_line == (5 if b"[" in data else 1)


@pytest.mark.parametrize("data", [b"---\n---\nBody\n", b"\xef\xbb\xbf---\n---\nBody\n", b"--- \n--- \nBody\n"])
def test_the_header_of_a_page_may_say_nothing(data: bytes) -> None:
    page, problems = read_markdown("x.md", data)
    assert problems == []
    assert (page.header.value, page.body, page.body_line) == ({}, "Body\n", 3)


def test_a_document_that_was_kept_has_its_places_again() -> None:
    document, _ = read_document("x.yml", b"a: 1\nb: [c, d]\n")
    for kept in (pickle.dumps(document), pickle.dumps(pickle.loads(pickle.dumps(document)))):  # noqa: S301 - made here
        again = pickle.loads(kept)  # noqa: S301
        assert again.place(("b", 1)) == (2, 8)
        assert again == document
        with pytest.raises(AttributeError):
            _ = again.nothing
    assert Document("x").place(("a",)) == (1, 1)
    assert Document("x").problem(("a",), "it is wrong") == Problem("x", 1, 1, "it is wrong")
