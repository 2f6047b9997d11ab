"""The layouts of record pages: files of headings and macro calls under overrides/layouts/, read as a page is.

`<kind>.md` is that of the kind, `record.md` that of every other. What stands before the first heading follows a page's
first sentences; each heading after it has one call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from macros.calls.scan import Call, Scan, scan_again
from macros.catalog.catalog import Catalog
from macros.components.page_context import PageContext
from macros.components.registry import key_of
from macros.pages.layouts import ANY_KIND, Layout, Part
from macros.pages.page import Page
from macros.problems import Problem, suggest
from macros.schema import KINDS
from macros.text.files import walk_folder
from macros.text.header import MarkdownFile
from macros.text.memory import Memory
from macros.text.positions import Document
from macros.text.text import decode_text
from macros.tree import LAYOUTS

# Every record's own page has its connections with its history, and ends with its sources and the as-at date.
DEMANDED = ("related", "sources")
_HEADING = re.compile(r"\s*##[ ]+(?P<words>\S[^\n]*?)\s*")


def load_layouts(
    catalog: Catalog, folder: Path = LAYOUTS, *, memory: Memory | None = None
) -> tuple[dict[str, Layout], list[Problem]]:
    """Returns the layouts in a folder by the names of their files, and what is wrong with them."""
    layouts: dict[str, Layout] = {}
    problems: list[Problem] = []
    for path in walk_folder(folder):
        shown = path.relative_to(folder.parent.parent).as_posix()
        layout, found = _read_layout(catalog, path, shown, memory or Memory())
        problems += found
        layouts[path.stem] = layout
        if path.stem not in (*KINDS, ANY_KIND) or path.suffix != ".md":
            hint = suggest(path.stem, (*KINDS, ANY_KIND), what="kinds") if path.suffix == ".md" else "name it <kind>.md"
            problems.append(Problem(shown, 1, 1, f"no kind of record '{path.name.removesuffix('.md')}'", hint))
    if ANY_KIND not in layouts:
        shown = (folder / f"{ANY_KIND}.md").relative_to(folder.parent.parent).as_posix()
        message = "the layout of records without one of their kind is missing"
        problems.append(Problem(shown, 1, 1, message, "take the file back"))
    return layouts, problems


def _read_layout(catalog: Catalog, path: Path, shown: str, memory: Memory) -> tuple[Layout, list[Problem]]:
    text, problems = decode_text(shown, path.read_bytes())
    if text is None or problems:
        return Layout(shown, broken=True), problems
    page = Page(shown, MarkdownFile(shown, Document(shown, {}, text), text, 1), None)
    scan = scan_again(page, catalog, memory)
    scan = replace(scan, problems=[*scan.problems])  # what was kept stays as it is
    layout = Layout(shown)
    if not scan.problems:
        layout = _take_parts(scan)
        scan.problems += _check_layout(scan, layout)
    return replace(layout, broken=bool(scan.problems)), scan.problems


def _take_parts(scan: Scan) -> Layout:
    """Returns the layout that a file's headings and calls make; what is neither is a problem of the scan."""
    parts: tuple[list[Part], list[Part]] = ([], [])
    heading = ""
    line = 1
    for piece in scan.parts:
        if isinstance(piece, Call):
            if parts[1] and not heading:
                scan.add((piece.line, piece.column), "a second call below a heading", "give it a heading of its own")
            parts[1 if heading or parts[1] else 0].append(_name_part(piece, heading))
            heading = ""
            line = piece.line
        elif match := _HEADING.fullmatch(piece):
            heading = match["words"]
        elif piece.strip():
            hint = "a layout has headings (## Sources) with one macro call below each, and calls before the first"
            scan.add((line, 1), f"'{piece.strip().splitlines()[0]}' cannot be in a layout", hint)
    if heading:
        scan.add((line, 1), f"nothing is below '{heading}'", "write a macro call there, or delete the heading")
    return Layout(scan.page.file.path, tuple(parts[0]), tuple(parts[1]))


def _name_part(call: Call, heading: str) -> Part:
    values = call.bound
    words = [value for value in values.values() if isinstance(value, str)]
    return Part(words[0] if words else call.macro.name, heading, call.macro.name, values)


def _check_layout(scan: Scan, layout: Layout) -> Iterator[Problem]:
    names = [part.name for part in layout.parts]
    path = scan.page.file.path
    end = scan.page.file.body.rstrip().count("\n") + 1
    for name in DEMANDED:
        if name not in names:
            hint = f"add a heading and a line: {{{{ {name}() }}}}"
            yield Problem(path, end, 1, f"{name}() is missing: every record's own page has it", hint)
    for call, name in zip(scan.calls, names, strict=True):
        if names.index(name) < [one.line for one in scan.calls].index(call.line):
            yield Problem(path, call.line, call.column, f"a second part '{name}'", "keep one of the two")
        if call.macro.inline or call.macro.composed:
            hint = "a part is a macro that stands on a line of its own: {{ meaning() }}"
            yield Problem(path, call.line, call.column, f"{call.macro.name}() is no part of a layout", hint)
    if "sources" in names[:-1]:
        yield Problem(path, end, 1, "sources() is not the last part", "move it, with its heading, to the end")


def find_written(scan: Scan, view: PageContext) -> Iterator[tuple[Call, str]]:
    """Yields each call of a record's own page that writes what its layout has, and the call to write instead."""
    own = view.catalog.aliases.get(view.page.record, view.page.record) if view.page.record else ""
    if own not in view.catalog.records:
        return
    layout = view.layout
    for call in scan.calls:
        parts = [part for part in layout.parts if part.macro == call.macro.name]
        values, elsewhere = _leave_out(call, own, view.catalog) if parts else ({}, False)
        for part in parts:
            if not elsewhere and (part.name in DEMANDED or values == part.values):
                instead = "ending()" if part.name in DEMANDED else f"part('{part.name}')"
                yield call, "opening()" if part in layout.opening else instead


def _leave_out(call: Call, own: str, catalog: Catalog) -> tuple[dict[str, object], bool]:
    """Returns the values of a call without those that name the page's own record, and whether one names another."""
    values = dict(call.bound)
    for name, kind in call.macro.references.items():
        key = key_of(kind, written) if isinstance(written := values.get(name), str) else ""
        if catalog.aliases.get(key, key) == own:
            del values[name]
    return values, any(values.get(name) is not None for name in call.macro.references)
