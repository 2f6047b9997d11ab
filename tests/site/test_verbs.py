"""The commands for what editors do, each run on the specimen as a person would."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.site.conftest import Command
from tests.site.project import Project


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def contents(tree: Path) -> dict[str, bytes]:
    files = [path for name in ("data", "docs") for path in (tree / name).rglob("*") if path.is_file()]
    return {path.relative_to(tree).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_record_is_renamed_everywhere_and_back(tree: Path, run: Command, end: str) -> None:
    noted = tree / "data" / "deadline" / "meeting.yml"
    replace(noted, "provisions: [one]", "provisions: [ 'one' ]  # provision/one, as the text has it")
    for path in (*tree.glob("data/**/*.yml"), *tree.glob("docs/**/*.md")):
        path.write_bytes(path.read_bytes().replace(b"\n", end.encode()))
    before = contents(tree)
    assert run("check").returncode == 0
    done = run("rename", "provision/one", "provision/the-first")
    assert done.returncode == 0, done.stderr
    assert "moved data/provision/one.yml to data/provision/the-first.yml" in done.stdout
    assert "the old name is still at data/deadline/meeting.yml:2" in done.stdout, "a remark behind a value is prose"
    after = contents(tree)
    assert after["data/deadline/meeting.yml"] == before["data/deadline/meeting.yml"].replace(
        b"[ 'one' ]", b"[ 'the-first' ]"
    )
    assert after["docs/one.md"] == before["docs/one.md"].replace(b"provision/one", b"provision/the-first")
    own = before["data/provision/one.yml"].replace(b"[first]", b"[one, first]")
    assert after["data/provision/the-first.yml"] == own
    assert "no problem" in run("check").stdout
    assert run("rename", "provision/the-first", "one").returncode == 0
    own = own.replace(b"[one, first]", b"[the-first, first]")
    assert contents(tree) == before | {"data/provision/one.yml": own}


def test_a_new_name_that_is_taken_changes_nothing(tree: Path, run: Command) -> None:
    before = contents(tree)
    done = run("rename", "provision/one", "provision/two")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("data/provision/two.yml:1:1: 'provision/two' exists already\n    hint: ")
    assert run("rename", "provision/one", "").returncode == 2
    assert contents(tree) == before


def test_an_edition_forbids_an_id_and_an_address_that_it_has_given_to_others(project: Project) -> None:
    (project.top / "data" / "term" / "wording.yml").rename(project.top / "data" / "term" / "new-wording.yml")
    for name in ("one", "two"):
        project.change(f"data/provision/{name}.yml", "term/wording", "term/new-wording")
    done = project.run("rename", "term/new-wording", "term/wording")
    assert done.returncode == 1
    assert "files/data/term.json:1:1: 'term/wording' is another record in the edition" in done.stderr
    done = project.run("rename", "docs/one.md", "docs/buyers.md")
    assert done.returncode == 1
    assert "pages/buyers.html:1:1: another page is at buyers/ in the edition 2026-08-31" in done.stderr


def test_old_anchors_and_addresses_lead_on(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    project.change("docs/one.md", "It says", "[A word](lists.md#term-wording) is used. It says")
    assert project.run("rename", "term/wording", "term/words").returncode == 0
    done = project.run("rename", "docs/lists.md", "docs/all/lists.md")
    assert done.returncode == 0, done.stderr
    assert "[A word](all/lists.md#term-words)" in (project.top / "docs" / "one.md").read_text(encoding="utf-8")
    done = project.run("draft")
    assert done.returncode == 0, done.stderr
    draft = project.top / "draft" / "latest"
    moved = (draft / "lists" / "index.html").read_text("utf-8")
    assert 'content="0; url=../all/lists/"' in moved
    assert "location.hash" in moved, "the anchor is kept"
    lists = BeautifulSoup((draft / "all" / "lists" / "index.html").read_text(encoding="utf-8"), "lxml")
    assert len(lists.select("#term-words #term-wording")) == 1, "the old anchor is at the record's own place"


def test_where_lists_what_names_a_record_and_what_shows_it(tree: Path, run: Command) -> None:
    replace(tree / "docs" / "two.md", "It says", "See {{ link('provision/first') }}. It says")
    said = run("where", "provision/one").stdout
    assert said.startswith("provision/one: data/provision/one.yml; its place on the site: one/\n")
    named, pages, shown = (part.splitlines() for part in said.split("\n\n")[1:])
    assert "  data/deadline/meeting.yml:2:14: provisions" in named
    assert "  docs/two.md:9:24: link()" in pages, "also by an earlier id"
    assert "  docs/index.md:13:4: structure()" in shown
    assert not [line for line in shown if "docs/project.md" in line]
    assert run("where", "provision/oen").returncode == 2


def test_a_page_is_begun_and_the_check_asks_for_what_is_missing(tree: Path, run: Command) -> None:
    assert run("new", "page", "deep/loans", "--title", "Loans: small ones").returncode == 0
    assert "\n  - deep/loans.md\n" in (tree / "mkdocs.yml").read_text(encoding="utf-8")
    assert run("new", "page", "docs/deep/loans.md", "--title", "Again").returncode == 2
    assert run("new", "page", "deep/more").returncode == 2, "nobody is there to be asked for a title"
    done = run("check")
    assert done.stderr.startswith("docs/deep/loans.md:3:1: 'description' is empty")
    assert "1 problem in 1 file" in done.stderr
    replace(tree / "docs" / "deep" / "loans.md", "description:\n", "description: Small loans.\n")
    assert "no problem" in run("check").stdout


def test_a_record_that_is_begun_is_well_when_it_is_filled_in(tree: Path, run: Command) -> None:
    assert run("new", "term", "loan").returncode == 0
    path = tree / "data" / "term" / "loan.yml"
    done = run("check")
    for key in ("title", "topic", "definition", "defined_in_text", "certainty"):
        assert f"'{key}' is empty" in done.stderr
    text = path.read_text(encoding="utf-8")
    for key, value in {"title": "loan", "topic": "money", "definition": "Money lent.", "certainty": "reported"}.items():
        text = text.replace(f"\n{key}:\n", f"\n{key}: {value}\n")
    text = text.replace("defined_in_text:\n", "defined_in_text: false\n").replace(
        '{id: , pinpoint: ""}', "{id: report}"
    )
    path.write_text(text, encoding="utf-8")
    assert "no problem" in run("check").stdout


def test_a_source_is_begun_from_its_address_once(tree: Path, run: Command) -> None:
    done = run("source", "https://government.example/2026/03/19/another/")
    assert done.returncode == 0, done.stderr
    path = tree / "data" / "source" / "text-another.yml"
    assert "\npublisher: A government\n" in path.read_text(encoding="utf-8")
    assert "a day, 2026-03-19" in done.stdout
    said = run("check").stderr
    assert [key for key in ("title", "date", "seen") if f"'{key}' is empty" in said] == ["title", "date", "seen"]
    again = run("source", "http://www.government.example/2026/03/19/another")
    assert again.returncode == 1
    assert "text-another.yml:11:6: the address is that of source/text-another" in again.stderr
    assert run("source", "government.example").returncode == 2


def test_what_is_stale_is_listed_by_reason(tree: Path, run: Command) -> None:
    replace(tree / "data" / "source" / "text.yml", "seen: text", "seen: text\nreview: {by: associate, on: 2026-01-10}")
    said = run("stale", "--on", "2026-11-30").stdout
    assert "data/measure/control.yml:11:14: state_as_of is 2026-08: look the state up again" in said
    assert "data/measure/control.yml:15:10: until 2026-11-10 will have passed" in said
    assert "data/source/text.yml:1:1: see whether it says more now (https://government.example/text): " in said
    assert "Reviews by the role associate: 1\n  data/source/text.yml:8:29: reviewed on 2026-01-10" in said
    assert "Without a review: 26 of 27 records, 8 of 8 pages" in said
    assert run("stale", "--on", "2026-02-01", "--role", "associate").stdout == "Reviews by the role associate: none\n"
    assert run("stale", "--role", "boss").returncode == 2
