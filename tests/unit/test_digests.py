"""What editions were when they were frozen: their manifests, what they were compared with, which are published."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.problems import Problem
from macros.schema.dates import PartialDate
from macros.store.digests import (
    LEDGER,
    check_chain,
    check_compared,
    check_manifest,
    hash_file,
    list_files,
    read_digests,
    read_ledger,
    write_ledger,
    write_manifest,
)
from macros.store.edition import MANIFEST, RECORD, Edition, Migration
from tests.unit.test_store import FIRST, SECOND, THIRD, keep, link


def test_a_manifest_lists_every_file_but_itself_in_order(tmp_path: Path) -> None:
    folder = keep(tmp_path, FIRST, "b/", "a/").folder
    names = [path.relative_to(folder).as_posix() for path in list_files(folder)]
    assert names == sorted(names)
    assert list(read_digests(folder / MANIFEST)) == names
    assert MANIFEST not in names
    assert {"pages/a.html", "pages/b.html", RECORD} <= set(names)


@pytest.mark.parametrize("line", ["x", f"{'0' * 63}  a", f"{'0' * 64} a", f"{'0' * 64}  "])
def test_another_line_in_a_manifest_is_told_by_its_number(tmp_path: Path, line: str) -> None:
    edition = keep(tmp_path, FIRST)
    path = edition.folder / MANIFEST
    good = f"{'0' * 64}  a\n"
    path.write_text(f"{good}{line}\n{good}", encoding="utf-8")
    (problem,) = check_manifest(edition)
    assert (problem.path, problem.line, problem.column) == (f"editions/{FIRST}/{MANIFEST}", 2, 1)
    path.write_bytes(b"\xff")
    assert [(one.line, one.message) for one in check_manifest(edition)] == [(1, "the manifest is broken")]
    path.unlink()
    assert check_manifest(edition) == [], "said where editions are loaded"


def test_every_file_that_is_not_as_it_was_frozen_is_told(tmp_path: Path) -> None:
    edition = keep(tmp_path, FIRST, "a/", "b/", "c/", "d/", "e/")
    pages = edition.folder / "pages"
    (pages / "a.html").write_bytes(b"one\ntwo\n")
    (pages / "b.html").write_bytes(b"one\r\ntwo\r\n")
    write_manifest(edition.folder)
    assert check_manifest(edition) == []
    (pages / "a.html").write_bytes(b"one\r\ntwo\r\n")
    (pages / "b.html").write_bytes(b"one\ntwo\n")
    (pages / "c.html").unlink()
    (pages / "d.html").unlink()
    (pages / "d.html").symlink_to(pages / "e.html")
    (pages / "e.html").write_bytes(b"x")
    (pages / "f.html").write_bytes(b"")
    ends = "has other line ends since the edition was frozen, as Git makes them without .gitattributes"
    found = check_manifest(edition)
    assert [(one.path.rpartition("/")[2], one.message.removeprefix("the frozen file ")) for one in found] == [
        ("a.html", ends),
        ("b.html", ends),
        ("c.html", "is gone since the edition was frozen"),
        ("d.html", "is a link now: an edition holds its files itself"),
        ("e.html", "was changed since the edition was frozen"),
        ("f.html", "is new since the edition was frozen"),
    ]
    assert {(one.line, one.column) for one in found} == {(1, 1)}
    assert all("freeze the candidate anew" in one.hint for one in found)
    published = Edition(tmp_path, FIRST, edition.record.model_copy(update={"published": PartialDate(FIRST)}))
    assert all("a published edition never changes" in one.hint for one in check_manifest(published))


def test_an_edition_is_compared_with_those_that_were_there_when_it_was_frozen(tmp_path: Path) -> None:
    first = keep(tmp_path, FIRST)
    second = keep(tmp_path, SECOND, compared=[link(first)])
    third = keep(tmp_path, THIRD, compared=[link(first), link(second)])
    editions = [first, second, third]
    assert check_compared(editions) == []
    assert [one.message for one in check_compared([first, third])] == [
        f"it says what changed since the edition {SECOND}, which is gone after it was frozen"
    ]
    was = hash_file(first.folder / MANIFEST)
    (first.folder / "nav.json").write_text("{}", encoding="utf-8")
    write_manifest(first.folder)
    found = check_compared(editions)
    assert [one.path for one in found] == [f"editions/{SECOND}/{RECORD}", f"editions/{THIRD}/{RECORD}"]
    assert {(one.line, one.column, one.message) for one in found} == {
        (1, 1, f"it says what changed since the edition {FIRST}, which was frozen anew after it was frozen")
    }
    done = Migration(on=PartialDate(THIRD), reason="x", css="p", attributes={}, pages=1, was=was)
    migrated = Edition(tmp_path, FIRST, first.record.model_copy(update={"migrations": [done]}))
    assert check_compared([migrated, second, third]) == [], "its markup was migrated, and its words are the same"


@pytest.fixture
def chain(tmp_path: Path) -> list[Edition]:
    """Returns three published editions that follow one another."""
    first = keep(tmp_path, FIRST, published=FIRST)
    second = keep(tmp_path, SECOND, published=SECOND, follows=link(first))
    third = keep(tmp_path, THIRD, published=THIRD, follows=link(second))
    write_ledger(tmp_path, {one.id: hash_file(one.folder / MANIFEST) for one in (first, second, third)})
    return [first, second, third]


def broken(problems: list[Problem]) -> list[tuple[str, int, str]]:
    assert {one.column for one in problems} <= {1}
    return [(one.path.removeprefix("editions/"), one.line, one.message) for one in problems]


def test_published_editions_follow_one_another_as_their_list_has_them(chain: list[Edition]) -> None:
    top = chain[0].top
    assert list(read_ledger(top)) == [FIRST, SECOND, THIRD]
    assert check_chain(top, chain) == []
    assert check_chain(top, [*chain, keep(top, "2026-10-31")]) == [], "a candidate is in no list"
    assert broken(check_chain(top, chain[1:])) == [
        (LEDGER, 1, f"the published edition {FIRST} is not here"),
        (f"{SECOND}/{RECORD}", 1, f"it does not follow nothing as editions/{LEDGER} has it"),
    ]
    assert broken(check_chain(top, [chain[0], chain[2]])) == [
        (LEDGER, 2, f"the published edition {SECOND} is not here"),
        (f"{THIRD}/{RECORD}", 1, f"it does not follow {FIRST} as editions/{LEDGER} has it"),
    ]


def test_a_published_edition_that_is_another_or_stands_alone_is_told(chain: list[Edition]) -> None:
    top = chain[0].top
    (chain[1].folder / MANIFEST).write_text("", encoding="utf-8")
    assert broken(check_chain(top, chain)) == [
        (f"{SECOND}/{MANIFEST}", 1, "the manifest is not the one that was published"),
        (f"{THIRD}/{RECORD}", 1, f"it does not follow {SECOND} as editions/{LEDGER} has it"),
    ]
    (chain[1].folder / MANIFEST).unlink()
    assert broken(check_chain(top, chain)) == [
        (f"{THIRD}/{RECORD}", 1, f"it does not follow {FIRST} as editions/{LEDGER} has it")
    ], "said where editions are loaded"
    write_ledger(top, {})
    said = f"published: is written by hand, and editions/{LEDGER} does not have the edition"
    assert sorted(broken(check_chain(top, chain))) == [(f"{one.id}/{RECORD}", 1, said) for one in chain]
    (top / "editions" / LEDGER).write_text("x\n", encoding="utf-8")
    assert broken(check_chain(top, chain)) == [(LEDGER, 1, "the list of published editions is broken")]
    (top / "editions" / LEDGER).unlink()
    assert read_ledger(top) == {}
