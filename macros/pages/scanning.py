"""What a page's macro calls say, read from the page without running them: every name, argument and record named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from jinja2 import TemplateSyntaxError, meta, nodes
from jinja2.sandbox import SandboxedEnvironment

from macros.catalog.catalog import Catalog, UnknownRecordError
from macros.pages.page import Page
from macros.problems import Problem, suggest
from macros.writing.registry import MACROS, Macro, key_of

# The page syntax; mkdocs.yml sets the same comment marks, because {# begins an anchor in Markdown.
COMMENT_START, COMMENT_END = "{##", "##}"


@dataclass(frozen=True)
class Mention:
    """A record named by a macro call on a page, by its key as written."""

    key: str
    line: int
    column: int


@dataclass(frozen=True)
class Listing:
    """A call of `entries`: the kind and the conditions, and where the call stands in the file."""

    kind: str
    where: dict[str, object]
    line: int
    column: int


@dataclass
class Scan:
    """What was found on one page. `tree` is None when the page cannot be parsed."""

    tree: nodes.Template | None
    mentions: list[Mention]
    problems: list[Problem]
    unknown: set[str] = field(default_factory=set)
    listings: list[Listing] = field(default_factory=list)


def page_environment(**options: Any) -> SandboxedEnvironment:
    """Returns a Jinja environment with the syntax of pages; it refuses what a page has no business to reach for."""
    return SandboxedEnvironment(
        comment_start_string=COMMENT_START, comment_end_string=COMMENT_END, keep_trailing_newline=True, **options
    )


def scan_page(page: Page, catalog: Catalog) -> Scan:
    """Returns the page's macro calls and everything wrong with them that can be seen without running them."""
    scan = Scan(None, [], [])
    source = page.file.body
    try:
        scan.tree = page_environment().parse(source)
    except TemplateSyntaxError as error:
        line = error.lineno + page.file.body_line - 1
        hint = "a macro is {{ name('record') }}: check braces, brackets and quotes"
        scan.problems.append(Problem(page.file.path, line, 1, f"a macro cannot be read: {error.message}", hint))
        return scan
    lines = source.split("\n")
    scan.unknown = meta.find_undeclared_variables(scan.tree) - set(MACROS)
    scan.problems += _unknown_names(page, scan.tree, scan.unknown, lines)
    for call in scan.tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in MACROS:
            _scan_call(page, catalog, call, MACROS[call.node.name], scan)
    return scan


def _unknown_names(page: Page, tree: nodes.Template, unknown: set[str], lines: list[str]) -> Iterator[Problem]:
    for node in tree.find_all(nodes.Name):
        if node.ctx == "load" and node.name in unknown:
            line, column = _locate(page, lines, node.lineno, node.name)
            message = f"no macro '{node.name}'"
            yield Problem(page.file.path, line, column, message, suggest(node.name, MACROS, what="macros"))


def _scan_call(page: Page, catalog: Catalog, call: nodes.Call, macro: Macro, scan: Scan) -> None:
    lines = page.file.body.split("\n")
    line, column = _locate(page, lines, call.lineno, macro.name)
    positional = list(call.args)
    named = {keyword.key: keyword.value for keyword in call.kwargs}
    try:
        bound = macro.signature.bind(*positional, **named).arguments
    except TypeError as error:
        scan.problems.append(Problem(page.file.path, line, column, f"{macro.name}: {error}", f"write {macro.usage}"))
        return
    if not macro.inline and not re.fullmatch(r"\{\{.*\}\}\s*|\{\{[^}]*", lines[call.lineno - 1]):
        hint = "give it a line to itself, beginning at the margin, with an empty line before and after"
        scan.problems.append(Problem(page.file.path, line, column, f"{macro.name} stands within other text", hint))
    if macro.name == "entries" and all(isinstance(node, nodes.Const) for node in (*positional, *named.values())):
        values = {name: node.value for name, node in named.items() if name != "kind"}  # type: ignore[attr-defined]
        kind_node = bound["kind"]
        scan.listings.append(Listing(str(kind_node.value), values, line, column))
    for name, kind in macro.references.items():
        node = bound.get(name)
        if not isinstance(node, nodes.Const) or not isinstance(node.value, str):
            continue
        place = _locate(page, lines, node.lineno, node.value)
        key = key_of(kind, node.value)
        scan.mentions.append(Mention(key, *place))
        try:
            catalog.resolve(key)
        except UnknownRecordError as error:
            if not error.broken:
                what = f"no record '{node.value}'" if kind == "*" else f"no {kind} '{node.value}'"
                scan.problems.append(Problem(page.file.path, *place, what, error.hint))


def _locate(page: Page, lines: list[str], line: int, word: str) -> tuple[int, int]:
    """Returns the place in the file of a word on a line of the body; column 1 when it is not on that line."""
    text = lines[line - 1] if line <= len(lines) else ""
    match = re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) if word else None
    return line + page.file.body_line - 1, match.start() + 1 if match else 1
