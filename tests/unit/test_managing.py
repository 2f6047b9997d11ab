"""The preview answers the content manager: what it lists, hands out, writes and refuses; and what its forms are."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from macros.admin.bundle import MAIN, VERSION
from macros.admin.forms import create_config
from macros.admin.serving import Answer, answer
from macros.tree import Tree
from tests.conftest import LISTS, SPECIMENS, write_texts

SMALL = Tree(SPECIMENS / "small")
OWN = {"Host": "here:8000", "Origin": "http://here:8000"}
Forms = dict[str, Any]


def ask(tree: Tree, action: str, **values: Any) -> Answer:
    return answer(tree, "POST", "/admin/api", OWN, json.dumps({"action": action, "params": values}).encode())


def said(tree: Tree, action: str, **values: Any) -> Any:
    answered = ask(tree, action, **values)
    assert (answered.status, answered.type) == (200, "application/json")
    return json.loads(answered.body)


def paths(entries: list[Any]) -> list[str]:
    return [one["file"]["path"] for one in entries]


@pytest.fixture(scope="module")
def forms() -> Forms:
    """Returns the form of each kind, and that of pages, by its name."""
    return {one["name"]: one for one in create_config(LISTS)["collections"]}


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Returns a tree with two records and two pages, one of them in a folder."""
    texts = {
        "data/term/one.yml": "title: One\n",
        "data/term/two.yml": "title: Two\n",
        "docs/index.md": "---\ntitle: Home\n---\n\nWelcome.\n",
        "docs/more/page.md": "---\ntitle: More\n---\n\nSo much.\n",
    }
    write_texts(tmp_path, texts)
    return Tree(tmp_path)


def test_the_manager_finds_a_folder_of_its_own_without_branches() -> None:
    assert said(SMALL, "info") == {"repo": "explainer", "publish_modes": ["simple"], "type": "local_fs"}
    assert said(SMALL, "unpublishedEntries") == []
    assert said(SMALL, "getMedia") == []
    assert said(SMALL, "getDeployPreview") is None


def test_what_lies_deeper_is_listed_only_when_asked_for(tree: Tree) -> None:
    assert paths(said(tree, "entriesByFolder", folder="docs", extension="md")) == ["docs/index.md"]
    assert paths(said(tree, "entriesByFolder", folder="docs", extension="md", depth=1)) == ["docs/index.md"]
    both = ["docs/index.md", "docs/more/page.md"]
    assert paths(said(tree, "entriesByFolder", folder="docs", extension="md", depth=2)) == both
    assert paths(said(tree, "entriesByFolder", folder="data/term", extension="yml", depth=1)) == [
        "data/term/one.yml",
        "data/term/two.yml",
    ]


def test_a_file_is_handed_out_with_a_digest_of_what_it_says(tree: Tree) -> None:
    entry = said(tree, "getEntry", path="data/term/one.yml")
    assert entry == {
        "data": "title: One\n",
        "file": {"path": "data/term/one.yml", "id": hashlib.sha256(b"title: One\n").hexdigest()},
    }
    assert said(tree, "entriesByFiles", files=[{"path": "data/term/one.yml"}]) == [entry]


def test_a_file_that_is_not_there_says_nothing(tree: Tree) -> None:
    nothing = {"data": None, "file": {"path": "data/term/three.yml", "id": None}}
    assert said(tree, "getEntry", path="data/term/three.yml") == nothing


def test_what_is_handed_in_is_written(tree: Tree) -> None:
    files = [{"path": "data/term/one.yml", "raw": "title: Another"}, {"path": "data/term/new.yml", "raw": "title: New"}]
    assert said(tree, "persistEntry", dataFiles=files) == {"message": "entry persisted"}
    assert (tree.data / "term" / "one.yml").read_text(encoding="utf-8") == "title: Another\n"
    assert (tree.data / "term" / "new.yml").read_text(encoding="utf-8") == "title: New\n"
    said(tree, "persistEntry", entry={"path": "data/term/two.yml", "newPath": "data/term/two.yml", "raw": "title: 2nd"})
    assert (tree.data / "term" / "two.yml").read_text(encoding="utf-8") == 'title: "2nd"\n'


def test_nothing_is_written_when_one_of_the_files_would_be_renamed(tree: Tree) -> None:
    files = [
        {"path": "data/term/one.yml", "raw": "title: Another"},
        {"path": "data/term/two.yml", "newPath": "data/term/three.yml", "raw": "title: Three"},
    ]
    refused = ask(tree, "persistEntry", dataFiles=files)
    assert refused.status == 422
    assert b"make rename does it" in refused.body
    assert (tree.data / "term" / "one.yml").read_text(encoding="utf-8") == "title: One\n"


@pytest.mark.parametrize("path", ["data/term/Not an id.yml", "data/catalog.yml", "data/term/one.md", "docs/index.yml"])
def test_a_name_that_no_record_or_page_can_have_is_refused(tree: Tree, path: str) -> None:
    refused = ask(tree, "getEntry", path=path)
    assert refused.status == 422
    assert "neither a record nor a page" in json.loads(refused.body)["error"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'{"action": "deleteFiles"}'])
def test_a_request_that_is_unknown_is_refused(body: bytes) -> None:
    refused = answer(SMALL, "POST", "/admin/api", OWN, body)
    assert (refused.status, json.loads(refused.body)) == (422, {"error": "Not a request that is known here"})


@pytest.mark.parametrize("values", [{}, {"path": None, "files": 1}])
@pytest.mark.parametrize("action", ["getEntry", "entriesByFolder", "entriesByFiles", "persistEntry"])
def test_a_request_that_lacks_something_is_refused(action: str, values: dict[str, Any]) -> None:
    assert ask(SMALL, action, **values).status == 422


def test_what_cannot_be_read_is_refused_and_not_written(tree: Tree) -> None:
    for path, raw in (
        ("data/term/one.yml", "title: a: b"),
        ("data/term/one.yml", "- a"),
        ("data/term/one.yml", ""),
        ("docs/index.md", "---\ntitle: a: b\n---\nWelcome."),
        ("docs/index.md", "Welcome."),
    ):
        before = (tree.root / path).read_bytes()
        assert ask(tree, "persistEntry", entry={"path": path, "raw": raw}).status == 422
        assert (tree.root / path).read_bytes() == before
    for raw in ("title: a: b", "- a"):
        assert ask(tree, "persistEntry", entry={"path": "data/term/three.yml", "raw": raw}).status == 422
        assert not (tree.data / "term" / "three.yml").exists()


def test_a_page_without_a_header_is_neither_taken_nor_overwritten(tree: Tree) -> None:
    whole = "---\ntitle: A\n---\nHello."
    (tree.docs / "plain.md").write_text("No header.\n", encoding="utf-8")
    for path, raw in (("docs/index.md", "Welcome."), ("docs/plain.md", whole)):
        refused = ask(tree, "persistEntry", entry={"path": path, "raw": raw})
        assert (refused.status, b"the page has no header" in refused.body) == (422, True)
    assert (tree.docs / "plain.md").read_text(encoding="utf-8") == "No header.\n"


def test_the_text_of_a_page_is_replaced_when_its_words_change(tree: Tree) -> None:
    page = tree.docs / "index.md"
    said(tree, "persistEntry", entry={"path": "docs/index.md", "raw": "---\ntitle: Start\n---\nHello.\n\n\n"})
    assert page.read_text(encoding="utf-8") == "---\ntitle: Start\n---\n\nHello.\n"


def test_remarks_in_the_header_of_a_page_stay(tree: Tree) -> None:
    page = tree.docs / "index.md"
    text = "---\ntitle: Home  # first\nrecord: a/b  # second\ndescription: It says.  # last\n---\n\nWelcome.\n"
    page.write_text(text, encoding="utf-8")
    raw = "---\ndescription: It says.\nrecord: a/c\ntitle: Home\n---\nWelcome."
    said(tree, "persistEntry", entry={"path": "docs/index.md", "raw": raw})
    assert page.read_text(encoding="utf-8") == text.replace("a/b", "a/c")


def test_a_page_with_the_line_breaks_of_windows_can_be_saved(tree: Tree) -> None:
    page = tree.docs / "index.md"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    said(tree, "persistEntry", entry={"path": "docs/index.md", "raw": "---\r\ntitle: Start\r\n---\r\n\r\nHello.\r\n"})
    assert page.read_text(encoding="utf-8") == "---\ntitle: Start\n---\n\nHello.\n"


def test_only_the_previews_own_page_is_answered() -> None:
    for headers in ({"Host": "here:8000", "Origin": "http://elsewhere"}, {"Host": "here:8000"}):
        refused = answer(SMALL, "POST", "/admin/api", headers, b'{"action": "info"}')
        assert (refused.status, json.loads(refused.body)["error"]) == (403, "Only the preview's own page may ask")


def test_the_page_and_its_configuration_are_shown_and_ask_no_other_host(forms: Forms) -> None:
    page = answer(SMALL, "GET", "/admin/", {})
    assert (page.status, page.type) == (200, "text/html; charset=utf-8")
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["Cache-Control"] == "no-cache"
    config = answer(SMALL, "GET", "/admin/config.yml?x=1", {})
    assert (config.status, config.type) == (200, "text/yaml; charset=utf-8")
    found = json.loads(config.body)
    assert (found["backend"]["name"], found["backend"]["proxy_url"]) == ("proxy", "/admin/api")
    assert found["show_preview_links"] is False
    assert [one["name"] for one in found["collections"]] == list(forms)


def test_the_scripts_are_handed_out_where_npm_has_brought_them(tmp_path: Path) -> None:
    folder = Tree(tmp_path).cache / "admin" / f"decap-cms-{VERSION}"
    folder.mkdir(parents=True)
    for name in (MAIN, "reader.wasm"):
        (folder / name).write_text(name)
    for name, form in ((MAIN, "javascript"), ("reader.wasm", "application/wasm"), (f"deep/{MAIN}", "javascript")):
        sent = answer(Tree(tmp_path), "GET", f"/admin/{name}", {})
        assert (sent.status, sent.body.decode()) == (200, Path(name).name)
        assert form in sent.type
    assert answer(Tree(tmp_path), "GET", "/admin/other.wasm", {}).status == 404


def test_without_npm_the_page_says_what_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    refused = answer(Tree(tmp_path), "GET", f"/admin/{MAIN}", {})
    assert refused.status == 503
    assert "install Node.js" in json.loads(refused.body)["error"]


@pytest.mark.parametrize(("method", "name"), [("GET", "api"), ("GET", "nothing.html"), ("POST", "nothing")])
def test_any_other_address_is_not_found(method: str, name: str) -> None:
    assert answer(SMALL, method, f"/admin/{name}", OWN, b'{"action": "info"}').status == 404


def test_records_can_be_made_pages_cannot_and_neither_is_deleted(forms: Forms) -> None:
    assert {name for name, form in forms.items() if not form["create"]} == {"pages"}
    assert not any(form["delete"] or form["editor"]["preview"] for form in forms.values())


def test_a_form_asks_first_for_what_is_needed(forms: Forms) -> None:
    for form in forms.values():
        needed = [one["required"] for one in form["fields"]]
        assert needed == sorted(needed, reverse=True)
    assert [one["name"] for one in forms["event"]["fields"] if one["required"]][:2] == ["title", "type"]
    assert not forms["pages"]["fields"][-1]["required"]  # a page may consist of its header


def test_each_value_is_edited_in_its_own_way(forms: Forms) -> None:
    def form_of(kind: str, name: str) -> dict[str, Any]:
        field = next(one for one in forms[kind]["fields"] if one["name"] == name)
        return {key: value for key, value in field.items() if key not in {"name", "label", "required", "hint"}}

    assert form_of("term", "title") == {"widget": "string", "pattern": [r"^[^\n]*$", "write it on one line"]}
    assert form_of("term", "definition") == {"widget": "text"}
    assert form_of("term", "defined_in_text") == {"widget": "boolean"}
    assert form_of("figure", "amount")["widget"] == "number"
    assert form_of("term", "certainty")["options"][-1] == {
        "label": "not verified: we could not check it in the material we read",
        "value": "not-verified",
    }
    hints = {one["name"]: one.get("hint") for one in forms["term"]["fields"]}
    assert hints["definition"] == "[[kind/id]] and [[kind/id|words]] become links."
    assert (hints["title"], hints["topic"]) == (None, None)
    review, sources, used_in = (form_of("term", name) for name in ("review", "sources", "used_in"))
    assert (review["widget"], review["collapsed"]) == ("object", True)
    assert (sources["widget"], sources["collapsed"]) == ("list", True)
    assert [one["name"] for one in sources["fields"]] == ["id", "pinpoint"]
    assert (used_in["field"]["name"], used_in["field"]["widget"]) == ("one", "string")
