"""A migration as a person runs it: other markup, the same words, links and ids, and a record that says so."""

from __future__ import annotations

import shutil

import pytest
import yaml

from macros.editions.retagging import read_meaning
from macros.store.stored import split_page
from tests.site.project import FIRST, SECOND, Project, page

REASON = "A list of facts had no role that screen readers know."
WORDS = ["--css", "dl.cm-facts", "--set", "role=group", "--reason", REASON]


def migrate(project: Project, edition: str, *words: str) -> str:
    done = project.run("edition-migrate", edition, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_published_edition_gets_other_markup_and_stays_in_the_chain(published: Project) -> None:
    folder = published.top / "editions" / FIRST
    before = {path.relative_to(folder): path.read_text() for path in (folder / "pages").rglob("*.html")}
    files = {path: path.read_bytes() for path in (folder / "files").rglob("*") if path.is_file()}
    said = migrate(published, FIRST, *WORDS)
    changed = 0
    for path, old in before.items():
        new = (folder / path).read_text()
        assert read_meaning(split_page(new)[1]) == read_meaning(split_page(old)[1])
        assert new.replace(' role="group"', "") == old.replace(' role="group"', "")
        changed += new != old
    assert changed
    assert f"{FIRST}: {changed} pages" in said
    assert {path: path.read_bytes() for path in files} == files
    (told,) = yaml.safe_load((folder / "edition.yml").read_text())["migrations"]
    assert (told["reason"], told["pages"]) == (REASON, changed)
    done = published.run("site")
    assert done.returncode == 0, done.stderr
    assert page(published, f"{FIRST}/two").select("dl.cm-facts[role=group]") or changed

    again = published.run("edition-migrate", FIRST, *WORDS)
    assert again.returncode == 2
    assert "that is not so already" in again.stderr


def test_a_migration_that_was_cut_off_is_finished(published: Project) -> None:
    ledger = published.top / "editions" / "published.sha256"
    kept = ledger.read_text()
    migrate(published, SECOND, *WORDS)
    ledger.write_text(kept)  # as a kill before the last step leaves it
    assert published.run("site").returncode == 1
    said = migrate(published, SECOND, "--css", "table", "--set", "role=table", "--reason", "Another one.")
    assert "was cut off after it was done" in said
    assert published.run("site").returncode == 0


@pytest.mark.parametrize(
    ("edition", "words", "message"),
    [
        ("2030-01-01", WORDS, "no edition '2030-01-01'"),
        (SECOND, ["--css", "a", "--set", "href=x", "--reason", "x"], "'href' is not for a migration"),
        (SECOND, ["--css", "a", "--set", "onclick=x", "--reason", "x"], "'onclick' is not for a migration"),
        (SECOND, ["--css", "a", "--set", "rel", "--reason", "x"], "takes name=value"),
        (SECOND, ["--css", "a[", "--set", "role=x", "--reason", "x"], "is not a CSS selector"),
        (SECOND, ["--css", "a", "--set", "role=x"], "say what to do and why"),
        (SECOND, ["--css", "blink", "--set", "role=x", "--reason", "x"], "no page of"),
    ],
)
def test_what_is_no_migration_is_refused(project: Project, edition: str, words: list[str], message: str) -> None:
    kept = {path: path.read_bytes() for path in (project.top / "editions").rglob("*") if path.is_file()}
    done = project.run("edition-migrate", edition, *words)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in (project.top / "editions").rglob("*") if path.is_file()} == kept


def test_a_changed_edition_is_not_migrated(project: Project) -> None:
    folder = project.top / "editions" / SECOND
    shutil.copy(folder / "nav.json", folder / "files" / "stray.json")
    done = project.run("edition-migrate", SECOND, *WORDS)
    assert done.returncode == 1
    assert "stray.json" in done.stderr
