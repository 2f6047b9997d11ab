"""YAML to values that know their places."""

from __future__ import annotations

import pytest

from macros.text.document import read_document
from macros.text.header import read_markdown


def test_places_are_those_of_the_file() -> None:
    document, problems = read_document("x.yml", b"a: 1\nlist:\n  - {id: one, pinpoint: two}\n  - id: three\n")
    assert problems == []
    assert document.value == {"a": 1, "list": [{"id": "one", "pinpoint": "two"}, {"id": "three"}]}
    assert document.place(("list", 0, "pinpoint")) == (3, 25)
    assert document.place(("list", 1, "id"), key=True) == (4, 5)
    assert document.place(("list", 1, "nothing", "deeper")) == (4, 5)


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
