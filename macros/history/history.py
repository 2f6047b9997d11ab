"""The editions up to the one that is built: what each changed against another, and when each record changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from macros.catalog.catalog import plain_words
from macros.changes.comparing import RecordChange, Status, compare_catalogs, count_statuses
from macros.changes.prose import PageChange, PageSet, compare_pages, write_prose
from macros.changes.sections import Section, divide_changes
from macros.history.restoring import StoredPages, restore_edition
from macros.pages.page import relative_url
from macros.site.loading import Site
from macros.store.edition import Edition, EditionRecord, load_editions, read_edition
from macros.store.files import CHANGES
from macros.tree import Tree


@dataclass(frozen=True)
class Stage:
    """An edition in the story, or the working tree at its end, which has no edition yet.

    `prose` maps the pages of a stored edition, by source, to their paragraphs; that of a tree is written on demand.
    """

    edition: Edition | None
    site: Site
    prose: Mapping[str, list[str]] | None = None

    @property
    def record(self) -> EditionRecord | None:
        return self.edition.record if self.edition else None

    @property
    def as_at(self) -> str:
        """Returns the as-at date in words, with the number of a correction."""
        return self.edition.dated if self.edition else str(self.site.catalog.as_at)

    @property
    def news(self) -> list[tuple[str, str]]:
        """Returns what was new in it: days and sentences, in words."""
        catalog = self.site.catalog
        return [(str(item.date), plain_words(catalog, item.says)) for item in catalog.news]

    @cached_property
    def page_set(self) -> PageSet:
        """Returns its pages with their prose."""
        prose = write_prose(self.site) if self.prose is None else self.prose
        return PageSet(self.site.pages, prose, str(self.site.catalog.as_at))


@dataclass(frozen=True)
class Changes:
    """What one stage changed against an earlier one."""

    before: Stage
    after: Stage

    @cached_property
    def records(self) -> list[RecordChange]:
        return compare_catalogs(self.before.site.catalog, self.after.site.catalog)

    @cached_property
    def pages(self) -> list[PageChange]:
        return compare_pages(self.before.page_set, self.after.page_set)

    @cached_property
    def by_key(self) -> dict[str, RecordChange]:
        return {change.key: change for change in self.records}

    @cached_property
    def sections(self) -> list[Section]:
        """Returns the headings under which pages show the changes."""
        return divide_changes(self.records, self.pages)

    @property
    def counts(self) -> list[tuple[str, list[tuple[Status, int]]]]:
        """Returns how many records and pages were added, removed and changed, what did not happen left out."""
        records, pages = [one.status for one in self.records], [one.status for one in self.pages]
        return [(what, count_statuses(found)) for what, found in (("record", records), ("page", pages)) if found]


class Moment(NamedTuple):
    """A stage in which a record was added or changed, and its key there; no change when the first stage had it."""

    stage: Stage
    key: str
    change: RecordChange | None


@dataclass
class History:
    """The stages up to the tree that is built, oldest first; the last one is that tree itself."""

    stages: list[Stage]
    _changes: dict[tuple[int, int], Changes] = field(default_factory=dict)

    @property
    def present(self) -> Stage:
        return self.stages[-1]

    @property
    def earlier(self) -> list[Stage]:
        return self.stages[:-1]

    def between(self, first: int, second: int) -> Changes:
        """Returns what the second stage, by its number, changed against the first."""
        if (first, second) not in self._changes:
            self._changes[first, second] = Changes(self.stages[first], self.stages[second])
        return self._changes[first, second]

    def since(self, edition_id: str) -> Changes | None:
        """Returns what changed since an earlier edition; None when there is no such edition any more."""
        for number, stage in enumerate(self.earlier):
            if stage.edition and stage.edition.id == edition_id:
                return self.between(number, len(self.stages) - 1)
        return None

    def steps(self) -> list[tuple[Stage, Changes | None]]:
        """Returns every stage, newest first, with what it changed against the one before; the first has nothing."""
        numbers = range(len(self.stages) - 1, -1, -1)
        return [(self.stages[number], self.between(number - 1, number) if number else None) for number in numbers]

    def of_record(self, key: str) -> list[Moment]:
        """Returns the stages in which a record of this tree was added or changed, newest first.

        The first stage stands at the end when the record was in it from the beginning.
        """
        found: list[Moment] = []
        name: str | None = key
        for stage, changes in self.steps():
            if name is None:
                break
            if changes is None:
                found.append(Moment(stage, name, None))
            elif change := changes.by_key.get(name):
                found.append(Moment(stage, name, change))
                name = change.earlier
        return found

    def home(self, stage: Stage, key: str, page_url: str) -> str | None:
        """Returns the way from a page of this tree to a record's home in a stage's edition.

        None when it has none there, and when one of the two is a draft, which does not stand beside editions.
        """
        home = stage.site.pages.home(key)
        return self.way(stage, home, page_url) if home is not None else None

    def way(self, stage: Stage, url: str, page_url: str) -> str | None:
        """Returns the way from a page of this tree to an address of a stage's edition; None in or to a draft."""
        if stage is self.present:
            return relative_url(url, page_url)
        if stage.edition is None or self.present.edition is None:
            return None
        return relative_url(f"{stage.edition.id}/{url}", f"{self.present.edition.id}/{page_url}")

    def page_since(self, stage: Stage, edition_id: str, page_url: str) -> str | None:
        """Returns the way to the page on which an edition says what it changed since another; None without one."""
        source = f"{CHANGES}/{edition_id}.md"
        there = stage.site.pages.at(source) is not None
        return self.way(stage, f"{CHANGES}/{edition_id}/", page_url) if there else None

    def between_url(self, stage: Stage, page_url: str) -> str | None:
        """Returns the way to the page that sets an earlier edition beside this one in the browser; None in a draft."""
        if stage.edition is None or self.present.edition is None:
            return None
        query = f"?from={stage.edition.id}&to={self.present.edition.id}"
        return f"{relative_url('between/', f'{self.present.edition.id}/{page_url}')}{query}"


def open_history(tree: Tree, site: Site) -> History:
    """Returns the history of the tree that is built: the editions older than it, or the newest for the working tree.

    Raises ContentError when one of them can be read no more.
    """
    present, older = _find_editions(tree)
    return History([*(open_stage(one, tree.cache) for one in older), Stage(present, site)])


def open_stage(edition: Edition, cache: Path) -> Stage:
    """Returns a stored edition as a stage. Raises ContentError when it can be read no more."""
    site = restore_edition(edition, cache)
    return Stage(edition, site, site.pages.prose if isinstance(site.pages, StoredPages) else None)


def check_history(tree: Tree) -> None:
    """Raises ContentError when an edition older than the tree can be compared no more, before a builder is started."""
    for edition in _find_editions(tree)[1]:
        restore_edition(edition, tree.cache)


def _find_editions(tree: Tree) -> tuple[Edition | None, list[Edition]]:
    """Returns the edition of the tree, None for the working tree, and the editions before it, oldest first.

    Before the working tree stands the newest edition alone: a draft shows what would change, and is built often.
    """
    present = read_edition(tree)
    # What is wrong with their records is said by the command that builds or freezes.
    editions, _ = load_editions(tree.project, dt.date.max)
    older = [one for one in editions if one.is_whole and (present is None or one.order < present.order)]
    return present, older if present else older[-1:]
