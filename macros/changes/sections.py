"""The changes between two editions under headings, and which headings share a page when one page would be too heavy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from macros.changes.comparing import RecordChange, Status, count_statuses
from macros.changes.prose import PageChange
from macros.schema import KINDS

# So many characters of changes make a page of some 50 KB when it is packed.
LIMIT = 120_000
_EACH = 150  # what an entry weighs beside its words


@dataclass(frozen=True)
class Section:
    """What stands under one heading: the changed records of a kind, or changed pages. `id` makes the anchor."""

    id: str
    title: str
    records: tuple[RecordChange, ...] = ()
    pages: tuple[PageChange, ...] = ()

    @property
    def size(self) -> int:
        return len(self.records) + len(self.pages)

    @property
    def counts(self) -> list[tuple[Status, int]]:
        return count_statuses([*(one.status for one in self.records), *(one.status for one in self.pages)])

    @cached_property
    def weight(self) -> int:
        """Returns about how many characters the section prints."""
        fields = sum(len(one.before) + len(one.after) for record in self.records for one in record.fields)
        runs = sum(len(run.text) for page in self.pages for paragraph in page.paragraphs for run in paragraph)
        return fields + runs + _EACH * self.size


def divide_changes(records: Sequence[RecordChange], pages: Sequence[PageChange]) -> list[Section]:
    """Returns the sections that hold something: each kind of record, then the pages, by folder when they are many."""
    kinds = [Section(kind, model.plural, tuple(r for r in records if r.kind == kind)) for kind, model in KINDS.items()]
    whole = Section("pages", "pages", pages=tuple(pages))
    return [one for one in [*kinds, *(_by_folder(pages) if whole.weight > LIMIT else [whole])] if one.size]


def _by_folder(pages: Sequence[PageChange]) -> Iterator[Section]:
    """Yields a section for each folder of pages, each in the order that the pages have already."""
    for folder, found in groupby(sorted(pages, key=_folder_of), _folder_of):
        title = f"pages under {folder}/" if folder else "pages at the top"
        yield Section(f"pages-{folder or 'top'}", title, pages=tuple(found))


def _folder_of(change: PageChange) -> str:
    folder, mark, _ = change.page.source.partition("/")
    return folder if mark else ""


def fill_pages(sections: Sequence[Section]) -> list[list[Section]]:
    """Returns the sections in order, as many together as one page may hold."""
    filled: list[list[Section]] = []
    for section in sections:
        if filled and sum(one.weight for one in filled[-1]) + section.weight <= LIMIT:
            filled[-1].append(section)
        else:
            filled.append([section])
    return filled
