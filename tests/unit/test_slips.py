"""Slips of authors in YAML, each at its own line and column; what is well written is none."""

from __future__ import annotations

import pytest

from macros.text.slips import find_slip

SPACE = "the space after the colon is missing"
HYPHEN = "the space after the hyphen is missing"
OPEN = "a quotation mark is opened here and not closed"
CUT = "everything after # is cut off"
NO_KEY = "neither a key nor part of a text"
NOT_INDENTED = "the text of the key above is not indented"
TOO_DEEP = "the line begins further right than the one above it"
COLON = "a colon with a space inside a text"
GOES_ON = "the text goes on after its closing quote"


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("a: 1\ntitle:word", 2, 6, SPACE),
        ("# a:b\n\n  - key:word", 3, 8, SPACE),
        ("a:\n  -word", 2, 3, HYPHEN),
        ("a: @b", 1, 4, "a text cannot begin with @"),
        ("a:   !b", 1, 6, "a text cannot begin with !"),
        ("- *b", 1, 3, "a text cannot begin with *"),
        ("- a\n- *b", 2, 3, "a text cannot begin with *"),
        ("a: one\n  more words\n\nb: @c", 4, 4, "a text cannot begin with @"),
        ("a: one: two", 1, 7, COLON),
        ("a: see https://x: two", 1, 17, COLON),
        ("a: 'one' two", 1, 10, GOES_ON),
        ('a: "one" [two]', 1, 10, GOES_ON),
        ('a: "one\nb: 2', 1, 4, OPEN),
        ("a: 'one\nmore\n", 1, 4, OPEN),
        ("a: 'one''\nb: 2", 1, 4, OPEN),
        ('a: "one # two\nb: 3', 1, 4, OPEN),
        ('a: ["b, c]', 1, 5, OPEN),
        ("a: {b: 'c}", 1, 8, OPEN),
        ("a: [b #c]", 1, 7, CUT),
        ("a: b #c", 1, 6, CUT),
        ("a: 1\nplain words", 2, 1, NO_KEY),
        ("a: one\n  b: two", 2, 3, TOO_DEEP),
        ("- a: one\n    b: two", 2, 5, TOO_DEEP),
        ("a: >-\nThe text", 2, 1, NOT_INDENTED),
        ("a: >-\n  one\n\n  two\nThree.", 5, 1, NOT_INDENTED),
        ("- a: |2-\n  Three.", 2, 3, NOT_INDENTED),
        ("a: >-\n  b:c\nd:e", 3, 1, NOT_INDENTED),
    ],
)
def test_a_slip_is_found_where_it_was_made(text: str, line: int, column: int, message: str) -> None:
    slip = find_slip(text, 99)
    assert slip is not None
    assert (slip.line, slip.column, slip.message) == (line, column, message)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a: 1\n\n# b:c\nd: [e, 'f', \"g: h\"]",
        "a: 'it''s' # x\nb: \"c \\\" d\"  # e",
        'a: "one\n  two"\nb: 3',
        "a: 'one\n  two'\nb: 3",
        "url: https://x.example/a",
        "a: >-\n  b:c\n  - d\n\n  plain words\ne: 1",
        "a:\n  b: 1\n  c: 2",
        "- a: 1\n  b: 2\n- c",
        "a: [b,\n c d]\n",
        "a: [b,\nc d]\n",
        "a: 'b\nc d'\n",
        "a: >-\n  b",
        "# a:b\n# - c\n  # plain words\na: 1",
        "a: one -- two",
        "---\na: 1",
    ],
)
def test_what_is_well_written_is_no_slip(text: str) -> None:
    assert find_slip(text, 99) is None


def test_nothing_is_looked_for_after_the_line_on_which_the_parser_gave_up() -> None:
    assert find_slip("a: 1\nb:c", 1) is None
    assert find_slip("a: 1\nb:c", 2) == (2, 2, SPACE, "write: b: c")
    slip = find_slip(f"b:{'c' * 50}", 1)
    assert slip is not None
    assert slip.hint == f"write: b: {'c' * 40}"
    deep = find_slip("one: x\n  b: two", 2)
    assert deep is not None
    assert deep.hint == "begin it below 'one', or give that one its value on a line of its own"
