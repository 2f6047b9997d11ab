"""What the editor's program knows: schemas as strict as the check where they can be, snippets, tasks."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator

from macros.calls.scanning import SYNTAX
from macros.catalog.ids import ids_schema, list_ids, write_ids
from macros.components.registry import MACROS
from macros.editor.reference import dictionary_of_kinds, reference_of_macros
from macros.editor.schemas import HEADER, SETTINGS, author_schemas
from macros.editor.snippets import create_snippets, fill_in
from macros.editor.workspace import check_files, find_stale, tie_folders, write_files
from macros.metadata.places import find_headings, name_folder
from macros.problems import Problem
from macros.schema import KINDS
from macros.site.loading import Site, load_site
from macros.text.document import read_document
from macros.text.header import read_markdown
from macros.tree import IDS, Tree
from tests.conftest import LISTS, ROOT, SPECIMENS

BROKEN = Tree(SPECIMENS / "broken")

# What the check refuses and no schema of one file can see, with what it would have to know.
BEYOND = {
    "data/catalog.yml": "which dates lie after the as-at date; links in running text",
    "data/deadline/month-start.yml": "that a due date cannot be counted from a month",
    "data/deadline/old-evidence.yml": "which of two dates is later",
    "data/deadline/passed.yml": "the as-at date",
    "data/instrument/framework.yml": "that two items have the same id",
    "data/measure/no-word-since.yml": "the as-at date",
    "data/measure/out-of-order.yml": "which of two dates is later",
    "data/provision/two.yml": "other files",
    "data/series/row-length.yml": "how long another list is",
    "data/series/row-total.yml": "sums",
    "data/series/row-year.yml": "words of a row that depend on another key",
    "data/source/late.yml": "the as-at date; what cites it",
    "data/source/text-again.yml": "what cites it",
    "data/source/text.yml": "the addresses of other sources",
    "data/source/uncited.yml": "what cites it",
    "data/term/alias-one.yml": "ids of other files",
    "data/term/alias-two.yml": "ids of other files",
    "data/term/british.yml": "how the site speaks",
    "docs/moved.md": "addresses of other pages",
    "docs/one.md": "other pages",
    "docs/prose-one.md": "what records hold",
}


SCHEMAS = author_schemas(LISTS)


@cache
def validators(root: Path, *, with_ids: bool) -> dict[str, list[Validator]]:
    """Returns what a file of each kind is checked against: its schema, and the ids of the tree."""
    ids = list_ids(Tree(root))
    return {
        name: [Draft202012Validator(one) for one in ([schema, ids_schema(schema, ids)] if with_ids else [schema])]
        for name, schema in SCHEMAS.items()
    }


def written(tree: Tree) -> Iterator[tuple[str, str, Any]]:
    """Yields the path, the kind and the value of every file that has a schema and is well-formed YAML."""
    for path in sorted(tree.data.rglob("*.yml")):
        kind = path.parent.name if path.parent != tree.data else path.stem
        document, problems = read_document(tree.shown(path), path.read_bytes())
        if kind in (*KINDS, SETTINGS) and not problems and document.value:
            yield tree.shown(path), kind, document.value
    for path in sorted(tree.docs.rglob("*.md")):
        file, problems = read_markdown(tree.shown(path), path.read_bytes())
        if not problems:
            yield tree.shown(path), HEADER, file.header.value


def refusals(root: Path, kind: str, value: Any, *, with_ids: bool = True) -> list[str]:
    return [
        f"{one.json_path}: {one.message}"
        for validator in validators(root, with_ids=with_ids)[kind]
        for one in validator.iter_errors(value)
    ]


@pytest.mark.parametrize("kind", [*KINDS, HEADER, SETTINGS])
def test_every_schema_is_one(kind: str) -> None:
    schema = SCHEMAS[kind]
    Draft202012Validator.check_schema(schema)
    Draft202012Validator.check_schema(ids_schema(schema, list_ids(BROKEN)))


def test_what_the_check_accepts_is_accepted() -> None:
    root = SPECIMENS / "small"
    assert [(path, refusals(root, kind, value)) for path, kind, value in written(Tree(root))] == [
        (path, []) for path, _, _ in written(Tree(root))
    ]


@pytest.mark.audit
def test_every_record_and_page_of_the_site_is_accepted() -> None:
    for path, kind, value in written(Tree(ROOT)):
        assert (path, refusals(ROOT, kind, value)) == (path, [])


def test_what_the_check_refuses_is_refused_as_far_as_a_schema_can() -> None:
    values = {path: (kind, value) for path, kind, value in written(BROKEN)}
    at_fault = {one.path for one in load_site(BROKEN).problems if _is_of_a_value(one)} & set(values)
    refused = {path for path in at_fault if refusals(BROKEN.root, *values[path])}
    assert at_fault - refused == set(BEYOND)
    assert {"data/term/types.yml", "data/term/weak.yml", "docs/ghost.md", "docs/spoken.md"} <= refused


def _is_of_a_value(problem: Problem) -> bool:
    """Whether a problem lies in a record or in the header of a page, not in the prose below it."""
    if not problem.path.endswith(".md"):
        return True
    lines = (BROKEN.root / problem.path).read_text(encoding="utf-8").split("\n")
    return lines[0] == "---" and problem.line <= lines.index("---", 1) if "---" in lines[1:] else False


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("term", "certainty", "certain"),
        ("term", "definiton", "x"),
        ("term", "used_in", ["provision/financing and more"]),
        ("term", "used_in", ["nokind/financing"]),
        ("term", "sources", []),
        ("event", "date", "2025-13"),
        ("event", "date", "28.10.2025"),
        ("event", "date", 25),
        ("deadline", "clock", {"starts": "x", "length": "half a year"}),
        ("source", "date", "unknown"),
        ("provision", "official_words", ["one two three four five six seven"]),
        ("implication", "provisions", []),
    ],
)
def test_a_schema_alone_refuses(kind: str, key: str, value: object) -> None:
    root = SPECIMENS / "small"
    good = next(one for _, of, one in written(Tree(root)) if of == kind)
    assert refusals(root, kind, good, with_ids=False) == []
    assert refusals(root, kind, {**good, "about": [], key: value} if kind == "implication" else {**good, key: value})


def test_ids_of_records_are_refused_when_no_file_has_them_and_earlier_ids_are_not(tmp_path: Path) -> None:
    tree = copy_of_small(tmp_path)
    term = tree.data / "term" / "wording.yml"
    term.write_text(term.read_text(encoding="utf-8") + "aliases: [old-wording]\n", encoding="utf-8")
    ids = list_ids(tree)
    assert {"wording", "old-wording"} <= set(ids["term"])
    schema = Draft202012Validator(ids_schema(SCHEMAS["term"], ids))
    assert schema.is_valid({"used_in": ["term/old-wording"], "sources": [{"id": "text"}]})
    assert not schema.is_valid({"used_in": ["term/no-wording"]})
    assert not schema.is_valid({"relations": [{"sources": [{"id": "texts"}]}]})


def copy_of_small(folder: Path) -> Tree:
    shutil.copytree(SPECIMENS / "small", folder / "tree", ignore=shutil.ignore_patterns(".cache", "site", "draft"))
    return Tree(folder / "tree")


def test_the_committed_files_are_fresh() -> None:
    assert list(check_files(Tree(ROOT))) == []


def test_a_new_record_makes_nothing_stale_and_its_id_is_known(tmp_path: Path) -> None:
    tree = copy_of_small(tmp_path)
    write_files(tree)
    write_ids(tree)
    path = tree.data / "source" / "letter.yml"
    shutil.copy(tree.data / "source" / "text.yml", path)
    write_ids(tree)
    assert list(find_stale(tree)) == []
    known = json.loads((tree.root / IDS / "term.json").read_text(encoding="utf-8"))
    assert "letter" in known["$defs"]["ids-source"]["enum"]


def test_nothing_is_stale_because_a_closed_list_cannot_be_read(tmp_path: Path) -> None:
    tree = copy_of_small(tmp_path)
    write_files(tree)
    path = next(iter(sorted(tree.lists)))
    whole = path.read_text(encoding="utf-8")
    path.write_text(f"{whole}\n- {{value: x}}\n", encoding="utf-8")
    assert list(find_stale(tree)) == []
    path.write_text(whole, encoding="utf-8")
    (tree.root / ".vscode" / "schemas" / "term.json").write_text("{}")
    assert [one.path for one in find_stale(tree)] == [".vscode/schemas/term.json"]


def test_what_is_stale_missing_or_left_over_is_named_and_mended(tmp_path: Path) -> None:
    tree = copy_of_small(tmp_path)
    write_files(tree)
    folder = tree.root / ".vscode"
    (folder / "schemas" / "term.json").write_text("{}")
    (folder / "schemas" / "source.json").unlink()
    (folder / "schemas" / "gone.json").write_text("{}")
    settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
    del settings["yaml.schemas"][".vscode/schemas/term.json"]
    (folder / "settings.json").write_text(json.dumps(settings | {"my.own": True}))
    problems = list(find_stale(tree))
    assert sorted(one.path for one in problems) == [
        ".vscode/schemas/gone.json",
        ".vscode/schemas/source.json",
        ".vscode/schemas/term.json",
        ".vscode/settings.json",
    ]
    assert all("make schemas" in one.hint for one in problems)
    write_files(tree)
    assert list(find_stale(tree)) == []
    assert json.loads((folder / "settings.json").read_text(encoding="utf-8"))["my.own"] is True
    (folder / "settings.json").write_text("{ // mine\n}")
    assert [one.path for one in find_stale(tree)] == [".vscode/settings.json"]


def test_every_record_has_a_schema_by_its_folder() -> None:
    for kind in KINDS:
        path = next((ROOT / "data" / kind).glob("*.yml")).relative_to(ROOT).as_posix()
        tied = [schema for schema, glob in tie_folders().items() if fnmatch(path, glob)]
        assert tied == [f".vscode/schemas/{kind}.json", f".cache/ids/{kind}.json"]


def test_every_macro_has_a_snippet_that_is_a_call_of_it() -> None:
    snippets = create_snippets()
    for name, macro in MACROS.items():
        body = "\n".join(snippets[name]["body"])
        call = re.sub(r"\\(.)", r"\1", re.sub(r"\$\{\d+:((?:\\.|[^}\\])*)\}|\$\d", r"\1", body)).strip()
        assert call == f"{{{{ {' '.join(macro.examples[0].split())} }}}}"
        SYNTAX.parse(call)


def test_a_snippet_has_a_place_for_each_value() -> None:
    assert fill_in("latest(3, lane='china')") == "latest(${1:3}, lane='${2:china}')"
    assert fill_in("f({'A $': ['b-2']})") == "f({'${1:A \\$}': ['${2:b-2}']\\})"


def test_the_task_finds_every_problem_in_what_the_check_prints() -> None:
    tasks = json.loads((ROOT / ".vscode" / "tasks.json").read_text(encoding="utf-8"))["tasks"]
    matcher = next(one for one in tasks if one["args"][-1] == "check")["problemMatcher"]["pattern"]
    printed = (SPECIMENS / "broken" / "expected.txt").read_text(encoding="utf-8").splitlines()
    matches = [match for line in printed if (match := re.match(matcher["regexp"], line))]
    places = ("file", "line", "column", "message")
    found = [tuple(match[matcher[place]] for place in places) for match in matches]
    problems = load_site(BROKEN).problems
    assert found == [(one.path, str(one.line), str(one.column), one.message) for one in problems]


PAGE = """
# One

{## # no heading
# nor this ##}
```
# nor this
```
## Two {#kept}
Three
-----
{{ facts() }}

#### Four
"""


def test_headings_are_found_where_they_are_written() -> None:
    assert list(find_headings(PAGE, 5)) == [(1, 6), (2, 13), (2, 14), (4, 18)]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("# One\n####### Seven\n", [(1, 1)]),
        ("```\n# no\n~~~\n# no\n```\n# Yes", [(1, 6)]),
        ("~~~\nno\n---\n~~~\n\nYes\n===\n", [(1, 6)]),
        ("One\n\n---\n\nTwo\n--- \n", [(2, 5)]),
        ("---\n# One", [(1, 2)]),
        ("```\nno\n```\n---\n", []),
        ("Two\n- -\n", []),
        ("{## a\nb ##}# no\n# One", [(1, 2), (1, 3)]),
    ],
)
def test_a_line_is_a_heading_by_what_stands_before_it(body: str, found: list[tuple[int, int]]) -> None:
    assert list(find_headings(body)) == found


def test_the_preview_names_the_folder_and_escapes_it() -> None:
    page = name_folder('<html><head lang="en"><title>x</title></head>', Path('/a"b'))
    assert page == '<html><head lang="en"><meta name="cm-folder" content="/a&#34;b"><title>x</title></head>'


def words(soup: Tag, wanted: str) -> list[str]:
    return [one.get_text() for one in soup.select(wanted)]


def test_the_dictionary_has_every_kind_key_and_choice() -> None:
    page = dictionary_of_kinds(LISTS)
    for kind, model in KINDS.items():
        section = page[page.index(f'<section id="{kind}">') :].partition("</section>")[0]
        assert [name for name in model.model_fields if f"<code>{name}</code>" not in section] == []
    assert "<code>not-verified</code> not verified: we could not check it" in page
    kinds = {str(one["id"]): one for one in BeautifulSoup(page, "lxml").find_all("section")}
    keys = {
        kind: {words(row, "code")[0]: words(row, ".cm-note") for row in one.select(".cm-row")}
        for kind, one in kinds.items()
    }
    assert list(keys["deadline"])[:6] == ["title", "provisions", "what", "certainty", "sources", "clock"]
    assert keys["deadline"]["title"] == ["needed", "text"]
    assert keys["deadline"]["provisions"] == ["needed", "a list; each is the id of a record"]
    assert keys["deadline"]["certainty"] == ["needed", "a choice"]
    assert keys["deadline"]["sources"] == ["needed", "a list; each is a group of keys: Citation"]
    assert keys["deadline"]["clock"] == ["a group of keys: Clock"]
    assert keys["deadline"]["also"] == ["a list; each is text"]
    assert keys["figure"]["amount"] == ["needed", "a number"]
    assert keys["figure"]["as_of"] == ["needed", "a date"]


def test_the_reference_shows_what_a_macro_prints(small: Site) -> None:
    page = reference_of_macros(small)
    assert [name for name in MACROS if f'id="macro-{name}"' not in page] == []
    assert "<code>{{ as_at() }}</code>" in page
    assert str(small.catalog.as_at) in page
    assert "Not shown here: no record" in page  # the examples are the real site's
