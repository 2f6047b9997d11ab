"""The pictures of README and of the first-edit guide, made from real screens and held to the size of the kept ones.

They are written to shots/; what a guide shows is a copy of them in guides/pictures/.
"""

from __future__ import annotations

import base64
import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.machine.server import serve
from macros.preview.serving import Serving
from macros.publication.site import build_site
from macros.tree import Tree
from tests.conftest import ROOT
from tests.site.sharing import share
from tests.site.test_screenshots import FOLDER, measure

KEPT = ROOT / "guides" / "pictures"
FONT = ROOT / "macros" / "brief" / "fonts" / "noto-serif-cjk-jp-subset.otf"
PAGE = "framework/provisions/financing/"
RECORD = "data/provision/financing.yml"


@contextmanager
def open_tab(browser: Browser, address: str, width: int, height: int) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": height}, bypass_csp=True, color_scheme="light", reduced_motion="reduce"
    )
    tab = context.new_page()
    tab.goto(address)
    yield tab
    context.close()


def picture(tab: Page, name: str) -> None:
    """Takes what the window shows; Japanese is set in the project's own font where the machine has none."""
    font = base64.b64encode(FONT.read_bytes()).decode("ascii")
    face = f"@font-face {{ font-family: Own; src: url(data:font/otf;base64,{font}) }} :lang(ja) {{ font-family: Own }}"
    tab.add_style_tag(content=face)
    tab.evaluate("document.fonts.ready")
    path = FOLDER / f"{name}.png"
    tab.screenshot(path=path)
    kept = KEPT / path.name
    assert kept.is_file(), f"guides/pictures/ needs a copy of shots/{path.name}"
    assert measure(kept) == measure(path)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yields the address of the published site, built as `make site` builds it."""
    folder = share(tmp_path_factory, "published", lambda one: build_site(Tree(ROOT), one / "site", dt.date.today()))
    with serve(folder / "site") as url:
        yield url


@pytest.mark.parametrize(("name", "url", "size"), [("phone", "", (390, 780)), ("wide", PAGE, (1180, 780))])
def test_what_the_readme_shows(browser: Browser, served: str, name: str, url: str, size: tuple[int, int]) -> None:
    with open_tab(browser, urljoin(served, f"latest/{url}"), *size) as tab:
        expect(tab.locator("h1")).to_be_visible()
        picture(tab, f"readme-{name}")


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """Returns a copy of the project's own sources, for a preview in which they are edited."""
    for name in ("data", "docs", "overrides"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


def test_what_the_guide_of_the_first_edit_shows(browser: Browser, real: Path) -> None:
    record = real / RECORD
    said = record.read_text(encoding="utf-8")
    first = "the two governments intend"
    with Serving(Tree(real)) as serving, open_tab(browser, f"{serving.address}latest/{PAGE}", 1180, 700) as tab:
        expect(tab.locator(".cm-article h1")).to_be_visible(timeout=60_000)
        picture(tab, "first-edit-preview")
        record.write_text(said.replace("certainty: verified", "certainty: verifed", 1), encoding="utf-8")
        expect(tab.locator("preview-problems").get_by_text(RECORD).first).to_be_visible(timeout=60_000)
        picture(tab, "first-edit-problem")
        record.write_text(said.replace(first, f"{first}, freshly written,", 1), encoding="utf-8")
        expect(tab.get_by_text("freshly written").first).to_be_visible(timeout=60_000)
        picture(tab, "first-edit-seen")
