"""What machines read: the head of each page, its linked data, its card, and the form in which it is cited."""

from __future__ import annotations

import datetime as dt
import json
import re
import struct
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from pybtex.database import parse_string  # type: ignore[import-untyped]
from schema_org import registry

from macros.schema.dates import PartialDate
from tests.site.parsing import parse_page
from tests.site.project import FIRST, SECOND, Project, page, text

OWN = re.compile(r"https?://[^/]+/")

PLAIN = {"Text", "URL", "Date", "DateTime", "Boolean", "Integer", "Number"}
DATES = {"dateCreated", "dateModified", "datePublished", "legislationDate", "startDate", "endDate"}


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
        soup = parse_page(path)
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
        if path.parent.name == "between":
            continue  # what it shows hangs on what is asked
        address = OWN.sub("", canonical(parse_page(path)))
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
    soup = parse_page(built / "latest" / "framework" / "index.html")
    assert "please do not cite it" in text(soup, ".cm-cite")
    assert soup.select_one(".cm-cite__form") is None


Graphs = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def graphs(built: Path) -> Graphs:
    """Returns the linked data of each page of the draft by the page's address."""
    found = {}
    for path in (built / "latest").rglob("index.html"):
        soup = parse_page(path)
        (script,) = soup.select('script[type="application/ld+json"]')
        data = json.loads(script.get_text())
        assert data["@context"] == "https://schema.org"
        found[path.parent.relative_to(built / "latest").as_posix().removeprefix(".")] = data["@graph"]
    return found


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yields every node within a value that says its type."""
    if isinstance(value, list):
        for one in value:
            yield from nodes(one)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for one in value.values():
            yield from nodes(one)


@cache
def property_names(kind: str) -> dict[str, tuple[str, ...]]:
    """Returns the properties that a type of schema.org has, with the types of their values; none for what is no type.

    Its class is taken as it stands in its module: to make our twenty ready to hold values takes half a minute.
    """
    if kind not in registry._MODEL_MODULES:
        return {}
    module = import_module(f"schema_org.models.{registry._MODEL_MODULES[kind]}")
    model = getattr(module, registry._MODEL_CLASSES[kind])
    return {one.schema_name: one.ranges for one in model.SCHEMA_PROPERTIES}


@cache
def types_of(kind: str) -> set[str]:
    """Returns a type and all that it is a kind of."""
    return {kind, *registry.ancestry(kind)}


def faults_of(node: dict[str, Any]) -> Iterator[str]:
    """Yields what is wrong with one node by the vocabulary: its type, its properties, the types of their values."""
    if set(node) == {"@id"}:
        return
    kind = node.get("@type", "")
    known = property_names(kind)
    if not known:
        yield f"no type {kind}"
        return
    for name, value in node.items():
        if name.startswith("@"):
            continue
        if name not in known:
            yield f"{kind} has no {name}"
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict) and "@type" in one and not types_of(one["@type"]) & set(known[name]):
                yield f"{kind}.{name} is no {one['@type']}"
            named = str(one).startswith("https://")  # an address may stand for the thing itself
            if not isinstance(one, dict) and not named and not set(known[name]) & PLAIN:
                yield f"{kind}.{name} is no plain value"


def test_the_vocabulary_is_held_to() -> None:
    assert not list(faults_of({"@type": "Article", "headline": "One", "datePublished": "2026-09"}))
    assert list(faults_of({"@type": "Article", "headlin": "One"})) == ["Article has no headlin"]
    assert list(faults_of({"@type": "Artikel"})) == ["no type Artikel"]
    assert list(faults_of({"@type": "Article", "publisher": {"@type": "Event"}})) == ["Article.publisher is no Event"]
    assert list(faults_of({"@type": "Article", "publisher": "Someone"})) == ["Article.publisher is no plain value"]


def test_linked_data_uses_known_words_and_real_dates(graphs: Graphs) -> None:
    for url, graph in graphs.items():
        for node in nodes(graph):
            assert not list(faults_of(node)), (url, node)
            for name in DATES & set(node):
                assert PartialDate(node[name]).first_day <= dt.date(2026, 12, 31), (url, node)
        for node in graph:
            assert not {"author", "creator", "publisher", "license"} & set(node), "the site names none"
    about = next(node for node in graphs[""] if node["@type"] == "WebPage")["about"]
    assert about["@type"] == "CreativeWork"


def test_linked_data_of_an_edition_speaks_of_it(made: Project) -> None:
    for edition, where in ((FIRST, FIRST), (SECOND, SECOND), (SECOND, "latest")):
        (script,) = page(made, f"{where}/two").select('script[type="application/ld+json"]')
        work = next(node for node in nodes(json.loads(script.get_text())) if node["@type"] == "Article")
        assert OWN.sub("", work["url"]) == f"{edition}/two/"
        assert work["version"] == edition
        assert work["temporalCoverage"] == f"../{edition}"
        assert work["creativeWorkStatus"] == "Candidate"
        assert "datePublished" not in work, "no day of publication is written in the edition's record"


def test_linked_data_leads_to_pages_that_exist(built: Path, graphs: Graphs) -> None:
    anchors: dict[Path, set[str]] = {}
    for url, graph in graphs.items():
        for node in nodes(graph):
            for name in ("url", "item", "contentUrl"):
                address, _, anchor = node.get(name, "").partition("#")
                if "critical-minerals.example/latest/" not in address:
                    continue
                path = built / OWN.sub("", address)
                path = path / "index.html" if path.is_dir() else path
                assert path.is_file(), (url, node)
                if anchor:
                    if path not in anchors:
                        anchors[path] = set(re.findall(r'id="([^"]+)"', path.read_text(encoding="utf-8")))
                    assert anchor in anchors[path], (url, node)


def test_each_page_says_its_place_and_what_it_rests_on(graphs: Graphs) -> None:
    for url, graph in graphs.items():
        trails = [one for one in graph if one["@type"] == "BreadcrumbList"]
        assert len(trails) == (1 if url else 0), url
        for trail in trails:
            steps = trail["itemListElement"]
            assert [one["position"] for one in steps] == list(range(1, len(steps) + 1))
            assert steps[-1]["item"].endswith(f"/latest/{url}/")
        cited = next(one for one in graph if "citation" in one or "isPartOf" in one).get("citation", [])
        assert len(cited) <= 25, url
    kinds = {node["@type"] for graph in graphs.values() for node in nodes(graph)}
    assert {"WebSite", "Article", "FAQPage", "Event", "Dataset", "DefinedTermSet", "Legislation"} <= kinds
    (framework,) = [one for one in graphs["framework"] if one["@type"] == "Article"]
    assert framework["about"]["@type"] == "CreativeWork", "the Framework is not a legal act"
    assert framework["citation"]


def test_a_card_is_a_picture_of_the_size_that_is_said(built: Path) -> None:
    shown = set()
    for path in (built / "latest").rglob("index.html"):
        soup = parse_page(path)
        assert property_of(soup, "og:image:alt")
        shown.add(OWN.sub("", property_of(soup, "og:image")))
    assert len(shown) > 5
    for address in shown:
        png = (built / address).read_bytes()
        assert len(png) <= 72 * 1024, address
        assert png.startswith(b"\x89PNG\r\n\x1a\n"), address
        assert struct.unpack(">II", png[16:24]) == (1200, 630), address
