"""What machines read: the head of each page, and the form in which a page is cited."""

from __future__ import annotations

import re
from pathlib import Path

from bs4 import BeautifulSoup
from pybtex.database import parse_string  # type: ignore[import-untyped]

from tests.site.project import FIRST, SECOND, Project, page, text

OWN = re.compile(r"https?://[^/]+/")


def property_of(soup: BeautifulSoup, name: str) -> str:
    found = soup.select_one(f'meta[property="{name}"]')
    assert found is not None, name
    return str(found["content"])


def canonical(soup: BeautifulSoup) -> str:
    found = soup.select("link[rel=canonical]")
    assert len(found) == 1
    return str(found[0]["href"])


def test_every_page_says_what_it_is_before_its_text(built: Path) -> None:
    titles = []
    for path in (built / "latest").rglob("index.html"):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        descriptions = soup.select('meta[name="description"]')
        assert len(descriptions) == 1, path
        assert property_of(soup, "og:description") == descriptions[0]["content"]
        assert 20 <= len(str(descriptions[0]["content"])) <= 300, path
        assert property_of(soup, "og:url") == canonical(soup)
        assert OWN.sub("", canonical(soup)) == f"{path.parent.relative_to(built).as_posix()}/"
        titles.append(text(soup, "title"))
    assert titles
    assert len(set(titles)) == len(titles), "two pages have the same title"


def test_a_lasting_address_exists(made: Project) -> None:
    for path in (made.top / "site").glob("*/**/index.html"):
        address = OWN.sub("", canonical(BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")))
        assert (made.top / "site" / address / "index.html").is_file(), (path, address)
    gone = page(made, f"{FIRST}/buyers")
    assert canonical(gone).endswith(f"/{FIRST}/buyers/"), "the newest edition has no such page"
    assert property_of(gone, "og:url") == canonical(gone)


def test_a_citation_names_the_edition(made: Project) -> None:
    for edition, where in ((FIRST, FIRST), (SECOND, SECOND), (SECOND, "latest")):
        soup = page(made, f"{where}/two")
        words = text(soup, "#cm-cite-text")
        assert f"/{edition}/two/" in words
        assert "candidate" in words, "no day of publication is written in the edition's record"
        bibtex = soup.select_one("#cm-cite-bibtex")
        assert bibtex is not None
        (entry,) = parse_string(bibtex.get_text(), "bibtex").entries.values()
        assert entry.fields["url"].endswith(f"/{edition}/two/")
        assert "year" not in entry.fields, "a candidate has no day of publication"


def test_a_draft_is_not_to_be_cited(built: Path) -> None:
    soup = BeautifulSoup((built / "latest" / "framework" / "index.html").read_text(encoding="utf-8"), "lxml")
    assert "not to be cited" in text(soup, ".cm-cite")
    assert soup.select_one(".cm-cite__form") is None
