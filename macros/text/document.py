"""YAML text to a `Document`, from PyYAML's events.

Events, not PyYAML's own construction, because the file's author must be told of what construction hides: a key given
twice, a tag, an alias. Plain words stay words: only null, true, false and numbers are turned into values, so `no` is
a word and a date is checked by the schema, which knows what was expected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import yaml

from macros.problems import Problem
from macros.text.positions import Document, Path, Place
from macros.text.slips import CUT_OFF, NO_KEY, NOT_INDENTED, UNCLOSED, find_slip
from macros.text.text import decode_text, place_of

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Fifteen digits are what a number keeps exactly; what is longer stays words, and is refused where a number is expected.
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,14})?")
_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}
_DEPTH = 20


def read_document(path: str, data: bytes, *, first_line: int = 1) -> tuple[Document, list[Problem]]:
    """Returns the document and what is wrong with its form.

    `path` is printed in messages; `first_line` is the line of the file on which `data` begins (a page's header does
    not begin on line 1 of anything else). After a syntax error the value is what was read before it, or None.
    """
    document = Document(path)
    document.places[()] = (first_line, 1)
    text, problems = decode_text(path, data)
    if text is None:
        return document, problems
    document.text = text
    problems += _tabs(path, text)
    if not problems:
        problems = _read(document, text)
    return document, [replace(one, line=one.line + first_line - 1) for one in problems]


def _read(document: Document, text: str) -> list[Problem]:
    """Reads the text into the document, whose places are then those of the text moved to its first line."""
    first_line = document.places[()][0]
    builder = _Builder(document, text.split("\n"), first_line)
    try:
        builder.read(yaml.parse(text, Loader=Loader))
    except yaml.MarkedYAMLError as error:
        # What was said before it is what made it.
        builder.problems = builder.problems or [_explain(document.path, text, error)]
    except _TooDeepError:
        pass
    return builder.problems


def _tabs(path: str, text: str) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), 1):
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            yield Problem(path, number, indent.index("\t") + 1, "a tab in the indentation", "use two spaces")


def _explain(path: str, text: str, error: yaml.MarkedYAMLError) -> Problem:
    """Returns a parser's error at the author's own slip, or at the place where what was not finished begins."""
    mark, begun = error.problem_mark or error.context_mark, error.context_mark
    if slip := find_slip(text, mark.line + 1 if mark else 1):
        return Problem(path, *slip)
    what = " ".join(part for part in (error.context, error.problem) if part)
    if "simple key" in what and begun:
        return Problem(path, begun.line + 1, begun.column + 1, *NO_KEY)
    if opened := _find_unclosed(text, what, begun, mark):
        sign, start = opened
        hint = f"close it with {_CLOSED[sign]}"
        return Problem(path, *place_of(text, start), f"'{sign}' is opened here and not closed", hint)
    # A parser may give up behind the last line.
    place = place_of(text, min(mark.index, len(text.rstrip()))) if mark else (1, 1)
    return Problem(path, *place, f"not valid YAML: {what}", _syntax_hint(what))


def _find_unclosed(text: str, what: str, begun: yaml.Mark | None, mark: yaml.Mark | None) -> tuple[str, int] | None:
    """Returns the bracket, brace or quotation mark that a parser found no end of, and its position."""
    for sign, name in _OPENED.items():
        if name in what and not _ESCAPE.search(what) and begun and text[begun.index : begun.index + 1] == sign:
            return sign, begun.index
    return _find_opened(text) if mark and "flow" in what and mark.index >= len(text.rstrip()) else None


_OPENED = {"[": "flow sequence", "{": "flow mapping", '"': "quoted scalar", "'": "quoted scalar"}
_ESCAPE = re.compile("escape|hexdecimal")  # after a backslash in a text that is closed
_CLOSED = {"[": "]", "{": "}", '"': '"', "'": "'"}


def _find_opened(text: str) -> tuple[str, int] | None:
    """Returns the last bracket or brace that is not closed, and its position; what is in quotes does not count."""
    opened: list[tuple[str, int]] = []
    for match in re.finditer(r"\"(?:[^\"\\]|\\.)*\"|(?<!\w)'(?:[^']|'')*'|[\[\]{}]", text):
        if match[0] in "[{":
            opened.append((match[0], match.start()))
        elif match[0] in "]}" and opened:
            opened.pop()
    return opened[-1] if opened else None


def _syntax_hint(what: str) -> str:
    if "mapping values are not allowed" in what:
        return "put the text in quotes: it contains a colon followed by a space"
    if "quoted scalar" in what:
        return 'check the quotes; a text with " inside is easiest in a block: key: >-'
    return "check the indentation of this line and the one above, and put special characters in quotes"


class _TooDeepError(Exception):
    """The text is nested deeper than any record: nothing more of it is read."""


class _Builder:
    """Builds values from events and writes down the place of each."""

    def __init__(self, document: Document, lines: list[str], first_line: int) -> None:
        self.document = document
        self.lines = lines
        self.first_line = first_line
        self.problems: list[Problem] = []

    def read(self, events: Iterator[Any]) -> None:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if self.document.value is not None:
                    self._add(event, "a second YAML document in one file", "one record per file: remove the ---")
                    return
                self.document.value = self._value(next(events), events, ())

    def _place(self, event: Any) -> Place:
        return event.start_mark.line + self.first_line, event.start_mark.column + 1

    def _add(self, event: Any, message: str, hint: str) -> None:
        self._add_at(event.start_mark.line, event.start_mark.column, message, hint)

    def _add_at(self, line: int, column: int, message: str, hint: str) -> None:
        """Adds a problem at a place of the text, counted from 0."""
        self.problems.append(Problem(self.document.path, line + 1, column + 1, message, hint))

    def _value(self, event: Any, events: Iterator[Any], path: Path) -> Any:
        self.document.places[path] = self._place(event)
        if isinstance(event, yaml.AliasEvent):
            self._add(event, f"an alias (*{event.anchor})", "write the value out again, or put it in quotes")
            return None
        if event.anchor:
            self._add(event, f"an anchor (&{event.anchor})", "remove it, or put the value in quotes")
        if event.tag not in (None, "!"):
            self._add(event, f"a YAML tag ({event.tag})", "remove the tag, or put the value in quotes")
        if len(path) > _DEPTH:
            self._add(event, f"nested more than {_DEPTH} levels deep", "check the indentation")
            raise _TooDeepError
        if isinstance(event, yaml.ScalarEvent):
            self._check_scalar(event, path)
            return _scalar(event.value) if event.implicit[0] else event.value  # a plain word, not a quoted one
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return self._mapping(events, path)

    def _check_scalar(self, event: Any, path: Path) -> None:
        """Adds what a parser reads otherwise than its author meant."""
        start, end = event.start_mark, event.end_mark
        if event.style in ("|", ">"):
            following = next((n for n in range(start.line + 1, len(self.lines)) if self.lines[n].strip()), None)
            if not event.value.strip() and following is not None and not _NEXT.match(self.lines[following]):
                self._add_at(following, 0, *NOT_INDENTED)
        elif event.style in ('"', "'"):
            key = self.document.keys.get(path)
            inside = self.lines[start.line + 1 : end.line + 1]
            if key and any(_SWALLOWED.match(line) for line in inside if _indent(line) <= key[1] - 1):
                self._add(event, *UNCLOSED)
        elif event.value and (cut := _CUT.match(self.lines[end.line][end.column :].rstrip())):
            self._add_at(end.line, end.column + cut.end() - 1, *CUT_OFF)

    def _sequence(self, events: Iterator[Any], path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._value(event, events, (*path, len(items))))
        return items

    def _mapping(self, events: Iterator[Any], path: Path) -> dict[str, Any]:
        items: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._add(event, "a key that is not a plain word", "check the indentation")
                if len(path) > _DEPTH:
                    raise _TooDeepError
                self._value(event, events, (*path, "?"))
                self._value(next(events), events, (*path, "?"))
                continue
            key = event.value
            if key in items:
                line = self.document.keys[(*path, key)][0]
                self._add(event, f"key '{key}' is given twice", f"the first is on line {line}: keep one of them")
            self.document.keys.setdefault((*path, key), self._place(event))
            items[key] = self._value(next(events), events, (*path, key))
        return items


# A line that begins a key, an item, a comment or a document; a key within a text that was not closed; and a comment
# that stands too near to a text to be meant as one.
_NEXT = re.compile(r"\s*(?:[a-z_][a-z0-9_]*:(?: |$)|-(?: |$)|#|---)")
_SWALLOWED = re.compile(r"\s*[a-z_][a-z0-9_]*:(?: |$)")
_CUT = re.compile(r" #|\s+#(?=[^\s#])")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _scalar(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text
