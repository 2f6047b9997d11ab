"""Editions are kept as they were read: every byte verified, the published ones in a chain, the code free to change."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from macros.store.digests import hash_file, write_manifest
from macros.store.stored import split_page
from tests.site.project import FIRST, PUBLISHED, SECOND, Project, page


def test_a_changed_label_changes_no_byte_of_an_edition(project: Project) -> None:
    """Whatever becomes of the components: an edition is what readers were given."""
    project.take_code()
    before = articles(project)
    for path in (project.top / "overrides" / "components").rglob("*.html"):
        path.write_text(path.read_text().replace("<p", "<p title='new'").replace("</dl>", "</dl><p>More.</p>"))
    frame = project.top / "overrides" / "partials" / "footer.html"
    frame.write_text(frame.read_text().replace("<footer", "<footer data-new"))
    done = project.run("site")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("every byte as it was frozen") == 2
    assert articles(project) == before
    assert "<footer data-new" in (project.top / "site" / FIRST / "two" / "index.html").read_text(), (
        "the frame is today's"
    )


SLOT = re.compile(r"<!-- slot: [\w-]+ -->")


def articles(project: Project) -> dict[str, str]:
    """Returns the stored article of each page; each stands in the site's page as it is stored."""
    found = {}
    for edition in (FIRST, SECOND):
        folder = project.top / "editions" / edition
        for path in sorted((folder / "pages").rglob("*.html")):
            head, article = split_page(path.read_text(encoding="utf-8"))
            built = (project.top / "site" / edition / head.url / "index.html").read_text(encoding="utf-8")
            first, edge, rest = article.strip().partition("</p>")
            assert f"{first}{edge}" in built
            for part in SLOT.split(rest):  # what the frame puts into a slot is no part of what is kept
                assert part.strip() in built, head.url
            found[f"{edition}/{head.url}"] = article
        for path in sorted(one for one in (folder / "files").rglob("*") if one.is_file()):
            served = project.top / "site" / edition / path.relative_to(folder / "files")
            assert served.read_bytes() == path.read_bytes(), served
    assert len(found) > 10
    return found


STORED = [
    "pages/two.html",
    "files/data/term.json",
    "files/data/term.csv",
    "files/data/term.schema.json",
    "files/deadlines.ics",
    "files/sources.bib",
    "files/brief.pdf",
    "files/llms.txt",
    "files/assets/cards/home.png",
    "nav.json",
    "finds.json",
    "compared.json",
    "edition.yml",
]


@pytest.mark.parametrize("name", STORED)
def test_one_flipped_byte_is_refused(project: Project, name: str) -> None:
    path = project.top / "editions" / FIRST / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    before = (project.top / "site" / "versions.json").stat().st_mtime_ns
    done = project.run("site")
    assert done.returncode == 1
    assert f"editions/{FIRST}/{name}:" in done.stderr
    assert name == "edition.yml" or "the frozen file was changed" in done.stderr
    assert "Traceback" not in done.stderr
    assert (project.top / "site" / "versions.json").stat().st_mtime_ns == before, "the old site is left whole"


def test_what_is_swapped_removed_added_or_linked_is_refused(project: Project) -> None:
    folder = project.top / "editions" / FIRST
    pages = folder / "pages"
    (pages / "one.html").rename(pages / "aside.html")
    (pages / "two.html").rename(pages / "one.html")
    (pages / "aside.html").rename(pages / "two.html")
    (folder / "files" / "brief.pdf").unlink()
    (folder / "files" / "new.txt").write_text("new")
    elsewhere = project.top / "elsewhere"
    (folder / "files" / "data").rename(elsewhere)
    (folder / "files" / "data").symlink_to(elsewhere)
    done = project.run("site")
    assert done.returncode == 1
    for name, what in (
        ("pages/one.html", "was changed"),
        ("pages/two.html", "was changed"),
        ("files/brief.pdf", "is gone"),
        ("files/new.txt", "is new"),
        ("files/data", "is new"),
        ("files/data/answer.json", "is gone"),  # of so many of one kind the first are named
    ):
        assert f"editions/{FIRST}/{name}:1:1: the frozen file {what} since the edition was frozen" in done.stderr
    assert "freeze the candidate anew" in done.stderr


def test_a_file_that_is_a_link_is_refused(project: Project) -> None:
    path = project.top / "editions" / FIRST / "pages" / "two.html"
    path.rename(project.top / "two.html")
    path.symlink_to(project.top / "two.html")
    done = project.run("site")
    assert done.returncode == 1
    assert f"editions/{FIRST}/pages/two.html:1:1: the frozen file is a link now" in done.stderr


def test_other_line_ends_are_told_from_other_words(project: Project) -> None:
    path = project.top / "editions" / FIRST / "pages" / "two.html"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    done = project.run("site")
    assert done.returncode == 1
    assert f"editions/{FIRST}/pages/two.html:1:1: the frozen file has other line ends" in done.stderr
    assert ".gitattributes" in done.stderr


def verify(folder: Path, name: str) -> str:
    """Returns what sha256sum, which knows nothing of us, says against the digests in a file."""
    command = [str(shutil.which("sha256sum")), "--check", "--strict", "--quiet", name]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_anybody_can_verify_an_edition(made: Project) -> None:
    for edition in (FIRST, SECOND):
        assert verify(made.top / "editions" / edition, "manifest-sha256.txt") == ""
        assert len(list((made.top / "editions" / edition).rglob("*"))) < 350


def test_published_editions_form_a_chain(published: Project) -> None:
    assert published.run("site").returncode == 0
    editions = published.top / "editions"
    lines = (editions / "published.sha256").read_text().splitlines()
    assert [line.partition("  ")[2] for line in lines] == [f"{one}/manifest-sha256.txt" for one in (FIRST, SECOND)]
    assert verify(editions, "published.sha256") == ""
    record = yaml.safe_load((editions / SECOND / "edition.yml").read_text())
    assert record["follows"] == {"edition": FIRST, "sha256": lines[0][:64]}
    versions = json.loads((published.top / "site" / "versions.json").read_text())
    assert [one["manifest_sha256"] for one in versions] == [lines[1][:64], lines[0][:64]]
    assert "published September 2, 2026" in (editions / FIRST / "files" / "llms.txt").read_text()
    done = published.run("edition", SECOND, "--again")
    assert done.returncode == 2
    assert f"a correction is a new edition, {SECOND}.2" in done.stderr


def test_a_page_changed_together_with_its_manifest_is_noticed(published: Project) -> None:
    folder = published.top / "editions" / FIRST
    published.change(f"editions/{FIRST}/pages/two.html", "It says something.", "It says nothing.")
    write_manifest(folder)
    done = published.run("site")
    assert done.returncode == 1
    assert f"editions/{FIRST}/manifest-sha256.txt:1:1: the manifest is not the one that was published" in done.stderr
    ledger = published.top / "editions" / "published.sha256"
    ledger.write_text(
        "".join(
            f"{hash_file(published.top / 'editions' / one / 'manifest-sha256.txt')}  {one}/manifest-sha256.txt\n"
            for one in (FIRST, SECOND)
        )
    )
    done = published.run("site")
    assert done.returncode == 1
    assert f"editions/{SECOND}/edition.yml:1:1: it does not follow {FIRST}" in done.stderr


def test_a_publication_that_was_cut_off_is_done_again(published: Project) -> None:
    """Killed after the edition was put in its place and before it was in the list."""
    ledger = published.top / "editions" / "published.sha256"
    whole = ledger.read_text()
    ledger.write_text(whole.splitlines(keepends=True)[0])
    assert published.run("site").returncode == 1
    published.freeze(SECOND, "--again", "--published", PUBLISHED[1])
    assert ledger.read_text() == whole
    assert published.run("site").returncode == 0


def test_a_day_of_publication_is_not_written_by_hand(project: Project) -> None:
    record = project.top / "editions" / FIRST / "edition.yml"
    record.write_text(record.read_text() + f"published: {SECOND}\n")
    done = project.run("site")
    assert done.returncode == 1
    assert f"editions/{FIRST}/edition.yml:1:1: published: is written by hand" in done.stderr
    assert f"make edition AS_AT={FIRST} AGAIN=1 PUBLISHED=" in done.stderr


def test_a_changed_title_of_a_published_edition_is_refused(published: Project) -> None:
    published.change(f"editions/{FIRST}/edition.yml", "title: First", "title: The first")
    done = published.run("site")
    assert done.returncode == 1
    assert f"editions/{FIRST}/edition.yml:1:1: the frozen file was changed" in done.stderr
    assert "a published edition never changes" in done.stderr


STEP = """
def _rename(rows: Rows) -> Rows:
    terms = [{"meaning" if name == "definition" else name: one for name, one in row.items()} for row in rows["term"]]
    return {**rows, "term": terms}
"""


def test_code_and_schema_are_free_when_editions_are_published(published: Project) -> None:
    """A field renamed, one dropped, one required, a macro renamed: with a step that lifts old records."""
    published.take_code()
    assert published.run("site").returncode == 0
    before = articles(published)
    published.change("macros/schema/subjects.py", "    definition: Text", "    meaning: Text")
    done = published.run("check")
    assert done.returncode == 1
    shutil.copytree(published.top / "data", published.top / "kept")
    for path in (published.top / "data" / "term").glob("*.yml"):
        path.write_text(path.read_text().replace("definition:", "meaning:"))
    for folder in ("macros", "overrides"):
        for path in [*(published.top / folder).rglob("*.py"), *(published.top / folder).rglob("*.html")]:
            text = path.read_text()
            if "term.definition" in text or "record.definition" in text:
                path.write_text(
                    text.replace("term.definition", "term.meaning").replace("record.definition", "record.meaning")
                )
    done = published.run("check")
    assert done.returncode == 1
    assert f"editions/{FIRST}/files/data/term.json:1:1: term/" in done.stderr
    assert "can be compared no more" in done.stderr
    assert "SCHEMA_VERSION" in done.stderr
    published.change("macros/exports/upgrades.py", "SCHEMA_VERSION = 3", "SCHEMA_VERSION = 4")
    published.change("macros/exports/upgrades.py", "2: _number_persons}", "2: _number_persons, 3: _rename}")
    published.change("macros/exports/upgrades.py", "# The version that", f"{STEP}\n\n# The version that")
    published.change("macros/components/listing.py", "def index(", "def listed(")
    done = published.run("check")
    assert done.returncode == 0, done.stdout + done.stderr
    done = published.run("site")
    assert done.returncode == 0, done.stdout + done.stderr
    assert articles(published) == before
    published.change("docs/two.md", "something else", "something newer")
    assert published.run("draft").returncode == 0, "a draft is compared with the older form"


def git(project: Project, *words: str) -> str:
    command = [str(shutil.which("git")), "-c", "user.name=Staff", "-c", "user.email=staff@firm.example", *words]
    return subprocess.run(command, cwd=project.top, capture_output=True, text=True, check=True).stdout.strip()


def says(stored: Path) -> str:
    """Returns the article of a stored page without what speaks of editions, of which a correction knows one more."""
    soup = BeautifulSoup(split_page(stored.read_text(encoding="utf-8"))[1], "lxml")
    for part in soup.select("[data-words=no]"):
        part.decompose()
    return str(soup)


def test_a_correction_differs_in_what_was_edited_alone(project: Project) -> None:
    name = f"{SECOND}.2"
    done = project.run("correct", SECOND)
    assert done.returncode == 2
    assert "names no commit" in done.stderr
    (project.top / ".gitignore").write_text(".venv\n.cache/\n/site/\n/corrections/\n/sources/\n")
    git(project, "init", "--quiet")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "Sources")
    project.freeze(SECOND, "--again")
    record = yaml.safe_load((project.top / "editions" / SECOND / "edition.yml").read_text())
    assert record["sources"] == git(project, "rev-parse", "HEAD")
    done = project.run("correct", SECOND)
    assert done.returncode == 0, done.stderr
    assert f"make edition AS_AT={name} SUPERSEDES={SECOND}" in done.stdout
    folder = Project.at(project.top / "corrections" / SECOND)
    (folder.top / ".venv").symlink_to(project.top / ".venv")
    folder.change("docs/two.md", "something else", "something right")
    folder.freeze(name, "--note", "Mends a word.", "--supersedes", SECOND)
    old, new = (folder.top / "editions" / one for one in (SECOND, name))
    pages = [path.relative_to(old) for path in sorted((old / "pages").rglob("*.html"))]
    gone = [path.as_posix() for path in pages if not (new / path).exists()]
    assert gone == [f"pages/changes/{FIRST}.html"], "it says what it changed against what it corrects"
    changed = [path.as_posix() for path in pages if (new / path).exists() and says(old / path) != says(new / path)]
    assert changed == ["pages/two.html"]
    shutil.copytree(new, project.top / "editions" / name)
    done = project.run("site")
    assert done.returncode == 0, done.stderr
    assert "something right" in page(project, f"{name}/two").get_text()
