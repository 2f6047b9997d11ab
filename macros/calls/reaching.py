"""On which pages, and by which of their calls, a record is shown: every page is written, and each call is watched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass

from markupsafe import Markup

from macros.calls.scan import Call
from macros.catalog.catalog import Catalog
from macros.components.page_context import Note, PageContext
from macros.pages.page import Page, Pages
from macros.schema.base import Record

_DEEP = 4  # lists of groups of pairs: what macros hand to templates is no deeper


@dataclass
class WatchedView(PageContext):
    """A view that notes which records are linked, cited or handed to a template while a call runs."""

    seen: set[str] = field(default_factory=set)

    def link(self, record: Record | str, text: str | None = None, label: str | None = None) -> Markup:
        self.seen.add(record.key if isinstance(record, Record) else self.catalog.resolve(record))
        return super().link(record, text, label)

    def note(self, source_id: str, pinpoint: str | None = None) -> Note:
        note = super().note(source_id, pinpoint)
        self.seen.add(note.source.key)
        return note

    def render(self, component: str, **values: object) -> Markup:
        self.seen.update(_keys_in(list(values.values())))
        return super().render(component, **values)


def iter_shown(catalog: Catalog, pages: Pages, key: str) -> Iterator[tuple[Page, Call]]:
    """Yields each page with each of its calls that shows the record, in order."""
    for page in pages.pages:
        view = WatchedView(catalog, pages, page)
        for part in pages.parts[page.source]:
            if isinstance(part, Call):
                view.seen.clear()
                view.call(part.macro, *part.arguments, **part.named)
                if key in view.seen:
                    yield page, part


def _keys_in(value: object, depth: int = 0) -> Iterator[str]:
    if isinstance(value, Record):
        yield value.key
    elif depth < _DEEP:
        if isinstance(value, dict):
            parts = [*value, *value.values()]
        elif isinstance(value, (list, tuple, set)):
            parts = list(value)
        elif is_dataclass(value) and not isinstance(value, (PageContext, Page, type)):
            parts = [getattr(value, one.name) for one in fields(value)]
        else:
            return
        for part in parts:
            yield from _keys_in(part, depth + 1)
