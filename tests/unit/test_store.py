"""Editions as they are kept: their records, their files, their order, and what the frame says of the others."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
import yaml

from macros.editions.neighbors import describe_edition, nearest_url
from macros.problems import ContentError
from macros.store.digests import LEDGER, hash_file, write_manifest
from macros.store.edition import (
    MANIFEST,
    PARTS,
    RECORD,
    Edition,
    EditionRecord,
    Link,
    edition_id,
    is_edition_id,
    load_editions,
    plain_record,
    read_edition,
)
from macros.store.stored import Heading, PageHead, join_page, list_urls, page_path, split_page
from macros.tree import Tree

TODAY = dt.date(2026, 11, 30)
FIRST, SECOND, THIRD = "2026-07-31", "2026-08-31", "2026-09-30"


def keep(top: Path, name: str, *urls: str, **said: object) -> Edition:
    """Makes an edition that is whole, with an empty page at each address, and returns it."""
    folder = top / "editions" / name
    for part in PARTS:
        path = folder / part
        if "." in part:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("[]", encoding="utf-8")
        else:
            path.mkdir(parents=True)
    day, _, number = name.partition(".")
    record = {"as_at": day, "title": f"Position {name}", **({"number": int(number)} if number else {}), **said}
    (folder / RECORD).write_text(yaml.safe_dump(record), encoding="utf-8")
    for url in urls:
        path = page_path(folder, url)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
    write_manifest(folder)
    return Edition(top, name, EditionRecord.model_validate(record))


def link(edition: Edition) -> dict[str, str]:
    """Returns how another edition names this one."""
    return Link(edition=edition.id, sha256=hash_file(edition.folder / MANIFEST)).model_dump()


def told(top: Path, today: dt.date = TODAY) -> list[str]:
    """Returns what is wrong with the editions under `top`."""
    problems = load_editions(top, today)[1]
    assert all(one.column == 1 for one in problems if one.line == 1 and not one.path.endswith(RECORD))
    return [f"{one.path}:{one.line}: {one.message}" for one in problems]


def test_editions_go_by_their_day_and_then_by_their_number(tmp_path: Path) -> None:
    for name, said in ((THIRD, {}), (f"{FIRST}.2", {"note": "It mends.", "supersedes": FIRST}), (FIRST, {})):
        keep(tmp_path, name, **said)
    editions, problems = load_editions(tmp_path, TODAY)
    assert problems == []
    assert [one.id for one in editions] == [FIRST, f"{FIRST}.2", THIRD]
    assert [one.dated for one in editions] == ["July 31, 2026", "July 31, 2026, correction 1", "September 30, 2026"]
    assert all(one.is_whole for one in editions)
    assert not any(one.is_published for one in editions)


@pytest.mark.parametrize(
    ("name", "valid"),
    [
        (FIRST, True),
        (f"{FIRST}.2", True),
        (f"{FIRST}.12", True),
        (f"{FIRST}.1", False),
        (f"{FIRST}.02", False),
        ("2026-07", False),
        ("latest", False),
    ],
)
def test_an_edition_is_named_by_its_day_and_number(name: str, valid: bool) -> None:
    assert is_edition_id(name) is valid
    if valid:
        day, _, number = name.partition(".")
        assert edition_id(day, int(number or 1)) == name


def test_what_is_no_edition_is_told_and_the_editions_after_it_are_read(tmp_path: Path) -> None:
    top = tmp_path / "editions"
    keep(tmp_path, THIRD)
    for name in ("2026-01", "2026-02-28", ".freezing-2026-09-30"):
        (top / name).mkdir()
    for name in ("a.txt", LEDGER):
        (top / name).write_text("", encoding="utf-8")
    (top / "2026-01-31").symlink_to(top / THIRD)
    editions, _ = load_editions(tmp_path, TODAY)
    assert [one.id for one in editions] == [THIRD]
    assert told(tmp_path) == [
        "editions/2026-01:1: '2026-01' cannot be an edition",
        "editions/2026-01-31:1: neither an edition nor the list of published ones",
        f"editions/2026-02-28:1: the edition has no {', '.join(PARTS)}",
        "editions/a.txt:1: neither an edition nor the list of published ones",
    ]


def test_an_edition_without_one_of_its_parts_is_not_whole(tmp_path: Path) -> None:
    (keep(tmp_path, FIRST).folder / "nav.json").unlink()
    editions, problems = load_editions(tmp_path, TODAY)
    assert [one.is_whole for one in editions] == [False]
    assert [str(one).partition("\n")[0] for one in problems] == [f"editions/{FIRST}:1:1: the edition has no nav.json"]


def test_a_record_that_cannot_be_read_is_told_and_those_after_it_are_read(tmp_path: Path) -> None:
    (keep(tmp_path, FIRST).folder / RECORD).write_text("as_at: [\n", encoding="utf-8")
    (keep(tmp_path, SECOND).folder / RECORD).write_text("title: No day\n", encoding="utf-8")
    keep(tmp_path, THIRD)
    assert [one.id for one in load_editions(tmp_path, TODAY)[0]] == [THIRD]
    assert [one.partition(": ")[0] for one in told(tmp_path)] == [
        f"editions/{FIRST}/{RECORD}:1",
        f"editions/{SECOND}/{RECORD}:1",
    ]


@pytest.mark.parametrize(
    ("name", "said", "message"),
    [
        (SECOND, {"as_at": "2026-08"}, "1: an edition is as of a day, not '2026-08'"),
        (SECOND, {"as_at": THIRD}, f"1: the folder is '{SECOND}', and the record says {THIRD}"),
        (SECOND, {"number": 2, "note": "x", "supersedes": FIRST}, f"1: the folder is '{SECOND}', and the record says "),
        (SECOND, {"as_at": FIRST}, f"1: two editions with one id: editions/{FIRST} is that one already"),
        (SECOND, {"supersedes": THIRD}, f"2: no earlier edition '{THIRD}'"),
        (SECOND, {"supersedes": SECOND}, f"2: no earlier edition '{SECOND}'"),
        (SECOND, {"published": "2026-08-30"}, "2: published on 2026-08-30, before its as-at date"),
        (f"{SECOND}.2", {}, "2: a correction says what it mends and which edition it supersedes"),
        (f"{SECOND}.2", {"note": "It mends."}, "3: a correction says what it mends and which edition it supersedes"),
        (f"{SECOND}.2", {"supersedes": FIRST}, "2: a correction says what it mends and which edition it supersedes"),
        ("2026-12-01", {}, "1: 2026-12-01 lies in the future: today is 2026-11-30"),
        (SECOND, {"published": "2026-12-01"}, "2: 2026-12-01 lies in the future: today is 2026-11-30"),
    ],
)
def test_what_a_record_may_not_say(tmp_path: Path, name: str, said: dict[str, object], message: str) -> None:
    keep(tmp_path, FIRST)
    keep(tmp_path, name, **said)
    (found,) = told(tmp_path)
    assert found.startswith(f"editions/{name}/{RECORD}:{message}")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("2026-11-30", {"published": "2026-11-30"}),
        (SECOND, {"published": SECOND, "supersedes": FIRST, "note": "A note."}),
        (f"{SECOND}.2", {"note": "It mends.", "supersedes": FIRST}),
    ],
)
def test_what_a_record_may_say(tmp_path: Path, name: str, said: dict[str, object]) -> None:
    keep(tmp_path, FIRST)
    keep(tmp_path, name, **said)
    assert told(tmp_path) == []


def test_the_hint_names_what_is_free_and_what_there_is(tmp_path: Path) -> None:
    keep(tmp_path, FIRST)
    keep(tmp_path, f"{FIRST}.2", note="x", supersedes=FIRST)
    keep(tmp_path, SECOND, as_at=FIRST)
    keep(tmp_path, THIRD, supersedes="2026-01-01")
    assert [one.hint for one in load_editions(tmp_path, TODAY)[1]] == [
        "the next free number is 3",
        f"earlier editions: {FIRST}, {SECOND}, {FIRST}.2",
    ]


def test_an_edition_that_is_being_frozen_is_known_by_its_record(tmp_path: Path) -> None:
    top = keep(tmp_path, f"{FIRST}.2", note="x", supersedes=FIRST).folder
    found = read_edition(Tree(top, top=tmp_path))
    assert found is not None
    assert (found.id, found.top, found.record.note) == (f"{FIRST}.2", tmp_path, "x")
    assert read_edition(Tree(tmp_path)) is None
    (top / RECORD).write_text("title: 5\n", encoding="utf-8")
    assert read_edition(Tree(top, top=tmp_path)) is None


def test_a_record_is_written_without_what_it_does_not_say() -> None:
    record = EditionRecord.model_validate({"as_at": FIRST, "title": "First"})
    assert plain_record(record) == {"as_at": FIRST, "title": "First", "schema_version": 1}
    assert plain_record(record.model_copy(update={"number": 2}))["number"] == 2


@pytest.mark.parametrize(
    ("content", "place", "said"),
    [
        (b"[1,\n x]", (2, 2), "not valid JSON: Expecting value"),
        (b"\xff", (1, 1), "not UTF-8"),
        (b"[" * 100_000, (1, 1), "nested too deep, or a number that is too long"),
        (None, (1, 1), "the file cannot be read: No such file or directory"),
    ],
)
def test_a_part_that_is_not_what_was_frozen_is_told_at_its_place(
    tmp_path: Path, content: bytes | None, place: tuple[int, int], said: str
) -> None:
    edition = keep(tmp_path, FIRST)
    assert edition.read_json("nav.json") == []
    (edition.folder / "nav.json").unlink()
    if content is not None:
        (edition.folder / "nav.json").write_bytes(content)
    with pytest.raises(ContentError) as caught:
        edition.read_json("nav.json")
    (problem,) = caught.value.problems
    assert problem.path == f"editions/{FIRST}/nav.json"
    assert ((problem.line, problem.column), problem.message) == (place, said)


def test_a_page_is_kept_under_its_address_and_read_back(tmp_path: Path) -> None:
    edition = keep(tmp_path, FIRST, "", "a/", "a/b/")
    assert page_path(Path(), "") == Path("pages/index.html")
    assert page_path(Path(), "a/b/") == Path("pages/a/b.html")
    assert list_urls(edition) == ["", "a/", "a/b/"]
    parts = [Heading(id="x", title="X", level=2, parts=[Heading(id="y", title="Y", level=3)])]
    head = PageHead(source="a.md", url="a/", title="資源", description="It.", contents=parts)
    assert join_page(head.model_copy(update={"contents": []}), "<p>") == (
        '---\n{\n "source": "a.md",\n "url": "a/",\n "title": "資源",\n "description": "It."\n}\n---\n<p>'
    )
    assert split_page(join_page(head, "<p>---\n</p>\n---\n")) == (head, "<p>---\n</p>\n---\n")
    for spoilt in ("", "<p>", "---\n{}", "---\n{}\n--\n<p>"):
        with pytest.raises(ValueError, match="a stored page"):
            split_page(spoilt)


@pytest.mark.parametrize(
    ("url", "nearest"), [("a/b/", "a/b/"), ("a/b/c/", "a/b/"), ("a/c/d/", "a/"), ("b/", ""), ("", "")]
)
def test_the_nearest_page_is_the_one_above(url: str, nearest: str) -> None:
    assert nearest_url(url, {"", "a/", "a/b/"}) == nearest
    assert nearest_url(url, set()) == ""


def test_each_edition_says_which_others_there_are_and_where_its_pages_stand_there(tmp_path: Path) -> None:
    first = keep(tmp_path, FIRST, published="2026-08-01", note="A note.")
    second = keep(tmp_path, f"{FIRST}.2", supersedes=FIRST, note="It mends.")
    third = keep(tmp_path, THIRD, supersedes=f"{FIRST}.2")
    editions = [first, second, third]
    urls = {first.id: ["", "a/", "a/b/"], second.id: ["", "a/"], third.id: ["", "c/", f"changes/{second.id}/"]}
    here, mended, newest = (describe_edition(one, editions, urls) for one in editions)
    assert [one["newest"] for one in (here, mended, newest)] == [False, False, True]
    assert [one["correction"] for one in (here, mended, newest)] == [False, True, False]
    assert [one["steps_from"] for one in (here, mended, newest)] == ["", "", second.id]
    assert [one["supersedes"] for one in (here, mended, newest)] == ["", FIRST, second.id]
    assert [one["note"] for one in (here, mended, newest)] == ["A note.", "It mends.", ""]
    assert [one["published"] for one in (here, mended, newest)] == ["August 1, 2026", "", ""]
    assert here["canonical"] == {"a/": second.id, "a/b/": first.id}
    assert mended["canonical"] == {"a/": second.id}
    assert newest["canonical"] == {}
    assert [[other["id"] for other in one["others"]] for one in (here, mended, newest)] == [
        [third.id, second.id],
        [third.id, first.id],
        [second.id, first.id],
    ]
    assert [other["pages"] for other in here["others"]] == [[""], ["", "a/"]]
    assert [other.get("nearest") for other in here["others"]] == [{"a/": "", "a/b/": ""}, None]
    assert [one["id"] for one in here["successors"]] == [second.id]
    assert mended["successors"] == [], "what follows an edition and is no correction of it is no successor"
    assert [one["id"] for one in here["chain"]] == [first.id]
    assert here["chain"][0]["sha256"] == hash_file(first.folder / MANIFEST)
    assert [one["pages_of"] for one in (here, newest)] == [{}, urls]
    json.dumps([here, mended, newest])
