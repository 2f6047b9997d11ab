"""A migration of a kept edition: other attributes at some tags, the same words, and a record that says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.editions.migrating import finish_migrations, migrate_edition
from macros.problems import ContentError, UsageError
from macros.schema.dates import PartialDate
from macros.store.digests import check_chain, check_manifest, hash_file, read_ledger, write_ledger, write_manifest
from macros.store.edition import MANIFEST, RECORD, Edition, load_editions
from macros.store.stored import PageHead, join_page, page_path
from tests.unit.test_store import FIRST, SECOND, TODAY, keep, link

DAY = PartialDate("2026-11-29")
ARTICLE = '<p id="a">One</p>\n<table><tr><td>Two</td></tr></table>\n<table class="x"><tr><td>Three</td></tr></table>\n'


@pytest.fixture
def editions(tmp_path: Path) -> list[Edition]:
    """Returns two published editions; the first has two pages with tables, and one without."""
    first = keep(tmp_path, FIRST, "a/", "b/", "c/", published=FIRST)
    for url, article in (("a/", ARTICLE), ("b/", ARTICLE), ("c/", "<p>Four</p>\n")):
        head = PageHead(source=f"{url[0]}.md", url=url, title="A", description="It.")
        page_path(first.folder, url).write_text(join_page(head, article), encoding="utf-8")
    write_manifest(first.folder)
    second = keep(tmp_path, SECOND, published=SECOND, follows=link(first))
    write_ledger(tmp_path, {one.id: hash_file(one.folder / MANIFEST) for one in (first, second)})
    return [first, second]


def test_a_migration_changes_the_tags_alone_and_says_so(editions: list[Edition]) -> None:
    first, top = editions[0], editions[0].top
    before = {path: path.read_text() for path in (first.folder / "pages").iterdir()}
    was = hash_file(first.folder / MANIFEST)
    (first.folder.with_name(f".storing-{FIRST}") / "pages").mkdir(parents=True)  # as a kill leaves it
    done = migrate_edition(first, "table", {"role": "group", "class": None}, "A reason: 資源.", DAY)
    assert (done.pages, done.css, done.attributes, done.was) == (2, "table", {"role": "group", "class": ""}, was)
    for path, text in before.items():
        wanted = text.replace("<table>", '<table role="group">').replace('<table class="x">', '<table role="group">')
        assert path.read_text() == wanted
    now, problems = load_editions(top, TODAY)
    assert problems == []
    assert now[0].record.migrations == [done]
    written = (first.folder / RECORD).read_text(encoding="utf-8")
    assert written.startswith(f"as_at: '{FIRST}'\ntitle: ")
    assert "reason: 'A reason: 資源.'" in written
    assert check_manifest(now[0]) == check_chain(top, now) == []
    assert [path.name for path in (top / "editions").iterdir() if path.is_dir()] == [FIRST, SECOND]


def test_a_second_migration_is_written_below_the_first(editions: list[Edition]) -> None:
    migrate_edition(editions[0], "table", {"role": "group"}, "One.", DAY)
    first = load_editions(editions[0].top, TODAY)[0][0]
    before = read_ledger(first.top)
    migrate_edition(first, "td", {"role": "cell"}, "Two.", DAY)
    after = read_ledger(first.top)
    write_ledger(first.top, before)
    assert len(finish_migrations(first.top, load_editions(first.top, TODAY)[0])) == 1
    assert read_ledger(first.top) == after
    again = load_editions(first.top, TODAY)[0][0]
    assert [one.reason for one in again.record.migrations] == ["One.", "Two."]
    assert check_chain(again.top, load_editions(again.top, TODAY)[0]) == []


def test_a_candidate_is_in_no_list_after_its_migration(editions: list[Edition]) -> None:
    candidate = keep(editions[0].top, "2026-10-31")
    page = join_page(PageHead(source="a.md", url="a/", title="A", description="It."), ARTICLE)
    page_path(candidate.folder, "a/").write_text(page, encoding="utf-8")
    write_manifest(candidate.folder)
    assert migrate_edition(candidate, "p", {"class": "x"}, "A reason.", DAY).pages == 1
    assert list(read_ledger(candidate.top)) == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("css", "values", "message"),
    [
        ("table", {"class": "x", "href": "x"}, "'href' is not for a migration"),
        ("table", {"data-words": "no"}, "'data-words' is not for a migration"),
        ("table[", {"class": "x"}, "is not a CSS selector"),
        ("video", {"class": "x"}, "has anything that 'video' finds and that is not so already"),
        ("table.x", {"class": "x"}, "that is not so already"),
    ],
)
def test_what_is_no_migration_is_refused_and_nothing_is_left(
    editions: list[Edition], css: str, values: dict[str, str | None], message: str
) -> None:
    top = editions[0].top
    with pytest.raises(UsageError) as caught:
        migrate_edition(editions[0], css, values, "A reason.", DAY)
    assert message in str(caught.value)
    assert sorted(path.name for path in (top / "editions").iterdir() if path.is_dir()) == [FIRST, SECOND]
    assert check_manifest(editions[0]) == []


def test_an_edition_that_is_not_what_was_frozen_is_not_migrated(editions: list[Edition]) -> None:
    page_path(editions[0].folder, "c/").write_text("changed", encoding="utf-8")
    with pytest.raises(ContentError, match="was changed since the edition was frozen"):
        migrate_edition(editions[0], "table", {"role": "group"}, "A reason.", DAY)


def test_a_migration_that_was_cut_off_before_its_last_step_is_entered(editions: list[Edition]) -> None:
    top, before = editions[0].top, read_ledger(editions[0].top)
    migrate_edition(editions[0], "table", {"role": "group"}, "A reason.", DAY)
    after = read_ledger(top)
    now = load_editions(top, TODAY)[0]
    assert finish_migrations(top, now) == [], "all is entered"
    write_ledger(top, before)
    (said,) = finish_migrations(top, now)
    assert said.startswith(f"an earlier migration of {FIRST} was cut off after it was done")
    assert read_ledger(top) == after
    write_ledger(top, before)
    page_path(now[0].folder, "c/").write_text("changed", encoding="utf-8")
    assert finish_migrations(top, now) == [], "it is not what the migration left"
    assert read_ledger(top) == before
