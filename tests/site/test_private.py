"""Nothing private gets out: no cookie, one stored value, no other host; and nothing of drafts or of this machine."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import zlib
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser

from macros.machine.server import serve
from tests.conftest import ROOT
from tests.site.conftest import Command
from tests.site.guarding import open_page
from tests.site.project import SECOND, Project

CANARY = "zqcanaryqz"
# What editors and systems leave beside an author's files; the check is silent about it.
LEFT = "zqleftqz"
_LEFT_BEHIND = (
    "docs/two.md~",
    "docs/.two.md.swp",
    "docs/#two.md#",
    "docs/~$two.md",
    "docs/two.md.orig",
    "docs/two.html.bak",
    "docs/notes.tmp",
    "docs/Thumbs.db",
    "docs/Desktop.ini",
    "docs/__MACOSX/two.md",
    "docs/__pycache__/two.txt",
    "docs/.idea/two.md",
    "data/term/.wording.yml",
    "data/term/wording.yml~",
    "data/term/wording.yml.rej",
    "notes.txt",
    "sources/notes.md",
)
# Words that a page may well hold by themselves.
_COMMON = {"root", "runner", "user", "localhost", "ubuntu", "admin"}


def _visit(browser: Browser, top: str, addresses: list[str]) -> None:
    violations: list[str] = []
    with open_page(browser, top) as tab:
        tab.on("console", lambda one: violations.append(one.text) if "Content Security Policy" in one.text else None)
        for address in addresses:
            tab.goto(f"{top}{address}")
            tab.wait_for_load_state("networkidle")
        tab.locator(".cm-theme").click()
        tab.keyboard.press("/")
        tab.keyboard.type("minerals")
        tab.wait_for_load_state("networkidle")
        kept = tab.evaluate(
            """async () => [Object.keys(localStorage), Object.keys(sessionStorage), document.cookie,
            (await indexedDB.databases()).length, (await navigator.serviceWorker.getRegistrations()).length]"""
        )
        assert kept == [["theme"], [], "", 0, 0]
        assert tab.context.cookies() == []
    assert violations == []


def test_a_reader_is_told_nothing_and_asked_nothing(made: Project, browser: Browser) -> None:
    with serve(made.top / "site") as top:
        _visit(browser, top, ["latest/", "latest/lists/", "latest/one/", f"{SECOND}/project/", "404.html"])


@pytest.mark.audit
def test_no_page_stores_or_asks_elsewhere(built: Path, address: str, browser: Browser) -> None:
    pages = sorted(path.parent.relative_to(built).as_posix() for path in built.rglob("index.html"))
    _visit(browser, address, [f"{one}/" for one in pages if one != "."])


def test_the_policy_stops_what_is_written_into_a_page(made: Project, browser: Browser, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(made.top / "site", site)
    page = site / "latest" / "index.html"
    attack = (
        "<script>window.ran = true</script><img src=x onerror='window.ran = true'><p style='color: red' id=odd>x</p>"
    )
    text = page.read_text(encoding="utf-8").replace("</article>", f"{attack}</article>")
    page.write_text(text, encoding="utf-8")
    with serve(site) as top:
        tab = browser.new_page()
        tab.goto(f"{top}latest/")
        tab.wait_for_load_state("networkidle")
        assert tab.evaluate("window.ran") is None
        assert tab.evaluate("getComputedStyle(document.querySelector('#odd')).color") != "rgb(255, 0, 0)"
        tab.close()


def test_nothing_private_is_in_a_built_site(project: Project) -> None:
    top = project.top
    project.change("docs/two.md", "It says something else.", f"It says something new.{{## {CANARY} ##}}")
    for name in _LEFT_BEHIND:
        (top / name).parent.mkdir(exist_ok=True)
        (top / name).write_text(f"# {LEFT}\n\n{LEFT}\n", encoding="utf-8")
    project.freeze(SECOND, "--again")
    project.change("docs/two.md", "It says something new.", f"It says something of {CANARY}.")
    assert project.run("draft").returncode == 0
    assert CANARY in (top / "draft" / "latest" / "two" / "index.html").read_text(encoding="utf-8")
    assert [path for path, content in _contents(top / "draft") if LEFT.encode() in content] == []
    done = project.run("site")
    assert done.returncode == 0, done.stderr
    words = {CANARY, LEFT, str(top), str(ROOT), str(Path.home()), os.environ.get("TMPDIR", str(top))}
    words |= {one for one in (getpass.getuser(), socket.gethostname()) if one not in _COMMON and len(one) > 3}
    for path, content in _contents(top / "site"):
        found = [one for one in words if one.encode() in content and one != "/root"]
        assert found == [], path


def test_notes_among_the_pages_are_refused(tree: Path, run: Command) -> None:
    (tree / "docs" / "notes.yml").write_text(f"note: {CANARY}\n", encoding="utf-8")
    (tree / "docs" / "NOTES.BAK").write_text(CANARY, encoding="utf-8")
    for verb in (["check"], ["draft"], ["edition", SECOND]):
        done = run(*verb)
        assert done.returncode == 1
        for name in ("notes.yml", "NOTES.BAK"):
            assert f"docs/{name}:1:1: neither a page nor a picture" in done.stderr
    assert not (tree / "draft").exists()
    assert not (tree / "editions" / SECOND).exists()


def _contents(site: Path) -> Iterator[tuple[Path, bytes]]:
    """Yields every file of a site with all that can be read of it: its name, its bytes, and what a PDF packs."""
    for path in sorted(site.rglob("*")):
        if path.is_file():
            content = f"{path.relative_to(site)}\n".encode() + path.read_bytes()
            if path.suffix == ".pdf":
                reader = pypdf.PdfReader(path)
                content += str(reader.metadata).encode()
                content += "".join(page.extract_text() for page in reader.pages).encode()
            elif path.suffix == ".gz":
                content += zlib.decompress(path.read_bytes(), 47)
            yield path, content


def test_an_edition_has_no_record_before_its_day(tree: Path, run: Command) -> None:
    record = tree / "data" / "term" / "wording.yml"
    record.write_text(record.read_text(encoding="utf-8") + "publish_from: 2026-10-01\n", encoding="utf-8")
    assert run("draft").returncode == 0
    for path in (tree / "draft").rglob("*.json"):
        assert b"publish_from" not in path.read_bytes(), path
    done = run("edition", SECOND)
    assert done.returncode == 1
    assert "data/term/wording.yml:" in done.stderr
    assert "'term/wording' may not be published before 2026-10-01" in done.stderr
    assert not (tree / "editions" / SECOND).exists()
