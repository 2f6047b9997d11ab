"""The exported files of every edition: there, whole, true to their schemas, the same bytes in two builds."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
import vobject  # type: ignore[import-untyped]
from bs4 import BeautifulSoup
from jsonschema_rs import Draft202012Validator, meta
from pybtex.database import parse_string  # type: ignore[import-untyped]

from macros.builder.draft import build_draft
from macros.machine.server import serve
from macros.store.files import BIBLIOGRAPHY, CALENDAR, FILES, INDEX, OVERVIEW
from macros.tree import Tree
from tests.conftest import ROOT
from tests.site.parsing import parse_page
from tests.site.project import FIRST, SECOND, Project

PAGE = ROOT / "docs" / "reference" / "data.md"
EXAMPLE = "https://www.your-site.example/latest/"


@pytest.fixture(scope="module")
def address(made: Project) -> Iterator[str]:
    """Yields the address at which the site of two editions is served."""
    with serve(made.top / "site") as url:
        yield url


def fetch(address: str) -> bytes:
    with urlopen(address) as answer:
        return bytes(answer.read())


def meeting(project: Project, edition: str) -> Any:
    """Returns the one entry of an edition's calendar."""
    text = (project.top / "site" / edition / CALENDAR).read_text(encoding="utf-8")
    (entry,) = vobject.readOne(text).contents["vevent"]
    return entry


def hashes(folder: Path) -> dict[str, str]:
    return {path: hashlib.sha256((folder / path).read_bytes()).hexdigest() for path in FILES}


def build(project: Project) -> None:
    done = project.run("site")
    assert done.returncode == 0, done.stderr


def test_every_edition_has_every_file_and_latest_the_same_ones(made: Project) -> None:
    site = made.top / "site"
    assert hashes(site / "latest") == hashes(site / SECOND)
    assert hashes(site / FIRST) != hashes(site / SECOND)
    own, kept = ((folder / OVERVIEW).read_text(encoding="utf-8") for folder in (site, site / SECOND))
    assert own == kept.replace("](", "](latest/"), "from the root the way is another"
    for link in re.findall(r"\]\(([^)]*)\)", own):
        assert (site / link / "index.html" if link.endswith("/") else site / link).is_file(), link


@pytest.mark.parametrize("edition", [FIRST, SECOND, "latest"])
def test_what_the_index_lists_is_served_and_true_to_its_schema(address: str, edition: str) -> None:
    index = json.loads(fetch(f"{address}{edition}/{INDEX}"))
    assert index["edition"] == (SECOND if edition == "latest" else edition)
    assert (index["as_at"], index["published"], index["candidate"]) == (index["edition"], None, True)
    for file in index["files"]:
        assert fetch(f"{address}{edition}/{file['path']}"), file
    for kind in index["kinds"].values():
        schema, records = (json.loads(fetch(f"{address}{edition}/{kind[form]}")) for form in ("schema", "json"))
        meta.validate(schema)
        Draft202012Validator(schema).validate(records)
        assert len(records) == kind["count"]
        table = fetch(f"{address}{edition}/{kind['csv']}").decode("utf-8-sig")
        assert [one["key"] for one in csv.DictReader(io.StringIO(table, newline=""))] == [one["key"] for one in records]


def test_every_record_says_its_home_in_the_edition(made: Project) -> None:
    for path in (made.top / "site" / FIRST / "data").glob("*.json"):
        for record in json.loads(path.read_text(encoding="utf-8")) if path.name.count(".") == 1 else ():
            if isinstance(record, dict):
                where, _, anchor = record["home"].partition(f"/{FIRST}/")[2].partition("#")
                page = BeautifulSoup((made.top / "site" / FIRST / where / "index.html").read_text(), "lxml")
                assert not anchor or page.find(id=anchor) is not None, record["home"]


def test_the_bibliography_is_read_by_the_keys_of_the_data(made: Project) -> None:
    folder = made.top / "site" / SECOND
    entries = parse_string((folder / BIBLIOGRAPHY).read_text(encoding="utf-8"), "bibtex").entries
    sources = json.loads((folder / "data" / "source.json").read_text(encoding="utf-8"))
    assert sorted(entries) == sorted(one["id"] for one in sources)


def test_the_lines_of_python_on_the_page_run(address: str) -> None:
    found = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    code = found[1]
    assert len(code.splitlines()) == 3
    assert EXAMPLE in code
    code = code.replace(EXAMPLE, f"{address}latest/") + "\nprint([one['due'] for one in deadlines])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "['2026-04-26', None]"


def test_every_page_of_an_edition_names_calendar_and_data(made: Project) -> None:
    site = made.top / "site"
    for path in site.glob("*/**/index.html"):
        if path.parent.name == "between":
            continue  # it is of no edition
        links = parse_page(path).select("link[rel~=alternate]")
        own = [one for one in links if one["type"] != "application/atom+xml"]  # the feed is of all editions
        assert [str(one["type"]) for one in own] == ["text/calendar", "application/json"], path
        for link in own:
            target = (path.parent / str(link["href"])).resolve()
            assert target.is_file(), (path, link)
            assert target.is_relative_to(site / path.relative_to(site).parts[0]), (path, link)


def test_a_draft_has_the_files_and_says_that_it_is_one(made: Project) -> None:
    done = made.run("draft")
    assert done.returncode == 0, done.stderr
    draft = made.top / "draft" / "latest"
    assert len(hashes(draft)) == len(FILES)
    index = json.loads((draft / INDEX).read_text(encoding="utf-8"))
    assert (index["draft"], index["candidate"], index["edition"]) == (True, False, None)
    assert 'rel="alternate' not in (draft / "index.html").read_text(encoding="utf-8")


def test_two_builds_are_the_same_bytes(made: Project, project: Project) -> None:
    shutil.rmtree(project.top / ".cache")
    shutil.rmtree(project.top / "site")
    build(project)
    for edition in (FIRST, SECOND, "latest"):
        assert hashes(project.top / "site" / edition) == hashes(made.top / "site" / edition)


def test_an_entry_keeps_its_uid_and_counts_its_changes(project: Project) -> None:
    assert [meeting(project, one).sequence.value for one in (FIRST, SECOND)] == ["0", "0"]
    project.change("data/deadline/meeting.yml", "title: A meeting", "title: Talks")
    project.freeze(SECOND, "--again")
    build(project)
    first, second = meeting(project, FIRST), meeting(project, SECOND)
    assert first.uid.value == second.uid.value
    assert (first.summary.value, second.summary.value) == ("A meeting", "Talks")
    assert [one.sequence.value for one in (first, second)] == ["0", "1"]
    project.change(f"sources/{FIRST}/data/deadline/meeting.yml", "title: A meeting", "title: Talks")
    project.freeze(FIRST, "--again", "--sources", f"sources/{FIRST}")
    project.freeze(SECOND, "--again")
    build(project)
    assert meeting(project, SECOND).sequence.value == "0"


def test_publication_stamps_the_files(published: Project) -> None:
    build(published)
    index = json.loads((published.top / "site" / FIRST / INDEX).read_text(encoding="utf-8"))
    assert (index["published"], index["candidate"]) == ("2026-09-02", False)
    assert f"{meeting(published, FIRST).dtstamp.value:%Y%m%dT%H%M%SZ}" == "20260902T000000Z"
    assert "published September 2, 2026" in (published.top / "site" / FIRST / OVERVIEW).read_text(encoding="utf-8")


def test_addresses_are_those_at_which_the_site_stands(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://firm.example/minerals/latest/")
    project.freeze(SECOND, "--again")
    build(project)
    entry = meeting(project, SECOND)
    assert entry.uid.value == meeting(project, FIRST).uid.value, "on any host"
    assert entry.url.value == f"https://firm.example/minerals/{SECOND}/lists/#deadline-meeting"
    robots = (project.top / "site" / "robots.txt").read_text(encoding="utf-8")
    assert "Sitemap: https://firm.example/minerals/sitemap.xml\n" in robots
    overview = (project.top / "site" / OVERVIEW).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]*)\)", overview)
    assert all(one.startswith(f"https://firm.example/minerals/{SECOND}/") for one in links)
    for link in links:
        target = project.top / "site" / SECOND / link.partition(f"/{SECOND}/")[2]
        assert (target / "index.html" if link.endswith("/") else target).is_file(), link


def test_what_a_draft_keeps_beside_its_pages_is_made_anew_with_its_records(tree: Path, tmp_path: Path) -> None:
    def build(name: str) -> dict[str, bytes]:
        build_draft(Tree(tree), tmp_path / name)
        files = (path for path in (tmp_path / name).rglob("*") if path.is_file())
        return {path.relative_to(tmp_path / name).as_posix(): path.read_bytes() for path in files}

    first = build("first")
    assert build("again") == first
    record = tree / "data" / "implication" / "point.yml"
    record.write_text(record.read_text(encoding="utf-8").replace("title: A point", "title: A freshly named point"))
    changed = build("changed")
    shutil.rmtree(tree / ".cache")
    assert changed == build("from nothing")
    for file in ("latest/data/implication.json", "latest/search/finds-1.json"):
        assert b"freshly named" in changed[file]
        assert b"freshly named" not in first[file]
