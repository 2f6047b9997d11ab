"""Editing in the browser: the content manager in a real browser, saving one field of a record as a person would."""

from __future__ import annotations

import difflib
import json
import shutil
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser

from macros.admin import PREFIX
from macros.admin.bundle import ensure_bundle
from macros.admin.serving import answer
from macros.problems import UsageError
from macros.tree import Tree
from tests.conftest import ROOT, SPECIMENS

WORDING = """# A comment of its author.
title: 'The wording'   # and another
topic: law
definition: >-
  What the text says, in the very words
  in which it says them.
defined_in_text: false
certainty: verified
sources:
- {id: text, pinpoint: "Section I"}   # kept
"""


@pytest.fixture
def edited(tmp_path: Path) -> Tree:
    """Returns a copy of the small tree with a record whose author has habits, and the manager's scripts at hand."""
    shutil.copytree(SPECIMENS / "small", tmp_path / "tree", ignore=shutil.ignore_patterns(".cache", "site", "draft"))
    tree = Tree(tmp_path / "tree")
    (tree.data / "term" / "wording.yml").write_text(WORDING, encoding="utf-8")
    try:
        bundle = ensure_bundle(Tree(ROOT))
    except UsageError as error:
        pytest.skip(str(error))
    shutil.copytree(bundle, tree.cache / "admin" / bundle.name)
    return tree


@pytest.fixture
def admin(edited: Tree) -> Iterator[str]:
    """Yields the address of a server that answers below /admin/ as the preview does."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.do_GET()

        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            said = answer(edited, self.command, self.path, dict(self.headers.items()), self.rfile.read(length))
            self.send_response(said.status)
            for name, value in {**said.headers, "Content-Type": said.type, "Content-Length": len(said.body)}.items():
                self.send_header(name, str(value))
            self.end_headers()
            self.wfile.write(said.body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}{PREFIX}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_one_field_saved_is_one_line_changed(admin: str, edited: Tree, browser: Browser) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{admin}#/collections/term/entries/wording")
    page.get_by_role("button", name="Login").click()
    title = page.locator("[id^=title-field]")
    title.wait_for()
    title.fill("The wording of it")
    page.get_by_role("button", name="Publish").first.click()
    page.get_by_role("menuitem", name="Publish now").click()
    page.get_by_text("Entry saved").wait_for()
    path = edited.data / "term" / "wording.yml"
    lines = list(difflib.ndiff(WORDING.splitlines(), path.read_text(encoding="utf-8").splitlines()))
    assert [one for one in lines if one[0] in "+-"] == [
        "- title: 'The wording'   # and another",
        "+ title: 'The wording of it'   # and another",
    ]
    host = admin.removesuffix(PREFIX)
    assert [one for one in asked if not one.startswith((host, "data:", "blob:"))] == []
    page.close()


def test_only_the_previews_own_page_may_save(edited: Tree) -> None:
    body = json.dumps({"action": "info"}).encode()
    for origin, status in (("http://127.0.0.1:1", 200), ("http://elsewhere.example", 403), ("", 403)):
        headers = {"Host": "127.0.0.1:1", "Origin": origin}
        assert answer(edited, "POST", "/admin/api", headers, body).status == status
