"""Why a YAML text cannot be read, at the author's own slip: a parser often notices lines later.

The lines of a text that was refused are read once more, as an author types them: a key, a colon, a space, a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_KEY = re.compile(r"(?P<indent> *)(?P<dashes>(?:- +)*)(?P<key>[A-Za-z_][\w-]*):(?P<value> .*|)")
_ITEM = re.compile(r" *(?:- +)+(?P<value>\S.*)")
_GLUED = re.compile(r" *(?:- +)*(?P<key>[a-z][a-z0-9_]*):(?!//)\S")
_GLUED_HYPHEN = re.compile(r" *-(?=[^\s-])")
_BARE = re.compile(r"[a-z][a-z0-9_]* +[^\s:][^:]*")
_OPENING = ("[", "{", '"', "'")  # what may go on at the beginning of a line
_BLOCK = re.compile(r"[|>][0-9+-]{0,2}")
# What was taken is not given back (*+): a quotation mark written twice is one sign of the text, never its end.
_TAIL = re.compile(r"(?P<quoted>\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*+')\s*(?P<rest>[^\s#,\]}].*)")
_CUT = re.compile(r"\s#")


class Slip(NamedTuple):
    """What an author did: line and column from 1, what it is, and the cure."""

    line: int
    column: int
    message: str
    hint: str


def find_slip(text: str, until: int) -> Slip | None:
    """Returns the first slip on the lines up to `until`, the line on which the parser gave up."""
    return next(_slips(text.split("\n")[:until]), None)


def _slips(lines: list[str]) -> Iterator[Slip]:
    """Yields slips from the top; the text below `key: >-` is passed over."""
    number = 0
    before: re.Match[str] | None = None
    while number < len(lines):
        line = lines[number]
        number += 1
        if glued := _GLUED.match(line):
            hint = f"write: {glued['key']}: {line[glued.end('key') + 1 :].strip()[:40]}"
            yield Slip(number, glued.end("key") + 1, "the space after the colon is missing", hint)
        elif hyphen := _GLUED_HYPHEN.match(line):
            yield Slip(number, hyphen.end(), "the space after the hyphen is missing", "write a space after the hyphen")
        match = _KEY.fullmatch(line)
        if match is None:
            if item := _ITEM.fullmatch(line):
                yield from _in_value(lines, number, item)
            elif _BARE.fullmatch(line) and not (before and before["value"].strip()[:1] in _OPENING):
                yield Slip(number, 1, *NO_KEY)
            continue
        if before and _is_too_deep(before, match):
            hint = f"begin it below '{before['key']}', or give that one its value on a line of its own"
            yield Slip(number, len(match["indent"]) + 1, "the line begins further right than the one above it", hint)
        yield from _in_value(lines, number, match)
        before = match
        if _BLOCK.fullmatch(match["value"].strip()):
            yield from _after_block(lines, number, match)
            number = _end_of_block(lines, number, match)
            before = None


def _is_too_deep(before: re.Match[str], match: re.Match[str]) -> bool:
    value = before["value"].strip()
    plain = bool(value) and value[0] not in "[{\"'|>#"
    return plain and not match["dashes"] and len(match["indent"]) > len(before["indent"]) + len(before["dashes"])


def _in_value(lines: list[str], number: int, match: re.Match[str]) -> Iterator[Slip]:
    value = match["value"].strip()
    column = match.start("value") + len(match["value"]) - len(match["value"].lstrip()) + 1
    if value[:1] in ('"', "'"):
        if tail := _TAIL.fullmatch(value):
            hint = "put the whole text in quotes of the other kind, or below the key: key: >-"
            yield Slip(number, column + tail.start("rest"), "the text goes on after its closing quote", hint)
        elif not _closes(value) and _runs_into_key(lines, number, value[0]):
            yield Slip(number, column, *UNCLOSED)
    elif value[:1] in ("[", "{"):
        yield from _in_group(value, number, column)
    elif value[:1] in ("@", "`", "%", "*", "&", "!"):
        yield Slip(number, column, f"a text cannot begin with {value[0]}", 'put it in quotes: "..."')
    elif ": " in value:
        at = column + value.index(": ")
        yield Slip(number, at, "a colon with a space inside a text", 'put the whole text in quotes: "..."')
    elif cut := _CUT.search(value):
        yield Slip(number, column + cut.start() + 1, *CUT_OFF)


UNCLOSED = ("a quotation mark is opened here and not closed", "close it at the end of the text")
CUT_OFF = (
    "everything after # is cut off",
    "put the text in quotes; a comment has two spaces before the # and one after it",
)
NO_KEY = (
    "neither a key nor part of a text",
    "a key has a colon and a space behind it; a long text stands below its key, two spaces further right",
)
NOT_INDENTED = (
    "the text of the key above is not indented",
    "begin each of its lines with two more spaces than the key",
)


def _in_group(value: str, number: int, column: int) -> Iterator[Slip]:
    """Yields what is wrong within [ ] or { } on one line."""
    bare = re.sub(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'", lambda match: "x" * len(match[0]), value)
    for sign in ('"', "'"):
        at = re.search(rf"(?:[:,\[{{]\s*){sign}", bare)
        if at:
            yield Slip(number, column + at.end() - 1, *UNCLOSED)
            return
    if cut := re.search(r"\s#(?=\S)", bare):
        yield Slip(number, column + cut.start() + 1, *CUT_OFF)


def _closes(value: str) -> bool:
    return re.fullmatch(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'", re.sub(r"\s+#.*", "", value)) is not None


def _runs_into_key(lines: list[str], number: int, quote: str) -> bool:
    """Whether a key begins before the quotation mark that was opened on this line is closed."""
    for line in lines[number:]:
        if _KEY.fullmatch(line):
            return True
        if quote in line:
            return False
    return True


def _after_block(lines: list[str], number: int, match: re.Match[str]) -> Iterator[Slip]:
    """Yields the line that belongs to the text below a key and begins no further right than the key does."""
    depth = len(match["indent"]) + len(match["dashes"])
    end = _end_of_block(lines, number, match)
    if end < len(lines):
        line = lines[end]
        if len(line) - len(line.lstrip()) <= depth and not re.match(
            r"\s*(?:[a-z_][a-z0-9_]*:(?: |$)|- |-$|#|---)", line
        ):
            yield Slip(end + 1, len(line) - len(line.lstrip()) + 1, *NOT_INDENTED)


def _end_of_block(lines: list[str], number: int, match: re.Match[str]) -> int:
    """Returns the number, from 0, of the first line after the text below a key."""
    depth = len(match["indent"]) + len(match["dashes"])
    while number < len(lines) and (
        not lines[number].strip() or len(lines[number]) - len(lines[number].lstrip()) > depth
    ):
        number += 1
    return number
