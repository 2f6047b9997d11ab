"""What the editor's program knows: schemas as strict as the check where they can be, snippets, tasks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from jsonschema_rs import Draft202012Validator, meta

from macros.calls.scanning import SYNTAX
from macros.catalog.ids import ids_schema, list_ids
from macros.components.page_context import PageContext
from macros.components.registry import MACROS
from macros.editor import reference
from macros.editor.reference import dictionary_of_kinds, reference_of_macros
from macros.editor.schemas import HEADER, SETTINGS, author_schemas
from macros.editor.snippets import create_snippets, fill_in
from macros.metadata.places import find_headings, name_folder
from macros.problems import Problem
from macros.schema import KINDS
from macros.site.loading import Site, load_site
from macros.text.document import read_document
from macros.text.header import read_markdown
from macros.tree import Tree
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
def validators(root: Path, *, with_ids: bool) -> dict[str, list[Draft202012Validator]]:
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
        f"{one.instance_path}: {one.message}"
        for validator in validators(root, with_ids=with_ids)[kind]
        for one in validator.iter_errors(value)
    ]


@pytest.mark.parametrize("kind", [*KINDS, HEADER, SETTINGS])
def test_every_schema_is_one(kind: str) -> None:
    schema = SCHEMAS[kind]
    meta.validate(schema)
    meta.validate(ids_schema(schema, list_ids(BROKEN)))


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


def test_what_is_chosen_from_or_has_a_form_says_so_wherever_it_stands() -> None:
    schemas = author_schemas(LISTS)
    pattern = next(one for one in schemas["source"]["properties"]["date"]["anyOf"] if "pattern" in one)
    assert pattern["patternErrorMessage"] == "write 2025-10-28, 2025-10 or 2025"
    assert schemas["term"]["properties"]["title"]["patternErrorMessage"] == "write it on one line"
    named = schemas["term"]["properties"]["used_in"]["items"]
    assert named["patternErrorMessage"] == "write kind/id: provision/financing"
    parent = schemas["provision"]["properties"]["parent"]
    assert [bool(re.match(one["pattern"], "term/a-b")) for one in (named, parent)] == [True, False]
    assert [bool(re.match(one["pattern"], "a-b")) for one in (named, parent)] == [False, True]
    assert parent["description"].endswith("The id of a file in data/provision/.")
    assert schemas["provision"]["properties"]["parent"]["patternErrorMessage"] == (
        "write the id alone, as the file in data/provision/ is called"
    )
    definition = schemas["term"]["properties"]["definition"]
    assert definition["description"] == "[[kind/id]] and [[kind/id|words]] become links."
    assert (
        schemas["implication"]["properties"]["audiences"]["items"]["description"]
        == "The id of a file in data/audience/."
    )
    assert named["description"] == "Another record, as kind/id: provision/financing."
    choices = schemas["term"]["$defs"]["Certainty"]
    assert choices["enum"][0] == "verified"
    assert choices["enumDescriptions"][0] == "verified: we read it in a primary text"


def test_a_key_has_a_default_only_where_something_is_said_by_leaving_it_out() -> None:
    schemas = author_schemas(LISTS)
    text = json.dumps(schemas)
    assert '"default": []' not in text
    assert '"default": null' not in text
    assert schemas["series"]["properties"]["parts_make_total"]["default"] is False


def test_every_macro_has_a_snippet_that_is_a_call_of_it() -> None:
    snippets = create_snippets()
    for name, macro in MACROS.items():
        body = "\n".join(snippets[name]["body"])
        call = re.sub(r"\\(.)", r"\1", re.sub(r"\$\{\d+:((?:\\.|[^}\\])*)\}|\$\d", r"\1", body)).strip()
        assert call == f"{{{{ {' '.join(macro.examples[0].split())} }}}}"
        SYNTAX.parse(call)


def test_a_block_has_an_empty_line_after_it_and_a_call_in_a_sentence_has_none() -> None:
    snippets = create_snippets()
    assert snippets["as_at"]["body"] == ["{{ as_at() \\}\\}$0"]
    assert snippets["clocks"]["body"] == ["{{ clocks() \\}\\}", "", "$0"]
    assert {"link", "link 2"} <= set(snippets)
    assert "link 1" not in snippets
    assert snippets["link 2"]["prefix"] == "link"
    assert snippets["page header"]["body"] == ["---", "title: ${1}", "description: ${2}", "---", "", "$0"]


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
    about = {
        words(row, "code")[0]: row.dd.find(string=True, recursive=False)
        for row in kinds["deadline"].select(".cm-row")
        if row.dd
    }
    assert str(about["what_not"]).strip().startswith("What is often said instead, and is wrong.")
    assert (
        str(about["clock"]).strip()
        == "What starts a deadline and how long it runs. The due date is computed, never written."
    )
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
    sections = {str(one["id"]): one for one in BeautifulSoup(page, "lxml").select("section[id^=macro-]")}
    assert "It prints nothing here" not in sections["macro-as_at"].get_text()
    assert sections["macro-as_at"].select("details[open]")
    assert not sections["macro-clocks"].select("details[open]"), "what is printed on lines of its own is closed"
    whole = BeautifulSoup(page, "lxml")
    assert "Not shown here" not in sections["macro-facts"].select("details")[0].get_text(), "on a page of a record"
    headings = [one.get_text() for one in whole.select("h2") if not one.find_parent("section")]
    assert headings == ["Within a sentence", "On a line of its own"]
    assert next(iter(sections)) == "macro-as_at"


def test_the_reference_leaves_out_what_is_too_long(small: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    macro = MACROS["as_at"]
    monkeypatch.setattr(reference, "MACROS", {"as_at": macro})
    shown = macro.function(PageContext(small.catalog, small.pages, small.pages.pages[0]))
    for most, left_out in ((len(shown), False), (len(shown) - 1, True)):
        monkeypatch.setattr(reference, "_LONG", most)
        page = reference_of_macros(small)
        assert ("too many to show here" in page) is left_out
        assert ("September 30, 2026" not in page) is left_out
