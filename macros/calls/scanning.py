"""What a page's macro calls say, read from the page: every name, argument and record named, with its place.

A page holds macro calls with plain values and nothing else of Jinja: no statements, no filters, no expressions. So a
call can be read without running it, run without the builder, and its place in the file is known exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes

from macros.calls.scan import Call, Scan
from macros.catalog.catalog import Catalog, UnknownRecordError
from macros.components.registry import MACROS, key_of
from macros.pages.page import Page
from macros.problems import suggest

# The page syntax; mkdocs.yml sets the same comment marks, because {# begins an anchor in Markdown.
COMMENT_START, COMMENT_END = "{##", "##}"
SYNTAX = Environment(comment_start_string=COMMENT_START, comment_end_string=COMMENT_END, autoescape=True)
_PLAIN = "write the value itself: words in quotes, a number, true, false or a list of these; nothing is computed"
_ALONE = re.compile(r"\{\{.*\}\}\s*|\{\{[^}]*")
_DEEP = re.compile(r"(?:[(\[{]\s*){12}|[0-9]{300}|\{\{")


def scan_page(page: Page, catalog: Catalog) -> Scan:
    """Returns the page's macro calls and everything wrong with them that can be seen without running them."""
    scan = Scan(page)
    try:
        tree = SYNTAX.parse(page.file.body)
    except TemplateSyntaxError as error:
        hint = "a macro is {{ name('record') }}: check braces, brackets and quotes"
        scan.add(scan.place(error.lineno, ""), f"a macro cannot be read: {error.message}", hint)
        return scan
    except (RecursionError, ValueError, OverflowError):
        deep = _DEEP.search(page.file.body)
        line = page.file.body.count("\n", 0, deep.start()) + 1 if deep else 1
        message = "a macro cannot be read: it is nested too deep, or holds a number that is too long"
        scan.add(scan.place(line, ""), message, "write it shorter: {{ link('provision/financing') }}")
        return scan
    for node in _outputs(tree):
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
            try:
                _scan_call(scan, catalog, node, node.node.name)
            except (ArithmeticError, MemoryError, RecursionError, TypeError, ValueError):
                place = scan.place(node.lineno, node.node.name)
                scan.add(place, f"{node.node.name}: a value that is not plain", "write words in quotes, or a number")
        elif not isinstance(node, nodes.TemplateData):
            _refuse(scan, node)
    if not scan.problems:
        scan.parts = list(_split(page.file.body, scan.calls))
    return scan


def _split(body: str, calls: list[Call]) -> Iterator[str | Call]:
    """Yields the text of a page and the calls within it, in order."""
    following = iter(calls)
    for _, kind, text in SYNTAX.lex(body):
        if kind == "data":
            yield text
        elif kind == "variable_begin":
            yield next(following)


def _outputs(tree: nodes.Template) -> Iterator[nodes.Node]:
    for node in tree.body:
        if isinstance(node, nodes.Output):
            yield from node.nodes
        else:
            yield node


def _refuse(scan: Scan, node: nodes.Node) -> None:
    if isinstance(node, nodes.Name):
        message, hint = f"no macro '{node.name}'", suggest(node.name, MACROS, what="macros")
        scan.add(scan.place(node.lineno, node.name), message, hint)
    else:
        hint = "only macro calls with plain values may stand on a page: {{ link('provision/financing') }}"
        scan.add(scan.place(node.lineno, ""), "this is not a macro call", hint)


def _scan_call(scan: Scan, catalog: Catalog, node: nodes.Call, name: str) -> None:
    place = scan.place(node.lineno, name)
    macro = MACROS.get(name)
    if macro is None:
        scan.add(place, f"no macro '{name}'", suggest(name, MACROS, what="macros"))
        return
    try:
        arguments, named = _read_values(node)
    except _NotPlainError:
        scan.add(place, f"{name}: a value that is not plain", _PLAIN)
        return
    call = Call(macro, arguments, named, *place)
    try:
        bound = call.bound
    except TypeError as error:
        scan.add(place, f"{name}: {error}", f"write {macro.usage}")
        return
    if misfit := macro.find_misfit(arguments, named):
        scan.add(place, f"{name}: {misfit}", f"write {macro.usage}")
        return
    if not macro.inline and not _ALONE.fullmatch(scan.lines[node.lineno - 1]):
        hint = "give it a line to itself, beginning at the margin, with an empty line before and after"
        scan.add(place, f"{name} stands within other text", hint)
    faults = len(scan.problems)
    lines = {one.value: one.lineno for one in node.find_all(nodes.Const) if isinstance(one.value, str)}
    for parameter, kind in macro.references.items():
        written = bound.get(parameter)
        if isinstance(written, str):
            _check_reference(scan, catalog, kind, written, lines.get(written, node.lineno))
    if len(scan.problems) == faults:
        scan.calls.append(call)


def _read_values(node: nodes.Call) -> tuple[tuple[object, ...], dict[str, object]]:
    """Returns the arguments of a call as they are written. Raises _NotPlainError."""
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        raise _NotPlainError
    return tuple(map(_read_value, node.args)), {one.key: _read_value(one.value) for one in node.kwargs}


def _read_value(node: nodes.Node) -> object:
    """Returns words, a number, true, false or none, a list or groups of these. Nothing is computed: it might not end.

    Raises _NotPlainError.
    """
    if isinstance(node, nodes.Const):
        return node.value
    if isinstance(node, nodes.List):
        return [_read_value(one) for one in node.items]
    if isinstance(node, nodes.Tuple):
        return tuple(_read_value(one) for one in node.items)
    if isinstance(node, nodes.Dict) and all(isinstance(one.key, nodes.Const) for one in node.items):
        return {one.key.value: _read_value(one.value) for one in node.items if isinstance(one.key, nodes.Const)}
    if isinstance(node, nodes.Neg) and isinstance(node.node, nodes.Const) and type(node.node.value) in (int, float):
        return -node.node.value
    raise _NotPlainError


class _NotPlainError(Exception):
    """A value of a call is not written out."""


def _check_reference(scan: Scan, catalog: Catalog, kind: str, written: str, line: int) -> None:
    key = key_of(kind, written)
    scan.mentions.append(key)
    try:
        catalog.resolve(key)
    except UnknownRecordError as error:
        if not error.broken:
            what = f"no record '{written}'" if kind == "*" else f"no {kind} '{written}'"
            scan.add(scan.place(line, written), what, error.hint, key)
