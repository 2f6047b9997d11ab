"""What only a draft has: at each heading and record, where it is written. No edition has any of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from macros.builder.draft import build_draft
from macros.components.registry import MACROS
from macros.editor.reference import reference_of_macros
from macros.history.history import open_history
from macros.machine.server import serve
from macros.metadata.places import name_folder
from macros.site.checked import load_checked
from macros.tree import Tree
from tests.conftest import ROOT, SPECIMENS
from tests.site.project import Project
from tests.site.sharing import share

FOLDER = "C:/our site"


def _build(folder: Path) -> None:
    """Builds the small tree as a draft, as a draft with a repository, and as the preview would show it."""
    tree = folder / "tree"
    shutil.copytree(SPECIMENS / "small", tree, ignore=shutil.ignore_patterns("site", ".cache", "draft"))
    config = tree / "mkdocs.yml"
    text = config.read_text().replace("../../..", str(ROOT))
    for name, more in (("plain", ""), ("hosted", "\nrepo_url: https://github.com/firm/site/\n")):
        config.write_text(text + more)
        build_draft(Tree(tree), folder / name)
    shutil.copytree(folder / "plain", folder / "preview")
    for path in (folder / "preview").rglob("*.html"):
        path.write_text(name_folder(path.read_text(encoding="utf-8"), Path(FOLDER)), encoding="utf-8")


@pytest.fixture(scope="session")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return share(tmp_path_factory, "drafts", _build)


@pytest.fixture(scope="session")
def drafts_at(drafts: Path) -> Iterator[str]:
    with serve(drafts) as url:
        yield url


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def _addresses(drafts: Path) -> list[str]:
    latest = drafts / "plain" / "latest"
    return [one.parent.relative_to(latest).as_posix() for one in sorted(latest.rglob("index.html")) if _is_page(one)]


def _is_page(path: Path) -> bool:
    return "cm-article" in path.read_text(encoding="utf-8")


def test_every_heading_and_record_of_a_draft_says_where_it_is_written(drafts: Path, drafts_at: str, tab: Page) -> None:
    headings = records = of_layouts = 0
    for address in _addresses(drafts):
        tab.goto(f"{drafts_at}plain/latest/{address}/")
        for heading in tab.locator(".cm-article :is(h1, h2, h3, h4)[id]:not([id$=-name])").all():
            if heading.evaluate("one => one.parentElement.closest('[class^=cm-]:not(.cm-article, .cm-page)')"):
                continue  # printed by a macro
            place = str(heading.locator("> .cm-edit > span").first.get_attribute("title"))
            path, line = place.split(":")
            written = (drafts / "tree" / path).read_text(encoding="utf-8").splitlines()[int(line) - 1]
            if re.match(r"\{\{ (ending|part)\(", written):
                of_layouts += 1  # written by the layout, at this call
            else:
                assert written.startswith("#"), place
                assert written.lstrip("# ")[:12] in heading.inner_text()
            headings += 1
        for entry in tab.locator(".cm-entry").all():
            kind, _, name = str(entry.get_attribute("id")).partition("-")
            assert entry.locator(".cm-edit").first.text_content(timeout=2000) == f"data/{kind}/{name}.yml:1"
            records += 1
    assert headings >= 8
    assert of_layouts >= 4
    assert records > 10


def test_a_record_is_named_at_the_title_of_its_own_page(drafts_at: str, tab: Page) -> None:
    tab.goto(f"{drafts_at}plain/latest/one/")
    assert re.fullmatch(
        r"docs/one\.md:\d+ · data/provision/one\.yml:1", tab.locator("h1 > .cm-edit").text_content() or ""
    )


def test_it_is_seen_when_pointed_at_and_is_no_part_of_the_text(drafts_at: str, tab: Page) -> None:
    tab.goto(f"{drafts_at}plain/latest/one/")
    title = tab.locator("h1")
    assert "docs/" not in title.inner_text()
    height = title.bounding_box()
    title.hover()
    assert title.locator(".cm-edit").is_visible()
    assert title.bounding_box() == height


def test_a_repository_is_linked_when_one_is_named(drafts_at: str, tab: Page) -> None:
    tab.goto(f"{drafts_at}hosted/latest/one/")
    addresses = tab.locator("h1 a:not(.headerlink)").evaluate_all("all => all.map(one => one.href)")
    assert re.fullmatch(r"https://github\.com/firm/site/blob/HEAD/docs/one\.md#L\d+", addresses[0])
    assert addresses[1] == "https://github.com/firm/site/blob/HEAD/data/provision/one.yml#L1"


def test_the_preview_opens_the_editor(drafts_at: str, tab: Page) -> None:
    tab.goto(f"{drafts_at}preview/latest/one/")
    links = tab.locator("h1 .cm-edit a")
    assert links.first.is_visible()
    assert re.fullmatch(r"vscode://file/C:/our%20site/docs/one\.md:\d+:1", str(links.first.get_attribute("href")))
    assert links.nth(1).get_attribute("href") == "vscode://file/C:/our%20site/data/provision/one.yml:1:1"


def test_no_built_file_names_a_folder_of_this_machine(drafts: Path) -> None:
    for path in (drafts / "plain").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert str(ROOT).encode() not in content, path
            assert str(drafts).encode() not in content, path


def test_no_edition_says_where_it_is_written(made: Project) -> None:
    pages = [*made.top.glob("editions/*/pages/**/*"), *(made.top / "site").rglob("*.html")]
    assert len(pages) > 20
    for path in pages:
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert not re.search(r'cm-edit[^i]|"edit":|vscode:|editing\.js', text), path
    assert not [path for path in (made.top / "site").rglob("*") if path.stem in ("editing", "admin")]


def test_every_example_of_a_macro_works_on_the_site() -> None:
    tree = Tree(ROOT)
    site = load_checked(tree)
    page = reference_of_macros(site, open_history(tree, site))
    assert [name for name in MACROS if f'id="macro-{name}"' not in page] == []
    refused = re.findall(r"<em>Not shown here: (.*?)</em>", page)
    # An example may pick too few records for a real page; none may name what is not there.
    assert [one for one in refused if "is in no group" not in one] == []
