"""Edits of a text by line and column, which leave every other byte as it is: comments, quotes, line ends."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from macros.text.positions import Document, Path

_END = re.compile(r"(\r\n|\r|\n)")
_MARK = "\ufeff"  # an editor on Windows may begin a file with it; no line or column counts it


class MisplacedError(ValueError):
    """What is to be replaced is not at its place; `line` is the line where it was looked for."""

    def __init__(self, line: int, old: str) -> None:
        super().__init__(f"'{old}' is not where it was expected")
        self.line = line


@dataclass(frozen=True, order=True)
class Edit:
    """On one line, `old` becomes `new`; the column, from 1, is that at which `old` begins."""

    line: int
    column: int
    old: str
    new: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Returns the text with the edits made. Raises MisplacedError when the text does not say `old` at a place."""
    mark, parts = _split(text)
    for edit in sorted(set(edits), reverse=True):
        at, line = edit.column - 1, parts[2 * (edit.line - 1)]
        if line[at : at + len(edit.old)] != edit.old:
            raise MisplacedError(edit.line, edit.old)
        parts[2 * (edit.line - 1)] = line[:at] + edit.new + line[at + len(edit.old) :]
    return mark + "".join(parts)


def lines_of(text: str) -> list[str]:
    """Returns the lines of a text without their ends, however each ends."""
    return _split(text)[1][::2]


def insert_line(text: str, number: int, line: str) -> str:
    """Returns the text with a line put in, which becomes the line of that number; it ends as the first line does."""
    mark, parts = _split(text)
    end = parts[1] if len(parts) > 1 else "\n"
    if 2 * (number - 1) >= len(parts) and parts[-1]:
        parts += [end, ""]
    parts[2 * (number - 1) : 2 * (number - 1)] = [line, end]
    return mark + "".join(parts)


def remove_line(text: str, number: int) -> str:
    """Returns the text without the line of that number."""
    mark, parts = _split(text)
    del parts[2 * (number - 1) : 2 * number]
    return mark + "".join(parts)


def add_item(text: str, document: Document, key: str, item: str, *, before: int | None = None) -> str:
    """Returns the text with an item more in the list under the key, or with the key where there is none.

    `document` is the text as it was read. A new key is put in before the line of that number, or at the end.
    """
    found = document.value.get(key) if isinstance(document.value, dict) else None
    if not isinstance(found, list) or not found:
        line, _ = document.place((key,), key=True)
        if isinstance(document.value, dict) and key in document.value:
            text, before = remove_line(text, line), line
        return insert_line(text, before or len(lines_of(text)) + 1, f"{key}: [{item}]")
    line, column = document.place((key, 0))
    lead = lines_of(text)[line - 1][: column - 1]
    if lead.strip() == "-":
        return insert_line(text, line, f"{lead}{item}")
    return apply_edits(text, [Edit(line, column, "", f"{item}, ")])


def remove_item(text: str, document: Document, key: str, item: str) -> str:
    """Returns the text without the item in the list under the key; the key goes with its last item."""
    items: list[object] = document.value[key]
    path: Path = (key, items.index(item))
    line, column = document.place(path)
    row = lines_of(text)[line - 1]
    alone = len(items) == 1
    if row[: column - 1].strip() == "-":
        text = remove_line(text, line)
        return remove_line(text, document.place((key,), key=True)[0]) if alone else text
    if alone:
        return remove_line(text, line)
    written = re.match(rf"(['\"]?){re.escape(item)}\1(\s*,\s*)?", row[column - 1 :])
    if written is None:
        raise MisplacedError(line, item)
    start, end = column - 1, column - 1 + written.end()
    if not written[2]:  # the last one: the comma before it goes too
        start = len(row[:start].rstrip().rstrip(",").rstrip())
    return apply_edits(text, [Edit(line, start + 1, row[start:end], "")])


def _split(text: str) -> tuple[str, list[str]]:
    """Returns the mark at the beginning, if there is one, and the lines with their ends between them."""
    mark = _MARK if text.startswith(_MARK) else ""
    return mark, _END.split(text[len(mark) :])
