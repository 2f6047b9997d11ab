"""Every page is HTML that a parser need not mend, with headings in order, labels, and a title of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest
from bs4 import BeautifulSoup, Tag

from tests.site.project import SECOND, Project

_FIELDS = "input:not([type=hidden]), select, textarea"


def list_faults(html: str) -> Iterator[str]:
    """Yields what is wrong with the form of one page, by line where the parser knows it."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(html)
    for (line, _), code, values in parser.errors:
        yield f"line {line}: {html5lib.constants.E.get(code, code) % values}"
    soup = BeautifulSoup(html, "html5lib")
    if not (soup.html and soup.html.get("lang")):
        yield "the page has no language"
    for name in ("title", "meta[name=description]"):
        if len(soup.select(f"head > {name}")) != 1:
            yield f"not exactly one {name}"
    ids = Counter(str(one["id"]) for one in soup.select("[id]"))
    yield from (f"the id {one} is given {count} times" for one, count in ids.items() if count > 1)
    yield from _headings(soup)
    yield from _labels(soup)


def _headings(soup: BeautifulSoup) -> Iterator[str]:
    levels = [int(one.name[1]) for one in soup.select("h1, h2, h3, h4, h5, h6")]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} headings of the first level"
    article = [int(one.name[1]) for one in soup.select("article :is(h1, h2, h3, h4, h5, h6)")]
    for before, after in pairwise(article):
        if after > before + 1:
            yield f"a heading of level {after} follows one of level {before}"
    yield from (f"an empty heading: {one}" for one in soup.select("h1, h2, h3, h4") if not one.get_text(strip=True))


def _labels(soup: BeautifulSoup) -> Iterator[str]:
    labelled = {one.get("for") for one in soup.select("label[for]")}
    for field in soup.select(_FIELDS):
        if field.get("id") not in labelled and not field.find_parent("label") and not _is_named(field):
            yield f"a field without a label: {field}"
    for button in soup.select("button"):
        if not button.get_text(strip=True) and not _is_named(button):
            yield f"a button without words: {button}"
    yield from (f"a picture without words: {one}" for one in soup.select("img:not([alt])"))


def _is_named(element: Tag) -> bool:
    return any(element.get(one) for one in ("aria-label", "aria-labelledby", "title"))


def check_pages(folder: Path) -> list[str]:
    """Returns what is wrong with the pages of a built edition, and which share a title or a description."""
    found: list[str] = []
    said: dict[tuple[str, str], str] = {}
    for path in sorted(folder.rglob("*.html")):
        name, html = path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")
        if 'http-equiv="refresh"' in html or name == "404.html":
            continue
        found += [f"{name}: {one}" for one in list_faults(html)]
        soup = BeautifulSoup(html, "lxml")
        for css, value in (("title", "title"), ("description", "meta[name=description]")):
            one = soup.select_one(value if css == "description" else css)
            words = str(one.get("content") or one.get_text()) if one else ""
            first = said.setdefault((css, words), name)
            if first != name:
                found.append(f"{name}: the same {css} as {first}")
    return found


def test_every_page_of_the_specimen_is_valid(made: Project) -> None:
    assert check_pages(made.top / "site" / SECOND) == []


@pytest.mark.audit
def test_every_page_of_the_site_is_valid(built: Path) -> None:
    assert check_pages(built / "latest") == []


GOOD = (
    "<!doctype html><html lang='en'><head><title>T</title><meta name='description' content='D'></head>"
    "<body><article><h1>A</h1>{}</article></body></html>"
)


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ("<p><div>x</div></p>", "line 1"),
        ("<b><i>x</b></i>", "line 1"),
        ("<table><p>x</p></table>", "line 1"),
        ("<p id='a' id='b'>x</p>", "line 1"),
        ("<p id='a'></p><p id='a'></p>", "2 times"),
        ("<h1>B</h1>", "2 headings"),
        ("<h3>B</h3>", "level 3 follows"),
        ("<h2></h2>", "an empty heading"),
        ("<input name='a'>", "without a label"),
        ("<button></button>", "without words"),
        ("<img src='a.png'>", "a picture without"),
    ],
)
def test_what_is_not_valid_is_said(broken: str, says: str) -> None:
    assert list(list_faults(GOOD.format("<p>x</p>"))) == []
    assert any(says in one for one in list_faults(GOOD.format(broken)))
