"""Files of any machine: line ends, marks, editors' own files, names, links, and what is no page."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.problems import MOST, ContentError, Problem, format_problems
from macros.schema.dates import PartialDate
from macros.store.digests import check_manifest, write_manifest
from macros.store.edition import Edition, EditionRecord
from macros.text.files import LARGEST, is_editors_own, read_file
from tests.conftest import Found
from tests.copies import Copies
from tests.unit.test_faults_alone import PAGE, TERM, change

NEW = "---\ntitle: Extra\ndescription: More of it.\n---\n\n# Extra\n\nMore.\n\n{{ sources() }}\n"
EDITORS = [
    ".DS_Store",
    ".wording.yml.swp",
    "wording.yml~",
    ".#wording.yml",
    "#wording.yml#",
    "~$wording.docx",
    "~$two.md",
    "Thumbs.db",
    "desktop.ini",
    "wording.yml.bak",
    "wording.yml.orig",
]


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("name", [TERM, PAGE, "data/catalog.yml", "mkdocs.yml"])
def test_line_ends_and_marks_make_no_difference(copies: Copies, top: Path, name: str, ends: str, mark: str) -> None:
    path = top / name
    before = copies.load(top)
    path.write_bytes((mark + path.read_text(encoding="utf-8").replace("\n", ends)).encode())
    after = copies.load(top)
    assert after.problems == ()
    assert {key: one.model_dump() for key, one in after.catalog.records.items()} == {
        key: one.model_dump() for key, one in before.catalog.records.items()
    }
    assert [(one.url, one.file.body) for one in after.pages.pages] == [
        (one.url, one.file.body) for one in before.pages.pages
    ]


@pytest.mark.parametrize("name", EDITORS)
def test_what_editors_leave_is_passed_over(top: Path, found: Found, name: str) -> None:
    for folder in ("data", "data/term", "docs"):
        (top / folder / name).write_bytes(b"\0 no text")
    assert found(top) == []


def test_a_lock_that_is_a_link_to_nowhere_is_passed_over(top: Path, found: Found) -> None:
    for path in ("data/term/.#wording.yml", "docs/.#two.md"):
        (top / path).symlink_to("someone@somewhere.1")
    assert found(top) == []


@pytest.mark.parametrize("name", ["wording.yml", "index.md", "a~b.md", "backup.md"])
def test_what_authors_write_is_not_passed_over(name: str) -> None:
    assert not is_editors_own(name)


def test_what_a_system_leaves_in_an_edition_is_no_change_of_it(tmp_path: Path) -> None:
    record = EditionRecord(as_at=PartialDate("2026-09-30"), title="A title")
    edition = Edition(tmp_path, "2026-09-30", record)
    edition.folder.mkdir(parents=True)
    (edition.folder / "nav.json").write_text("[]")
    write_manifest(edition.folder)
    (edition.folder / ".DS_Store").write_bytes(b"\0")
    assert check_manifest(edition) == []
    (edition.folder / "more.json").write_text("[]")
    assert [one.path for one in check_manifest(edition)] == ["editions/2026-09-30/more.json"]


def pipe(path: Path) -> None:
    os.mkfifo(path)


def listen(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the address of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(here)


OBSTACLES: dict[str, tuple[Callable[[Path], object], str]] = {
    "folder": (Path.mkdir, "a folder where a "),
    "pipe": (pipe, "neither a file nor a folder"),
    "socket": (listen, "neither a file nor a folder"),
    "dangling link": (lambda path: path.symlink_to("nowhere"), "a link that leads nowhere"),
    "loop": (lambda path: path.symlink_to(path.name), "a link that leads nowhere"),
    "link out of the project": (lambda path: path.symlink_to(sys.executable), "a link that leads out of the project"),
    "device": (lambda path: path.symlink_to("/dev/zero"), "a link that leads out of the project"),
    "large file": (lambda path: path.write_bytes(b" " * (LARGEST + 1)), "a file of 1,000,001 bytes"),
}


@pytest.mark.skipif(os.name == "nt", reason="pipes and links are of other systems")
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        (name, kind)
        for name in ("data/term/x.yml", "docs/x.md", "docs/x.png", "data/style.yml")
        for kind in OBSTACLES
        if (name, kind) != ("docs/x.png", "folder")  # a folder of any name may hold pages
    ],
)
def test_something_else_where_a_file_should_be(top: Path, found: Found, name: str, kind: str) -> None:
    make, said = OBSTACLES[kind]
    make(top / name)
    (line,) = found(top)
    assert line.startswith(f"{name}:1:1: {said}")


def test_the_largest_file_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    path = tmp_path / "x.yml"
    path.write_bytes(b" " * LARGEST)
    assert read_file(path, "x.yml", tmp_path) == (b" " * LARGEST, [])
    path.write_bytes(b" " * (LARGEST + 1))
    assert read_file(path, "x.yml", tmp_path)[0] is None


def test_a_link_within_the_project_is_followed(top: Path, found: Found) -> None:
    (top / TERM).rename(top / "kept.yml")
    (top / TERM).symlink_to("../../kept.yml")
    assert found(top) == []


def test_folders_that_are_links(top: Path, found: Found, tmp_path: Path) -> None:
    (top / "docs" / "up").symlink_to("..")
    shutil.move(top / "data" / "term", tmp_path / "terms")
    (top / "data" / "term").symlink_to(tmp_path / "terms")
    assert found(top) == ["data/term:1:1: a link instead of a folder", "docs/up:1:1: a link instead of a folder"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can become somebody else")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "x.yml"
    path.write_text("a: 1\n")
    path.chmod(0)
    os.seteuid(65534)
    try:
        data, problems = read_file(path, "data/x.yml", tmp_path)
    finally:
        os.seteuid(0)
    assert data is None
    assert [str(one).splitlines()[0] for one in problems] == ["data/x.yml:1:1: it cannot be read: Permission denied"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.docx", "neither a page nor a picture"),
        ("draft.pdf", "neither a page nor a picture"),
        ("x.html", "neither a page nor a picture"),
        ("x.js", "neither a page nor a picture"),
        ("x.svg", "neither a page nor a picture"),
        ("x", "neither a page nor a picture"),
        ("notes.txt", "not a page"),
        ("x.MD", "not a page"),
        ("x.markdown", "not a page"),
        ("README.md", "README.md cannot be a page: its address would be that of index.md"),
        ("Two.md", "'Two.md' cannot be part of an address"),
        ("a b.md", "'a b.md' cannot be part of an address"),
        ("aux.md", "Windows keeps the name 'aux.md' for a device"),
        ("a:b.md", "Windows cannot keep a file named 'a:b.md'"),
        (f"{'a' * 120}.md", "a name of 123 letters"),
        ("tw\u043e.md", "'tw\u043e.md' cannot be part of an address: it has U+043E (CYRILLIC SMALL LETTER O)"),
    ],
)
def test_what_cannot_be_under_docs(top: Path, found: Found, name: str, said: str) -> None:
    (top / "docs" / name).write_text(NEW)
    assert found(top) == [f"docs/{name}:1:1: {said}"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
@pytest.mark.parametrize("folder", ["data/term", "docs"])
def test_a_name_that_is_not_utf_8(copies: Copies, top: Path, folder: str) -> None:
    for ending in (b"yml", b"md"):
        Path(os.fsdecode(os.fsencode(top / folder) + b"/caf\xe9." + ending)).write_text(NEW)
    messages = [str(one).splitlines()[0] for one in copies.load(top).problems]
    assert f"{folder}/caf<U+DCE9>.md:1:1: the name is not UTF-8" in messages
    assert f"{folder}/caf<U+DCE9>.yml:1:1: the name is not UTF-8" in messages
    assert len(messages) == 2


def test_two_pages_at_one_address(top: Path, found: Found) -> None:
    (top / "docs/two").mkdir()
    (top / "docs/two/index.md").write_text(NEW)
    change(top, "mkdocs.yml", "  - two.md", "  - two.md\n  - two/index.md")
    assert found(top) == ["docs/two.md:1:1: its address two/ is that of docs/two/index.md"]


def test_no_pages_at_all(top: Path, found: Found) -> None:
    shutil.rmtree(top / "docs")
    assert found(top) == ["docs:1:1: the folder of the pages is missing"]


NAVIGATION = {
    "a page that is not there": ("- two.md\n  - nowhere.md", "mkdocs.yml:14:5: no page 'docs/nowhere.md'"),
    "a page twice": ("- two.md\n  - two.md", "mkdocs.yml:14:5: 'two.md' is in the navigation already"),
    "another site": (
        "- two.md\n  - Out: https://a.example/",
        "mkdocs.yml:14:10: 'https://a.example/' is no page of this site",
    ),
    "a script": (
        "- two.md\n  - Out: javascript:alert(1)",
        "mkdocs.yml:14:10: 'javascript:alert(1)' is no page of this site",
    ),
    "a number": ("- two.md\n  - 5", "mkdocs.yml:14:5: not an entry of the navigation"),
    "nothing": ("- two.md\n  -", "mkdocs.yml:14:4: not an entry of the navigation"),
    "an empty part": ("- two.md\n  - Empty: []", "mkdocs.yml:14:12: a part of the navigation without pages"),
    "two keys": ("- two.md\n  - {A: one.md, B: one.md}", "mkdocs.yml:14:5: not an entry of the navigation"),
    "a list in a list": ("- two.md\n  - [one.md]", "mkdocs.yml:14:5: not an entry of the navigation"),
    "no title": ('- " ": [two.md]', "mkdocs.yml:13:5: a part of the navigation without a title"),
}


@pytest.mark.parametrize("name", NAVIGATION)
def test_an_odd_navigation(top: Path, found: Found, name: str) -> None:
    new, said = NAVIGATION[name]
    change(top, "mkdocs.yml", "- two.md", new)
    assert found(top) == [said]


def test_a_page_outside_the_navigation(top: Path, found: Found) -> None:
    (top / "docs/extra.md").write_text(NEW)
    assert found(top) == ["docs/extra.md:1:1: the page is not in the navigation"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nav: [\n", "mkdocs.yml:1:6: '[' is opened here and not closed"),
        ("", "mkdocs.yml:1:1: mkdocs.yml says nothing"),
        ("- a\n", "mkdocs.yml:1:1: mkdocs.yml says nothing"),
        ("site_name: x\n", "mkdocs.yml:1:1: the navigation is missing"),
        ("nav: index.md\n", "mkdocs.yml:1:1: the navigation is missing"),
        ("INHERIT: nowhere.yml\nnav: [index.md]\n", "mkdocs.yml:1:10: no file 'nowhere.yml'"),
        ("site_name: caf\udce9\n", "mkdocs.yml:1:15: not UTF-8: byte 0xe9"),
        ("nav: " + "[" * 500 + "]" * 500, "mkdocs.yml:1:26: nested more than 20 levels deep"),
    ],
)
def test_a_broken_configuration(top: Path, found: Found, text: str, said: str) -> None:
    (top / "mkdocs.yml").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert said in found(top)


def test_no_flood() -> None:
    problems = [Problem("a.yml", line, 1, f"no term 'x{line}'") for line in range(1, 3001)]
    lines = format_problems([*problems, Problem("b.yml", 1, 1, "another")]).splitlines()
    assert len(lines) == MOST + 3
    assert lines[-3:] == ["b.yml:1:1: another", "and 2950 more of the kind: no term ...", "3001 problems in 2 files"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "1:2: not valid JSON: Expecting property name enclosed in double quotes"),
        (b"\xff\xfe", "1:1: not UTF-8"),
        (b"[" * 100_000, "1:1: nested too deep, or a number that is too long"),
        (b"9" * 5000, "1:1: nested too deep, or a number that is too long"),
        (None, "1:1: the file cannot be read: No such file or directory"),
    ],
)
def test_a_spoilt_part_of_an_edition(tmp_path: Path, content: bytes | None, said: str) -> None:
    record = EditionRecord(as_at=PartialDate("2026-09-30"), title="A title")
    edition = Edition(tmp_path, "2026-09-30", record)
    edition.folder.mkdir(parents=True)
    if content is not None:
        (edition.folder / "compared.json").write_bytes(content)
    with pytest.raises(ContentError) as caught:
        edition.read_json("compared.json")
    assert str(caught.value).splitlines()[0] == f"editions/2026-09-30/compared.json:{said}"
