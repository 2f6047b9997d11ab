"""Pages on paper, as the browser prints them: no frame, terms and notes open, the address on each sheet."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from tests.site.guarding import open_page
from tests.site.layouts import list_longest
from tests.site.test_browser import ADDRESSES

PAGES = (
    "",
    "framework/provisions/financing/",
    "framework/deadlines/",
    "compare/matrix/",
    "context/figures/",
    "reference/terms/energy/",
)
PROVISIONS = [url for url in ADDRESSES if re.fullmatch(r"framework/provisions/[^/]+/", url)]
SHEETS = {"A4": (595, 842), "Letter": (612, 792)}


# Each page on one sheet with scripts and on the other without; the other way round in the audit.
WAYS = [
    *[pytest.param("A4", True, id="A4-script"), pytest.param("Letter", False, id="Letter-no script")],
    pytest.param("Letter", True, id="Letter-script", marks=pytest.mark.audit),
    pytest.param("A4", False, id="A4-no script", marks=pytest.mark.audit),
]


@pytest.mark.parametrize(("sheet", "scripts"), WAYS)
@pytest.mark.parametrize("url", PAGES)
def test_a_page_prints_clean(browser: Browser, address: str, url: str, sheet: str, scripts: bool) -> None:
    with open_page(browser, address, java_script_enabled=scripts, color_scheme="dark") as tab:
        tab.goto(urljoin(address, f"latest/{url}"))
        title = tab.locator("h1").inner_text()
        foot = tab.locator(".cm-note-publisher, .cm-terms dt").all_text_contents()
        printed = PdfReader(BytesIO(tab.pdf(format=sheet, print_background=True)))
    texts = [" ".join(page.extract_text().split()) for page in printed.pages]
    whole = " ".join(texts)
    for page in printed.pages:
        assert (page.mediabox.width, page.mediabox.height) == pytest.approx(SHEETS[sheet], abs=1.5)
    assert " ".join(title.split()) in whole
    for number, text in enumerate(texts, 1):
        assert f"/latest/{url}" in text.replace(" ", ""), f"sheet {number} does not say where it comes from"
        assert f"{number} / {len(texts)}" in text
        assert len(text) > 200, f"sheet {number} is all but empty"
    for frame in ("Skip to content", "On this page", "Previous", "Permanent link", "Switch to", "Back to the text"):
        assert frame not in whole
    assert "[1]" in whole
    assert [words for words in foot if "".join(words.split()) not in "".join(whole.split())] == []


@pytest.mark.parametrize("count", [6, pytest.param(99, marks=pytest.mark.audit)], ids=["the longest", "all"])
def test_a_provision_takes_four_sheets_at_most(browser: Browser, address: str, built: Path, count: int) -> None:
    assert len(PROVISIONS) > 20
    longest = [url for url in list_longest(built / "latest", 999) if url in PROVISIONS][:count]
    assert len(longest) == min(count, len(PROVISIONS))
    long, told = [], []
    with open_page(browser, address) as tab:
        for url in longest:
            tab.goto(urljoin(address, f"latest/{url}"))
            out = tab.locator(".cm-out").first.get_attribute("href") or "none"
            printed = PdfReader(BytesIO(tab.pdf(format="A4")))
            whole = "".join("".join(page.extract_text().split()) for page in printed.pages)
            if len(printed.pages) > 4:
                long.append((url, len(printed.pages)))
            told += [
                (url, words) for words in ("Connections", "Citethispage", "aboutthissource", out) if words in whole
            ]
    assert long == []
    assert told == []


def test_numbers_that_are_gathered_on_the_screen_are_printed(browser: Browser, address: str) -> None:
    with open_page(browser, address) as tab:
        tab.goto(urljoin(address, "latest/energy/projects/alaska-lng/"))
        places = tab.locator(".cm-box .cm-cites__all").first.locator("a")
        numbers = [(one.text_content() or "").split()[0] for one in places.all()]
        printed = PdfReader(BytesIO(tab.pdf(format="A4")))
    whole = "".join("".join(page.extract_text().split()) for page in printed.pages)
    assert len(numbers) > 3
    assert "".join(f"[{one}]" for one in numbers) in whole
    assert "sources\u25be" not in whole
