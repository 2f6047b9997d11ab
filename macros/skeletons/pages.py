"""The text with which a page begins, and the line that puts it into the navigation."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path as PathOnDisk
from string import Template

from macros.renames.edits import insert_line, lines_of
from macros.text.document import read_document
from macros.text.positions import Path

_TEXT = PathOnDisk(__file__).with_name("page.md")
# What a page has beside its text; on a record's own the layout of its kind says what is in them.
_END, _OWN, _OWN_END = "## Sources\n\n{{ sources() }}", "{{ opening() }}\n\n", "{{ ending() }}"
_PLAIN = re.compile(r"[A-Za-z][\w ,.()-]*")


def create_page(title: str, record: str = "") -> str:
    """Returns the text of a page to be written; `record` is that of which it is the own page."""
    written = title if _PLAIN.fullmatch(title) else json.dumps(title, ensure_ascii=False)
    text = Template(_TEXT.read_text(encoding="utf-8"))
    header, body, end = (f"record: {record}\n", _OWN, _OWN_END) if record else ("", "", _END)
    return text.substitute(title=written, header=header, body=body, end=end)


def add_to_navigation(config: str, source: str) -> tuple[str, int]:
    """Returns the text of mkdocs.yml with the page in its navigation, and the number of the new line.

    It comes after the last page with the longest part of its folder in common.
    """
    document, _ = read_document("mkdocs.yml", config.encode())
    rows = [(document.places[path][0], value) for path, value in _pages(document.value.get("nav"), ("nav",))]
    folders = source.split("/")[:-1]
    line = max(rows, key=lambda row: (_shared(row[1].split("/")[:-1], folders), row[0]), default=(0, ""))[0]
    if not line:
        line = len(lines_of(config.rstrip()))
        return insert_line(config, line + 1, f"  - {source}"), line + 1
    before = lines_of(config)[line - 1]
    indent = before[: len(before) - len(before.lstrip())]
    return insert_line(config, line + 1, f"{indent}- {source}"), line + 1


def _pages(nav: object, path: Path) -> Iterator[tuple[Path, str]]:
    """Yields the pages of a navigation, each with its place in the file's value."""
    if isinstance(nav, str):
        yield path, nav
    parts = nav.items() if isinstance(nav, dict) else enumerate(nav) if isinstance(nav, list) else ()
    for name, part in parts:
        yield from _pages(part, (*path, name))


def _shared(one: list[str], other: list[str]) -> tuple[int, int]:
    """Returns how many folders two paths have in common; then the shorter one is the greater."""
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return count, -len(one)
