"""YAML text to a `Document`, from PyYAML's events.

Events, not PyYAML's own construction, because the file's author must be told of what construction hides: a key given
twice, a tag, an alias. Plain words stay words: only null, true, false and numbers are turned into values, so `no` is
a word and a date is checked by the schema, which knows what was expected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from macros.problems import Problem
from macros.reading.positions import Document, Path, Place

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}
_DEPTH = 20


def read_document(path: str, data: bytes, *, first_line: int = 1) -> tuple[Document, list[Problem]]:
    """Returns the document and what is wrong with its form.

    `path` is printed in messages; `first_line` is the line of the file on which `data` begins (a page's header does
    not begin on line 1 of anything else). After a syntax error the value is what was read before it, or None.
    """
    document = Document(path)
    document.places[()] = (first_line, 1)
    text, problems = _decode(path, data, first_line)
    if text is None:
        return document, problems
    problems += list(_tabs(path, text, first_line))
    if problems:
        return document, problems
    builder = _Builder(document, first_line)
    try:
        builder.read(yaml.parse(text, Loader=Loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + first_line, mark.column + 1) if mark else (first_line, 1)
        what = " ".join(part for part in (error.context, error.problem) if part)
        builder.problems.append(Problem(path, *place, f"not valid YAML: {what}", _syntax_hint(what)))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + first_line
        builder.problems.append(
            Problem(path, line, 1, f"a character that YAML does not allow: {error.reason}", "delete it")
        )
    return document, builder.problems


def _decode(path: str, data: bytes, first_line: int) -> tuple[str | None, list[Problem]]:
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + first_line
        column = error.start - (before.rfind(b"\n") + 1) + 1
        message = f"not UTF-8: byte 0x{data[error.start]:02x}"
        return None, [Problem(path, line, column, message, "save the file as UTF-8")]


def _tabs(path: str, text: str, first_line: int) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), first_line):
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            yield Problem(path, number, indent.index("\t") + 1, "a tab in the indentation", "use two spaces")


def _syntax_hint(what: str) -> str:
    if "mapping values are not allowed" in what:
        return "put the text in quotes: it contains a colon followed by a space"
    if "found unknown escape" in what or "quoted scalar" in what:
        return 'check the quotes; a text with " inside is easiest in a block: key: >-'
    if "cannot start any token" in what or "did not find expected" in what:
        return "check the indentation of this line and the one above, and put special characters in quotes"
    return ""


class _Builder:
    """Builds values from events and writes down the place of each."""

    def __init__(self, document: Document, first_line: int) -> None:
        self.document = document
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
        self.problems.append(Problem(self.document.path, *self._place(event), message, hint))

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
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event.value) if event.implicit[0] else event.value  # a plain word, not a quoted one
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return self._mapping(events, path)

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


def _scalar(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text
