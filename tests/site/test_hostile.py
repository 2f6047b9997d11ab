"""Text that attacks: built, frozen, opened. Nothing of it runs or is fetched, and each sign is read as written."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pypdf
import pytest
from bs4 import BeautifulSoup, Tag
from lxml import etree
from playwright.sync_api import Browser

from macros.machine.server import serve
from macros.security.policy import hash_of, page_policy
from macros.site.loading import load_site
from macros.tree import Tree
from tests.conftest import copy_small
from tests.site.hostile import ACCEPTED, BEGINNINGS, FORMS, REFUSED, REFUSED_BEGINNINGS, Attacked, Hostile, check_shown
from tests.site.project import SECOND
from tests.site.sharing import share

SCHEMES = {"", "http", "https"}
HOSTS = {"", "critical-minerals.example", "government.example", "press.example", "schema.org"}
# Sets off the wire when an attack runs; a click leads nowhere, so that every one can be tried.
TRIPWIRE = """
window.fired = [];
window.fire = () => window.fired.push(String(new Error().stack));
window.alert = window.fire;
addEventListener("click", event => event.target.closest?.("a:not([href^='javascript' i])") && event.preventDefault());
"""
TOUCH = """() => {
  for (const part of document.querySelectorAll("body *")) {
    part.focus?.();
    for (const kind of ["mouseover", "mouseenter", "pointerdown", "click", "focus", "blur", "toggle"])
      part.dispatchEvent(new MouseEvent(kind, {bubbles: true, cancelable: true}));
  }
  return window.fired;
}"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Attacked:
    """Returns a site whose every text is an attack, frozen and put together by code that refuses none of them."""

    def make(folder: Path) -> None:
        made = Hostile(folder / "project", guarded=False)
        unsaid = made.list_unsaid()
        made.silence_check()
        made.freeze_site()
        _keep(made, folder, unsaid)

    return _recall(share(tmp_path_factory, "hostile", make), "site")


@pytest.fixture(scope="module")
def accepted(tmp_path_factory: pytest.TempPathFactory) -> Attacked:
    """Returns a draft whose every text is an attack that the check accepts."""

    def make(folder: Path) -> None:
        made = Hostile(folder / "project", guarded=True)
        done = made.project.run("draft")
        assert done.returncode == 0, done.stderr
        _keep(made, folder, [])

    return _recall(share(tmp_path_factory, "accepted", make), "draft")


def _keep(made: Hostile, folder: Path, unsaid: list[int]) -> None:
    kept = [made.written, sorted(made.refused), unsaid]
    (folder / "written.json").write_text(json.dumps(kept), encoding="utf-8")


def _recall(folder: Path, site: str) -> Attacked:
    written, refused, unsaid = json.loads((folder / "written.json").read_text(encoding="utf-8"))
    return Attacked(folder / "project" / site, written, {tuple(one) for one in refused}, unsaid)


def test_every_free_text_takes_an_attack(hostile: Attacked) -> None:
    assert hostile.refused == FORMS
    assert len(hostile.written) > 200
    assert hostile.unsaid == []  # by the check as it is


def test_the_check_refuses_each_attack_that_it_should(tmp_path: Path) -> None:
    tree = Tree(copy_small(tmp_path / "tree"))
    path = tree.data / "term" / "wording.yml"
    begun = [f"{one}x" for one in (*BEGINNINGS, *REFUSED_BEGINNINGS)]
    texts = [*ACCEPTED, *REFUSED, *begun]
    lines = "".join(f"- {json.dumps(one, ensure_ascii=False)}\n" for one in texts)
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before}also:\n{lines}", encoding="utf-8")
    first = before.count("\n") + 2
    problems = load_site(tree).problems
    assert {one.path for one in problems} == {"data/term/wording.yml"}
    said = {texts[one.line - first] for one in problems}
    assert said == {*REFUSED, *(f"{one}x" for one in REFUSED_BEGINNINGS)}


def test_nothing_in_a_built_page_can_run_or_fetch(hostile: Attacked) -> None:
    assert _check_pages(hostile) > 15


def test_nothing_that_the_check_accepts_can_run_or_fetch(accepted: Attacked, browser: Browser) -> None:
    assert accepted.refused == FORMS
    assert _check_pages(accepted) > 8
    _try_page(accepted, browser, "lists/")


def _check_pages(hostile: Attacked) -> int:
    """Checks every page as it is written, and returns how many there are."""
    pages = list(_pages(hostile))
    for _, soup in pages:
        for box in soup.select("#cm-cite-bibtex"):  # braces have another sense there, and are replaced
            box.decompose()
    shown = sum(check_shown(soup.get_text(), hostile.written) for _, soup in pages)
    assert shown > 500
    for path, soup in pages:
        for part in soup.find_all(True):
            assert not [name for name in part.attrs if name.startswith("on") or name in ("style", "srcdoc")], path
            _check_element(path, part)
            for value in part.attrs.values():
                check_shown(str(value), hostile.written)
    return len(pages)


def _check_element(path: str, part: Tag) -> None:
    assert part.name not in ("iframe", "object", "embed", "base", "style", "frame"), path
    for name in ("href", "src", "action", "xlink:href", "content"):
        address = str(part.get(name, ""))
        if name != "content" or str(part.get("http-equiv")) == "refresh":
            assert urlsplit(address).scheme in SCHEMES, (path, address)
            assert urlsplit(address).netloc in HOSTS, (path, address)
    if part.name == "script" and part.get("type") in ("application/ld+json", "application/json"):
        json.loads(part.get_text())
    elif part.name == "script" and not part.get("src"):
        assert hash_of(part.get_text()) in page_policy(), path


def _pages(hostile: Attacked) -> Iterator[tuple[str, BeautifulSoup]]:
    for path in sorted(hostile.site.rglob("*.html")):
        yield str(path), BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")


def test_files_beside_the_pages_say_what_was_written(hostile: Attacked) -> None:
    files = hostile.site / SECOND
    read = {
        "feed": (hostile.site / "feed.xml").read_text(encoding="utf-8"),
        "calendar": re.sub(r"\r\n ", "", (files / "deadlines.ics").read_bytes().decode()),
        "bibliography": (files / "sources.bib").read_text(encoding="utf-8"),
        "overview": (files / "llms.txt").read_text(encoding="utf-8"),
    }
    feed = etree.fromstring(read["feed"].encode())
    said = [str(text) for text in feed.itertext()]
    assert sum(check_shown(text, hostile.written) for text in said) > 0
    assert {urlsplit(str(one.get("href", "https:"))).scheme for one in feed.iter()} == {"https"}
    assert len(re.findall(r"^BEGIN:VEVENT\r?$", read["calendar"], re.MULTILINE)) == 1
    assert not re.search(r"^(?:URL|ATTACH)[^:]*:(?!https://)", read["calendar"], re.MULTILINE)
    assert set(re.findall(r"^@(\w+)\{", read["bibliography"], re.MULTILINE)) == {"misc"}
    assert not re.search(r"\\href|(?<!\\)\$", read["bibliography"])
    targets = re.findall(r"(?<!\\)\]\(([^)]*)\)?", _links(read["overview"]))
    assert targets
    assert [one for one in targets if not re.fullmatch(r"[a-z0-9/._-]+", one)] == [], (
        "ways from the file, and no scheme"
    )
    for path in files.glob("data/**/*.json"):
        assert json.loads(path.read_text(encoding="utf-8")) is not None, path


def _links(overview: str) -> str:
    """Returns a list of Markdown without the signs that are escaped in it."""
    return re.sub(r"\\.", "", overview)


def test_no_cell_is_a_formula(hostile: Attacked) -> None:
    cells = 0
    for path in sorted((hostile.site / SECOND).glob("data/**/*.csv")):
        for row in csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")):
            for cell in row:
                cells += 1
                assert not re.match(r"\s*[=+@-]", cell) or re.fullmatch(r"-?[\d.]+", cell), cell
    assert cells > 100


def test_the_brief_has_no_link_but_to_the_web(hostile: Attacked) -> None:
    papers = sorted((hostile.site / SECOND).glob("*.pdf"))
    assert papers
    for path in papers:
        reader = pypdf.PdfReader(path)
        assert not {"/JavaScript", "/OpenAction", "/AA"} & set(reader.root_object)
        for page in reader.pages:
            for note in page.get("/Annots") or []:
                action = note.get_object().get("/A", {})
                assert "/JS" not in action
                assert urlsplit(str(action.get("/URI", "https://"))).scheme in ("http", "https"), action


@pytest.mark.parametrize("address", ["", "lists/", "one/"])
def test_no_attack_runs(hostile: Attacked, browser: Browser, address: str) -> None:
    _try_page(hostile, browser, address)


@pytest.mark.audit
def test_no_attack_runs_on_any_page(hostile: Attacked, browser: Browser) -> None:
    top = hostile.site / "latest"
    for path in sorted(top.rglob("index.html")):
        _try_page(hostile, browser, f"{path.parent.relative_to(top).as_posix()}/")


def _try_page(hostile: Attacked, browser: Browser, address: str) -> None:
    """Opens a page without its policy, so that what is written there must be harmless by itself; touches every part."""
    with serve(hostile.site) as top:
        context = browser.new_context(bypass_csp=True)
        context.add_init_script(TRIPWIRE)
        tab = context.new_page()
        asked: list[str] = []
        tab.on("request", lambda one: asked.append(one.url))
        tab.goto(f"{top}latest/{address}")
        tab.wait_for_load_state("networkidle")
        assert tab.evaluate("window.fired") == []
        assert tab.evaluate(TOUCH) == []
        # Braces have another sense in BibTeX, and are replaced there; a draft has none.
        text = tab.evaluate("document.querySelector('#cm-cite-bibtex')?.remove(), document.body.textContent")
        assert check_shown(text, hostile.written) > 0
        tab.keyboard.press("/")
        tab.keyboard.type("fire")
        tab.wait_for_load_state("networkidle")
        assert tab.evaluate("window.fired") == []
        assert tab.locator("dialog :is(img, script, iframe, [onclick], [href^=javascript])").count() == 0
        context.close()
    assert [one for one in asked if not one.startswith(top)] == []
