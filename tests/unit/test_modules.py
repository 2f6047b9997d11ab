"""What holds for every module of the package, beside its floor: how small it may be, and how it asks for records."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.conftest import ROOT

MODULES = sorted((ROOT / "macros").rglob("*.py"))
LEAST = 30
# A contract, which others look for by its place: a floor of its own.
SMALL = {"macros/locking.py"}
# Records are selected by their class in Python; by the name of their kind in pages and templates, and where a kind is
# what a function is given.
SELECTING = {"of_kind", "referrers", "select"}
# Where `Any` may stand, and what has no types there.
UNTYPED = {
    "admin/forms.py": "forms of the content manager, which are JSON",
    "admin/merging.py": "values of YAML and of JSON, compared at any depth",
    "admin/serving.py": "requests of the content manager, which are JSON",
    "brief/typesetting.py": "keyword arguments of Typst",
    "builder/anchors.py": "Markdown's registry of processors",
    "builder/registering.py": "the environment of mkdocs-macros, and the metadata of a page",
    "builder/rendering.py": "the context of MkDocs' templates",
    "builder/stashing.py": "Markdown's registry of processors",
    "builder/wrapping.py": "MkDocs' table of contents",
    "calls/checking.py": "the mappings of a catalog, each with values of its own",
    "catalog/catalog.py": "as above",
    "catalog/ids.py": "JSON Schema",
    "catalog/references.py": "values of any field, by whose mark they are known",
    "catalog/rules.py": "the mappings of a catalog, each with values of its own",
    "changes/wording.py": "values of any field",
    "charts/drawing.py": "a description for Vega",
    "charts/marks.py": "descriptions for Vega, read in part and given on",
    "commands/arguments.py": "keyword arguments of argparse",
    "components/citing.py": "the parts of a page: calls are known on a floor above",
    "components/listing.py": "the values of a call",
    "components/registry.py": "annotations as they stand in a function, and the values of a call",
    "components/tables.py": "the values of a call",
    "configuration/config.py": "mkdocs.yml, which holds whatever MkDocs takes",
    "configuration/publisher.py": "`extra` of mkdocs.yml",
    "editions/assembling.py": "what the frame's templates are told, and MkDocs' table of contents",
    "editions/neighbors.py": "what the frame's templates are told",
    "editor/reference.py": "JSON Schema",
    "editor/schemas.py": "the core schemas of pydantic",
    "editor/workspace.py": "the settings of Visual Studio Code",
    "exports/index.py": "JSON",
    "exports/records.py": "JSON",
    "exports/schemas.py": "JSON Schema",
    "exports/upgrades.py": "records of any older form, as JSON",
    "exports/vocabularies.py": "JSON",
    "history/restoring.py": "what an edition stores, as JSON",
    "history/rows.py": "rows of exported JSON",
    "links/checking.py": "elements of lxml, whose stubs are wrong about texts and lines",
    "links/machines.py": "elements of lxml, as above",
    "links/reading.py": "elements of lxml, as above",
    "metadata/heading.py": "the metadata of a page, as MkDocs has it",
    "metadata/location.py": "what the builder's configuration says of an edition",
    "metadata/nodes.py": "JSON-LD",
    "pages/layouts.py": "the values of a call",
    "pages/navigation.py": "the navigation before it is checked",
    "pages/page.py": "the parts of a page: calls are known on a floor above",
    "site/output.py": "what an edition stores of an output, as JSON",
    "site/release.py": "mkdocs.yml, and the fields of a release by name",
    "store/edition.py": "JSON",
    "store/stored.py": "a page's head, as JSON",
    "style/measuring.py": "elements of lxml, as above",
    "text/document.py": "PyYAML's events and values",
    "text/positions.py": "the value of a YAML file",
    "text/memory.py": "what anything was made of, compared and never read",
}


@cache
def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes())


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_module_is_so_small_that_it_belongs_to_another() -> None:
    small = {
        name_of(path)
        for path in MODULES
        if path.name != "__init__.py"
        and path.parent.name != "commands"  # a verb each
        and len(path.read_text(encoding="utf-8").splitlines()) < LEAST
    }
    assert small == SMALL


def named_kinds(tree: ast.Module) -> Iterator[int]:
    """Yields the lines on which records are selected by the name of a kind that stands in the code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = 1 if called == "referrers" or isinstance(node.func, ast.Name) else 0
            if called in SELECTING and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                yield node.lineno


def test_records_are_selected_by_their_class() -> None:
    found = {name_of(path): list(named_kinds(parse(path))) for path in MODULES}
    assert [one for one, lines in found.items() if lines] == ["macros/brief/figures.py"]


def test_a_kind_named_in_the_code_is_found() -> None:
    said = 'catalog.of_kind("deadline")\nselect(view, "figure", {})\ncatalog.referrers(key, "event")\n'
    assert list(named_kinds(ast.parse(said))) == [1, 2, 3]
    assert (
        list(
            named_kinds(
                ast.parse("catalog.of_kind(kind)\ncatalog.all(Deadline)\ncatalog.referrers('event/fair', kind)\n")
            )
        )
        == []
    )


def test_any_stands_only_at_borders_to_what_has_no_types() -> None:
    found = {
        path.relative_to(ROOT / "macros").as_posix()
        for path in MODULES
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Name) and node.id == "Any"
    }
    assert found == UNTYPED.keys()


def test_components_are_rendered_by_the_view_of_their_page() -> None:
    """What is rendered without a view is no page of the tree: tools for editors, old addresses, a chart on paper."""
    alone = {"editor/reference.py", "exports/moved.py", "brief/figures.py"}
    found = {
        path.relative_to(ROOT / "macros").as_posix()
        for path in MODULES
        for node in ast.walk(parse(path))
        if isinstance(node, ast.ImportFrom) and node.module == "macros.components.templates"
        if {"render", "piece"} & {one.name for one in node.names}
    }
    assert found == {"components/page_context.py", *alone}
