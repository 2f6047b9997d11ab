"""The preview in a real browser: what is saved is seen, what is broken is shown, and it is what a draft would be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.builder.draft import build_draft
from macros.preview.serving import Serving
from macros.tree import Tree
from tests.conftest import ROOT
from tests.site.conftest import Command
from tests.site.project import Project

ASSETS = ROOT / "overrides" / "assets"
PANEL = "preview-problems"
MARK = "window.untouched = true"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, (path, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def serving(tree: Path) -> Iterator[Serving]:
    """Yields the preview of a copy of the small tree, at work."""
    with Serving(Tree(tree)) as serving:
        yield serving


@pytest.fixture
def tab(browser: Browser, serving: Serving) -> Iterator[Page]:
    """Yields a low window with a page of the preview."""
    context = browser.new_context(viewport={"width": 800, "height": 300})
    page = context.new_page()
    page.goto(f"{serving.address}latest/one/")
    expect(page.locator("h1#first")).to_be_visible()  # while the preview starts, another page is shown
    yield page
    context.close()


def compare(folder: Path, edits: int, seed: int) -> None:
    """Edits a project so many times at random, and holds its preview against a draft after each."""
    project = Project(folder, own_code=True)
    program = [sys.executable, str(ROOT / "tests" / "site" / "previewing.py"), str(edits), str(seed)]
    environment = os.environ | {"PYTHONPATH": str(project.top)}
    done = subprocess.run(program, cwd=project.top, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len([line for line in done.stdout.splitlines() if line[0].isdigit() and ": " in line]) >= edits


def test_what_is_shown_is_what_a_draft_has(tmp_path: Path) -> None:
    compare(tmp_path, edits=4, seed=11)


@pytest.mark.audit
def test_what_is_shown_is_what_a_draft_has_after_fifty_edits(tmp_path: Path) -> None:
    compare(tmp_path, edits=50, seed=20251028)


def test_a_saved_page_is_seen_where_the_reader_was(tab: Page, tree: Path) -> None:
    tab.evaluate("scrollTo(0, 120)")
    change(tree / "docs" / "one.md", "\n{{ ending() }}", "\nFreshly written words.\n\n{{ ending() }}")
    expect(tab.get_by_text("Freshly written words.")).to_be_visible()
    tab.wait_for_load_state("load")
    assert tab.evaluate("scrollY") == 120


def test_a_saved_record_is_seen_on_the_pages_that_print_it(tab: Page, serving: Serving, tree: Path) -> None:
    tab.goto(f"{serving.address}latest/buyers/")
    change(tree / "data" / "implication" / "point.yml", "title: ", "title: Freshly named ")
    expect(tab.get_by_text("Freshly named").first).to_be_visible()


def test_a_style_sheet_changes_under_the_reader_and_a_template_the_page(browser: Browser, tmp_path: Path) -> None:
    project = Project(tmp_path, own_code=True)
    with project.start("serve", "--port", "0", stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        page = browser.new_page(bypass_csp=True)  # for the condition that is waited for
        try:
            page.goto(f"{process.stdout.readline().split()[1]}latest/one/")
            expect(page.locator("h1#first")).to_be_visible()  # while the preview starts, another page is shown
            page.evaluate(MARK)
            change(project.top / "overrides" / "assets" / "base.css", ":root {", ":root { --saved: yes;")
            page.wait_for_function(
                "getComputedStyle(document.documentElement).getPropertyValue('--saved').trim() === 'yes'"
            )
            assert page.evaluate("window.untouched") is True
            sources = project.top / "overrides" / "components" / "sources.html"
            sources.write_text(f"{sources.read_text(encoding='utf-8')}<p>Freshly set.</p>\n", encoding="utf-8")
            expect(page.get_by_text("Freshly set.")).to_be_visible()
            assert page.evaluate("window.untouched") is None
        finally:
            page.close()
            process.terminate()


def test_a_style_sheet_that_is_saved_while_a_page_loads_is_seen(tree: Path) -> None:
    with Serving(Tree(tree)) as serving:
        sheet = ASSETS / "base.css"
        serving.preview.refresh([sheet])
        with urlopen(f"{serving.address}~preview/events?page=/latest/one/&version=") as events:
            lines = [events.readline().decode().strip() for _ in range(12)]
    assert "event: style" in lines
    assert 'data: "assets/base.css"' in lines


def test_a_page_that_says_the_same_is_left_alone(tab: Page, tree: Path) -> None:
    tab.evaluate(MARK)
    change(tree / "docs" / "two.md", "\n{{ ending() }}", "\nWords elsewhere.\n\n{{ ending() }}")
    with tab.context.expect_page() as opened:
        tab.evaluate("open('../two/')")
    expect(opened.value.get_by_text("Words elsewhere.")).to_be_visible()
    assert tab.evaluate("window.untouched") is True


def test_a_page_that_is_broken_stays_and_says_why(tab: Page, tree: Path) -> None:
    page = tree / "docs" / "one.md"
    whole = page.read_text(encoding="utf-8")
    heading = tab.locator("h1").first.text_content() or ""
    page.write_text(whole + "\n{{ nowhere() }}\n", encoding="utf-8")
    panel = tab.locator(PANEL)
    expect(panel.get_by_text("no macro 'nowhere'")).to_be_visible()
    expect(tab.locator("h1").first).to_have_text(heading)
    line = whole.count("\n") + 2
    link = panel.get_by_role("link", name=f"docs/one.md:{line}:4")
    assert link.get_attribute("href") == f"vscode://file/{page.as_posix().lstrip('/')}:{line}:4"
    assert panel.locator("pre").inner_text() == "{{ nowhere() }}\n   ^"
    page.write_text(whole, encoding="utf-8")
    expect(panel).to_have_count(0)


def test_what_only_the_whole_check_finds_is_shown_too(tab: Page, tree: Path) -> None:
    page = tree / "docs" / "one.md"
    whole = page.read_text(encoding="utf-8")
    page.write_text(whole.replace("\n{{ ending() }}", "\nSee {{ facts('provision/one') }} there.\n"), encoding="utf-8")
    expect(tab.locator(PANEL).get_by_text("facts stands within other text")).to_be_visible()
    page.write_text(whole.replace("\n{{ ending() }}", "\n"), encoding="utf-8")
    expect(tab.locator(PANEL).get_by_text("ending() is missing")).to_be_visible()
    page.write_text(whole, encoding="utf-8")
    expect(tab.locator(PANEL)).to_have_count(0)


def test_a_dead_link_is_shown_as_the_build_says_it(tab: Page, tree: Path) -> None:
    page = tree / "docs" / "one.md"
    whole = page.read_text(encoding="utf-8")
    page.write_text(whole.replace("\n{{ ending() }}", "\nA [link](nowhere.md).\n\n{{ ending() }}"), encoding="utf-8")
    expect(tab.locator(PANEL).get_by_text("contains a link 'nowhere.md'")).to_be_visible()


def test_a_tree_that_is_broken_is_served_all_the_same(browser: Browser, tree: Path) -> None:
    term = next((tree / "data" / "term").glob("*.yml"))
    whole = term.read_text(encoding="utf-8")
    term.write_text(f"{whole}unknown: key\n", encoding="utf-8")
    with Serving(Tree(tree)) as serving:
        page = browser.new_page()
        page.goto(f"{serving.address}latest/")
        expect(page.locator(PANEL).get_by_text("unknown key 'unknown'")).to_be_visible()
        term.write_text(whole, encoding="utf-8")
        expect(page.locator(PANEL)).to_have_count(0)
        page.close()


def test_a_configuration_that_is_broken_at_the_start_is_shown_too(browser: Browser, tree: Path) -> None:
    config = tree / "mkdocs.yml"
    whole = config.read_text(encoding="utf-8")
    config.write_text(f"{whole}nav: [\n", encoding="utf-8")
    with Serving(Tree(tree)) as serving:
        page = browser.new_page()
        page.goto(f"{serving.address}latest/one/")
        expect(page.locator(PANEL).get_by_role("link", name="mkdocs.yml:").first).to_be_visible()
        config.write_text(whole, encoding="utf-8")
        expect(page.locator("h1#first")).to_be_visible()
        expect(page.locator(PANEL)).to_have_count(0)
        page.close()


def test_a_configuration_that_cannot_be_read_is_shown(tab: Page, tree: Path) -> None:
    config = tree / "mkdocs.yml"
    whole = config.read_text(encoding="utf-8")
    config.write_text(f"{whole}nav: [\n", encoding="utf-8")
    problem = tab.locator(PANEL).get_by_role("link", name="mkdocs.yml:").first
    expect(problem).to_be_visible()
    expect(tab.locator(PANEL).get_by_text("still being checked")).to_have_count(0)
    expect(problem).to_be_visible()
    config.write_text(whole, encoding="utf-8")
    expect(tab.locator(PANEL)).to_have_count(0)


def test_the_terminal_says_what_check_says(tree: Path, run: Command) -> None:
    change(tree / "docs" / "one.md", "\n{{ ending() }}", "\n{{ nowhere() }}\n\n{{ ending() }}")
    checked = run("check").stderr
    command = [sys.executable, "-m", "macros", "--tree", str(tree), "serve", "--port", "0"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            assert process.stdout.readline().startswith("Open http://127.0.0.1:")
            said = [process.stderr.readline() for _ in checked.splitlines()]
            assert "".join(said) == checked
            change(tree / "docs" / "one.md", "{{ nowhere() }}", "Mended.")
            assert process.stdout.readline().endswith(": no problem\n")
        finally:
            process.terminate()


def test_a_port_that_is_taken_is_named(serving: Serving, run: Command) -> None:
    port = serving.address.rstrip("/").rpartition(":")[2]
    done = run("serve", "--port", port)
    assert done.returncode == 2
    assert done.stderr.startswith(f"port {port} cannot be used")


def test_a_page_of_another_site_may_write_nothing(serving: Serving) -> None:
    request = Request(f"{serving.address}latest/", data=b"x", headers={"Origin": "https://elsewhere.example"})
    with pytest.raises(HTTPError) as refused:
        urlopen(request)
    assert refused.value.code == 403
    refused.value.close()


def test_nothing_of_the_preview_is_in_a_draft(tree: Path, tmp_path: Path) -> None:
    build_draft(Tree(tree), tmp_path / "draft")
    marks: list[Any] = [b"~preview", b"EventSource", b"preview-problems"]
    for path in (tmp_path / "draft").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(mark in content for mark in marks), path
