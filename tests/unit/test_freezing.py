"""Freezing, storing, assembling, publishing and their commands on the small tree, each run as its command runs it."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html

from macros.catalog.vocabularies import load_vocabularies
from macros.changes.comparing import compare_catalogs
from macros.commands import check, edition, rollback, site
from macros.commands.arguments import parse
from macros.editions.recovering import put_back, put_in_place, recover
from macros.exports.vocabularies import restore_vocabularies
from macros.history.restoring import open_edition, restore_edition
from macros.problems import ContentError, UsageError
from macros.publication.address import UNKNOWN
from macros.publication.releases import publish_release, read_live
from macros.publication.site import build_site
from macros.schema.subjects import Event
from macros.schema.vocabularies import EventType
from macros.store.digests import check_chain, check_manifest, hash_file, read_digests, read_ledger, write_manifest
from macros.store.edition import COMPARED, FILES, FINDS, MANIFEST, NAV, PARTS, RECORD, Edition, load_editions
from macros.store.files import JSON, VOCABULARY, kind_path
from macros.store.stored import list_urls, page_path, read_pages, split_page
from macros.tree import Tree
from tests.conftest import copy_small

DAY = "2026-09-30"
TODAY = dt.date(2026, 11, 30)


def freeze(tree: Tree, *words: str) -> Edition:
    """Freezes the tree as the command does, and returns the newest edition."""
    assert edition.run(tree, parse(["edition", *words])) == 0
    return load_editions(tree.root, TODAY)[0][-1]


@pytest.fixture(scope="module")
def frozen_and_said(tmp_path_factory: pytest.TempPathFactory) -> tuple[Edition, str]:
    """Returns the small tree as a candidate edition, in a folder of its own, and what the command said."""
    tree = Tree(copy_small(tmp_path_factory.mktemp("frozen") / "tree"))
    with redirect_stdout(StringIO()) as said:
        found = freeze(tree, DAY, "--title", "First", "--note", "A note.")
    return found, said.getvalue()


@pytest.fixture(scope="module")
def frozen(frozen_and_said: tuple[Edition, str]) -> Edition:
    return frozen_and_said[0]


def test_a_candidate_is_said_to_be_one_with_the_way_to_publish_it(frozen_and_said: tuple[Edition, str]) -> None:
    first, second = frozen_and_said[1].splitlines()
    assert first == f"Frozen: editions/{DAY}/, a candidate. Look at it: make site"
    assert second.startswith(f"To publish it: make edition AS_AT={DAY} AGAIN=1 PUBLISHED=")


@pytest.fixture
def copied(frozen: Edition, tmp_path: Path) -> Edition:
    """Returns the edition in a copy of its project that a test may damage."""
    shutil.copytree(frozen.top, tmp_path / "tree")
    return Edition(tmp_path / "tree", frozen.id, frozen.record)


def test_an_edition_has_all_its_parts_and_their_digests(frozen: Edition) -> None:
    assert {one.name for one in frozen.folder.iterdir()} == set(PARTS)
    assert [one.name for one in (frozen.top / "editions").iterdir()] == [DAY], "nothing is left of the work"
    assert list(check_manifest(frozen)) == []
    digests = read_digests(frozen.folder / MANIFEST)
    named = {path.relative_to(frozen.folder).as_posix() for path in frozen.folder.rglob("*") if path.is_file()}
    assert set(digests) == named - {MANIFEST}
    assert digests[NAV] == hash_file(frozen.folder / NAV)


def test_its_closed_lists_are_read_back_for_a_record_whose_choice_is_no_more(copied: Edition) -> None:
    tree = Tree(copied.top)
    lists, _ = load_vocabularies(tree)
    stored = restore_vocabularies(copied.read_json(f"{FILES}/{VOCABULARY}"))
    assert repr(stored.lists) == repr(lists.lists)
    path = tree.data / "vocabulary" / "event-type.yml"
    event = restore_edition(copied, tree.cache).catalog.one(Event, "fair")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f"- id: {event.type.value}\n", "- id: another\n"), encoding="utf-8")
    assert not load_vocabularies(tree)[0].find(EventType, event.type.value)
    assert restore_edition(copied, tree.cache).catalog.one(Event, "fair").type.label == event.type.label
    path.write_text(text.replace(f"label: {event.type.label}\n", "label: a better word\n"), encoding="utf-8")
    assert str(restore_edition(copied, tree.cache).catalog.one(Event, "fair").type) == "a better word"


def change_json(path: Path, change: Callable[[Any], object]) -> None:
    """Rewrites a stored file of JSON with what `change` did to it."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    change(stored)
    path.write_text(json.dumps(stored), encoding="utf-8")


def test_what_did_not_change_is_known_from_its_row_and_the_rest_is_compared(
    frozen: Edition, copied: Edition, tmp_path: Path
) -> None:
    change_json(copied.folder / FILES / kind_path("event", JSON), lambda rows: rows[0].update(summary="Few met."))
    before, after = open_edition(frozen), open_edition(copied)
    same = after.records.same_as(before.records)
    differ = {key for key in after.records if key not in same}
    assert differ == {"event/fair", *(key for key in after.records if key.startswith("deadline/"))}
    changes = compare_catalogs(before.site.catalog, after.site.catalog, same)
    assert [(one.key, one.status, [str(field) for field in one.fields]) for one in changes] == [
        ("event/fair", "changed", ["Summary: [-Many-] [+Few+] met."])
    ]
    old, new = restore_edition(frozen, tmp_path / "old"), restore_edition(copied, tmp_path / "new")
    assert changes == compare_catalogs(old.catalog, new.catalog)


def test_no_record_is_known_to_be_the_same_where_the_closed_lists_differ(frozen: Edition, copied: Edition) -> None:
    change_json(copied.folder / FILES / VOCABULARY, lambda lists: lists.popitem())
    assert open_edition(copied).records.same_as(open_edition(frozen).records) == frozenset()


def test_its_record_says_what_was_asked_and_in_which_form_it_is(frozen: Edition) -> None:
    said = yaml.safe_load((frozen.folder / RECORD).read_text(encoding="utf-8"))
    assert (str(said["as_at"]), said["title"], said["note"]) == (DAY, "First", "A note.")
    assert not {"published", "supersedes", "follows"} & said.keys()
    assert " A note. " in (frozen.folder / FILES / "llms.txt").read_text(encoding="utf-8")
    assert (frozen.record.compared, frozen.is_published, frozen.is_whole) == ([], False, True)


def test_each_page_is_kept_with_its_words_and_what_its_head_says(frozen: Edition) -> None:
    pages = {head.url: (head, article) for head, article in read_pages(frozen)}
    assert sorted(pages) == list_urls(frozen)
    head, article = pages["two/"]
    assert (head.source, head.title) == ("two.md", "Second")
    assert head.description
    assert "It says something." in "".join(map(str, html.fromstring(article).itertext()))
    assert not {"title", "description", "record", "head", "cite", "graph"} & head.header.keys()
    assert head.graph
    assert split_page(page_path(frozen.folder, "two/").read_text(encoding="utf-8")) == (head, article)


def test_navigation_search_and_words_are_kept_beside_the_pages(frozen: Edition) -> None:
    assert "two.md" in json.dumps(frozen.read_json(NAV))
    finds = frozen.read_json(FINDS)
    assert any("lists/#term-wording" in json.dumps(one) for one in finds)
    compared = frozen.read_json(COMPARED)
    written = (frozen.folder / NAV).read_text(encoding="utf-8")
    assert written.startswith('[\n "index.md",\n'), "a line for each, for those who compare editions"
    assert (frozen.folder / COMPARED).read_text(encoding="utf-8").count("\n") == 1, "readers fetch it"
    assert "It says something." in json.dumps(compared["pages"])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([DAY], "it is a candidate: AGAIN=1 freezes it anew"),
        (["2026-10-01", "--again"], "there is no edition 2026-10-01 to freeze again"),
        ([f"{DAY}.2"], "a correction says what it mends"),
        ([f"{DAY}.1", "--again"], "is not the name of an edition"),
        (["2026-09"], "is not the name of an edition"),
        (["2999-01-01"], "lies in the future"),
        ([DAY, "--again", "--published", "2026-09-29"], "cannot be the day of publication"),
        ([f"{DAY}.2", "--note", "x", "--supersedes", "2020-01-01"], "no earlier edition '2020-01-01'; editions: 2026"),
    ],
)
def test_what_cannot_be_frozen_is_told(frozen: Edition, words: list[str], message: str) -> None:
    before = hash_file(frozen.folder / MANIFEST)
    with pytest.raises(UsageError) as told:
        edition.run(Tree(frozen.top), parse(["edition", *words]))
    assert message in str(told.value)
    assert hash_file(frozen.folder / MANIFEST) == before


def test_another_day_than_the_records_say_is_refused(frozen: Edition) -> None:
    with pytest.raises(ContentError, match="as_at is 2026-09-30, and an edition as of 2026-10-01 is wanted"):
        edition.run(Tree(frozen.top), parse(["edition", "2026-10-01"]))


def test_a_candidate_that_is_published_begins_the_chain_and_is_frozen_no_more(
    copied: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    tree = Tree(copied.top)
    found = freeze(tree, DAY, "--again", "--published", "2026-10-02")
    assert f"Frozen and published: editions/{DAY}/. It never changes again." in capsys.readouterr().out
    assert str(found.record.published) == "October 2, 2026"
    assert found.record.note == "A note.", "what its record said is kept"
    assert read_ledger(copied.top) == {DAY: hash_file(found.folder / MANIFEST)}
    assert list(check_chain(copied.top, [found])) == []
    with pytest.raises(
        UsageError, match=r"is published and never changes: a correction is a new edition, 2026-09-30\.2"
    ):
        edition.run(tree, parse(["edition", DAY, "--again"]))
    page_path(found.folder, "two/").write_text("changed", encoding="utf-8")
    assert [(one.path, one.message) for one in check_manifest(found)] == [
        (f"editions/{DAY}/pages/two.html", "the frozen file was changed since the edition was frozen")
    ]
    write_manifest(found.folder)
    assert list(check_manifest(found)) == []
    assert [one.message for one in check_chain(copied.top, [found])] == [
        "the manifest is not the one that was published"
    ]


def test_an_edition_is_put_in_its_place_in_one_step(tmp_path: Path) -> None:
    folder, part = tmp_path / "editions" / DAY, tmp_path / "editions" / f".storing-{DAY}"
    for path, words in ((folder, "old"), (part, "new")):
        path.mkdir(parents=True)
        (path / "a").write_text(words)
    put_in_place(part, folder)
    assert (folder / "a").read_text() == "new"
    assert [one.name for one in folder.parent.iterdir()] == [DAY]


def test_what_a_cut_off_freezing_left_is_put_right(tmp_path: Path) -> None:
    editions = tmp_path / "editions"
    for name in (f".old-{DAY}", f".freezing-{DAY}", f".storing-{DAY}"):
        (editions / name).mkdir(parents=True)
    said = recover(tmp_path)
    assert said.splitlines() == [
        f"an earlier freezing of {DAY} was cut off: the edition is back as it was; freeze it again",
        f"an earlier freezing of {DAY} was cut off before it was whole: what it left is removed",
    ]
    assert [one.name for one in editions.iterdir()] == [DAY]
    assert recover(tmp_path) == ""


def test_an_edition_in_its_place_is_not_replaced_by_what_was_set_aside(tmp_path: Path) -> None:
    for name in (f".old-{DAY}", DAY):
        (tmp_path / "editions" / name).mkdir(parents=True)
    assert put_back(tmp_path) == []
    assert (tmp_path / "editions" / f".old-{DAY}").is_dir()


# Files of the whole site, and words of each.
AT_THE_ROOT = {
    "index.html": "latest/",
    "versions.json": f'"version": "{DAY}"',
    "404.html": "</html>",
    "between/index.html": "</html>",
    "llms.txt": "](latest/",
    "robots.txt": "User-agent: *",
    "_headers": "Cache-Control",
    "_redirects": "/",
}


def test_the_site_has_each_edition_word_for_word_and_the_newest_as_latest(
    copied: Edition, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = Tree(copied.top)
    monkeypatch.delenv("SITE_URL", raising=False)
    assert site.run(tree, parse(["site"])) == 0
    said = capsys.readouterr().out
    assert f"{DAY} (candidate): every byte as it was frozen" in said
    assert UNKNOWN in said
    assert "Look at it: python3 -m http.server" in said
    built = tree.site
    assert f"{len(list(built.rglob('*.html')))} HTML files, " in said
    assert {one.name for one in built.iterdir() if one.is_dir()} == {DAY, "latest", "between"}
    for head, article in read_pages(copied):
        page = (built / DAY / head.url / "index.html").read_text(encoding="utf-8")
        assert article.strip().partition("</p>")[0] in page, head.url
        assert (built / "latest" / head.url / "index.html").read_text(encoding="utf-8") == page
    for path in (one for one in (copied.folder / "files").rglob("*") if one.is_file()):
        assert (built / DAY / path.relative_to(copied.folder / "files")).read_bytes() == path.read_bytes(), path
    assert (built / DAY / COMPARED).read_bytes() == (copied.folder / COMPARED).read_bytes(), "read by between.js"
    assert list((built / DAY / "named").iterdir()), "files of the frame have names by their digests"
    assert list((built / DAY / "search").iterdir()), "the search is made of what it finds"
    for name, words in AT_THE_ROOT.items():
        assert words in (built / name).read_text(encoding="utf-8"), name
    assert not (built / "latest" / "404.html").exists(), "there is one for all editions"


def test_a_site_that_stands_as_it_would_be_built_is_left_alone(
    copied: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = Tree(copied.top)
    built = tree.site
    build_site(tree, built, TODAY)
    before = {path: path.read_bytes() for path in built.rglob("*") if path.is_file()}
    page = built / "latest" / "index.html"

    def build_again() -> bool:
        """Builds, and returns whether the site is another folder than it was; its files are the same in any case."""
        place = built.stat().st_ino
        assert build_site(tree, built, TODAY)[0].id == DAY
        assert {path: path.read_bytes() for path in built.rglob("*") if path.is_file()} == before
        return built.stat().st_ino != place

    assert not build_again()
    page.write_bytes(before[page].replace(b"<h1", b"<h2", 1))
    assert build_again(), "a file was changed"
    page.unlink()
    assert build_again(), "a file was taken away"
    (built / "more.txt").write_text("More", encoding="utf-8")
    assert build_again(), "a file was added"
    (built / "more").mkdir()
    assert build_again(), "a folder was added"
    assert not build_again()
    shutil.rmtree(tree.cache / "standing")
    assert build_again(), "nothing is known of it"
    monkeypatch.setenv("SITE_URL", "https://www.firm.example/latest/")
    build_site(tree, built, TODAY)
    assert b"https://www.firm.example/" in page.read_bytes()


def test_a_site_without_editions_is_no_site(tmp_path: Path) -> None:
    tree = Tree(copy_small(tmp_path / "tree"))
    with pytest.raises(UsageError, match="no edition is frozen yet"):
        build_site(tree, tree.site, TODAY)
    assert not tree.site.exists()


def test_publishing_and_going_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "srv"
    for number, words in enumerate(("one", "two"), 1):
        (tmp_path / words / "latest").mkdir(parents=True)
        (tmp_path / words / "latest" / "index.html").write_text(words)
        assert publish_release(tmp_path / words, place, {"nginx.conf": words}) == number
    served = place / "current" / "site" / "latest" / "index.html"
    assert (served.read_text(), (place / "current" / "nginx.conf").read_text()) == ("two", "two")
    assert rollback.run(Tree(tmp_path), parse(["rollback", "--to", str(place)])) == 0
    assert "elease 1" in capsys.readouterr().out
    assert served.read_text() == "one"
    live = read_live(place)
    assert live is not None
    assert live.number == 1


def test_check_says_what_it_read_and_what_is_wrong(copied: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    tree = Tree(copied.top)
    assert check.run(tree, parse(["check"])) == 0
    said = capsys.readouterr()
    assert "no problem" in said.out
    assert "warning: 1 source has no day on which we saw the page" in said.err
    assert list((tree.cache / "check").glob("comparable-*")), "the stored edition was read"
    path = tree.data / "term" / "wording.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("certainty:", "certanty:"), encoding="utf-8")
    with pytest.raises(ContentError) as told:
        check.run(tree, parse(["check"]))
    assert "unknown key 'certanty'" in str(told.value)
