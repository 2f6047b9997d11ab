"""The dictionary of kinds and the reference of macros, from classes and docstrings; shown in the preview alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from macros.catalog.catalog import SelectionError, UnknownRecordError
from macros.components.page_context import PageContext
from macros.components.registry import MACROS, Macro, MacroError
from macros.components.templates import render
from macros.editor.schemas import author_schemas
from macros.pages.page import Page, PageHeader
from macros.schema import KINDS
from macros.schema.choices import Vocabularies
from macros.site.loading import Site
from macros.text.header import read_markdown

if TYPE_CHECKING:
    from macros.history.history import History

MACROS_AT, KINDS_AT = "reference-of-macros/", "dictionary-of-kinds/"
# A result with more letters than these is left out: it is a page of its own.
_LONG = 20_000


@dataclass(frozen=True)
class Example:
    """A call as an author writes it, and what it prints; `why` says why nothing is shown."""

    written: str
    shown: str = ""
    why: str = ""


@dataclass(frozen=True)
class Key:
    """A key of a record or of a part: its name, whether it must be there, what it holds, and its choices."""

    name: str
    needed: bool
    holds: str
    about: str
    choices: dict[str, str] = field(default_factory=dict)
    part: str = ""


def reference_of_macros(site: Site, history: History | None = None, *, assets: str = "../") -> str:
    """Returns a whole page in HTML: each macro with its docstring, how it is called, and what its examples print.

    `assets` is the way from the page to the folder in which `assets/` is.
    """
    macros = sorted(MACROS.values(), key=lambda one: (not one.inline, one.name))
    examples = {one.name: [_run(one, call, site, history) for call in one.examples] for one in macros}
    return render("reference_macros", macros=macros, examples=examples, assets=assets, title="Reference of macros")


def dictionary_of_kinds(vocabularies: Vocabularies, *, assets: str = "../") -> str:
    """Returns a whole page in HTML: each kind of record, a page's header and the settings, with keys and choices."""
    schemas = author_schemas(vocabularies)
    names = {name: KINDS[name].plural if name in KINDS else name.replace("-", " ") for name in schemas}
    kinds = [(name, names[name], schema["description"], list(_parts(schema))) for name, schema in schemas.items()]
    return render("reference_kinds", kinds=kinds, assets=assets, title="Dictionary of kinds")


def _run(macro: Macro, call: str, site: Site, history: History | None) -> Example:
    """Returns what a call prints on a page without a record, or else on the first record's page that takes it."""
    written = f"{{{{ {' '.join(call.split())} }}}}"
    node = ast.parse(" ".join(call.split()), mode="eval").body
    if not isinstance(node, ast.Call):
        return Example(written, why="not a call")
    arguments = [ast.literal_eval(one) for one in node.args]
    named = {str(one.arg): ast.literal_eval(one.value) for one in node.keywords}
    why = ""
    for page in _stand_ins(site):
        try:
            view = PageContext(site.catalog, site.pages, page, history=history)
            if macro.name == "ending":  # a page has its beginning before it
                view.written += [one.name for one in view.layout.opening]
            shown = view.call(macro, *arguments, **named)
        except (MacroError, UnknownRecordError, SelectionError) as error:
            why = why or str(error)
            continue
        if len(shown) > _LONG:
            return Example(written, why=f"It prints {len(shown) // 1000:,} thousand letters, too many to show here.")
        return Example(written, shown.strip(), "" if shown.strip() else "It prints nothing here.")
    return Example(written, why=f"Not shown here: {why}.")


def _stand_ins(site: Site) -> Iterator[Page]:
    """Yields pages at the address of the reference: about no record, then about a record of each kind."""
    file, _ = read_markdown("reference", b"---\n---\n")
    firsts = [None, *(found[0].key for kind in KINDS if (found := site.catalog.of_kind(kind)))]
    for key in firsts:
        header = PageHeader(title="Reference of macros", description="What each macro prints.", record=key)
        yield Page(f"{MACROS_AT.rstrip('/')}.md", file, header)


def _parts(schema: dict[str, Any]) -> Iterator[tuple[str, str, list[Key]]]:
    """Yields name, description and keys of a record, then of each part inside it."""
    definitions = schema.get("$defs", {})
    yield "", "", list(_keys(schema, definitions))
    for name, part in definitions.items():
        if "properties" in part:
            yield name, part.get("description", ""), list(_keys(part, definitions))


def _keys(schema: dict[str, Any], definitions: dict[str, Any]) -> Iterator[Key]:
    needed = schema.get("required", [])
    for name, written in sorted(schema["properties"].items(), key=lambda item: item[0] not in needed):
        inner = written.get("items", written)
        part = str(inner.get("$ref", "")).rpartition("/")[2]
        target = definitions.get(part, inner)
        choices = dict(zip(target.get("enum", []), target.get("enumDescriptions", []), strict=False))
        holds = _say(inner, target, several="items" in written)
        about = written.get("description") or target.get("description", "")
        yield Key(name, name in needed, holds, about, choices, part if "properties" in target else "")


def _say(written: dict[str, Any], target: dict[str, Any], *, several: bool) -> str:
    """Returns in a word or two what a key holds."""
    what = "a group of keys" if "properties" in target else "a choice" if "enum" in target else ""
    what = what or ("the id of a record" if "x-names" in written else _TYPES.get(str(written.get("type")), "text"))
    return f"a list; each is {what}" if several else what


_TYPES = {
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "['string', 'integer']": "a date",
}
