"""Macros that take a text apart: its outline, and the same as a figure."""

from __future__ import annotations

from macros.catalog.catalog import Catalog
from macros.components.page_context import PageContext
from macros.components.registry import macro
from macros.schema.base import AnyRef
from macros.schema.instruments import Instrument, Provision
from macros.schema.vocabularies import InstrumentRole, Part


@macro()
def structure(view: PageContext, instrument: AnyRef | None = None) -> str:
    """The outline of a text: its parts and paragraphs, how strong each is worded, and where the clocks are.

    {{ structure() }}   {{ structure('instrument/framework') }}
    """
    return view.render("structure", parts=_take_apart(view, choose_text(view, instrument)))


@macro()
def anatomy(view: PageContext, instrument: AnyRef | None = None) -> str:
    """A text as a figure of boxes, one for each paragraph: its words' strength, its clock, the way to its page.

    {{ anatomy() }}   {{ anatomy('instrument/framework') }}
    """
    chosen = choose_text(view, instrument)
    return view.render("anatomy", parts=_take_apart(view, chosen), instrument=chosen, sources=chosen.sources)


def choose_text(view: PageContext, instrument: str | None) -> Instrument:
    """Returns the instrument named, or the one that the site is about."""
    subject = find_subject(view.catalog)
    return view.chosen_as(instrument or (subject.key if subject else None), Instrument)


def find_subject(catalog: Catalog) -> Instrument | None:
    """Returns the paper that the site explains."""
    return next((one for one in catalog.all(Instrument) if one.role == InstrumentRole.subject), None)


def _take_apart(
    view: PageContext, instrument: Instrument
) -> list[tuple[Part, list[tuple[Provision, list[Provision]]]]]:
    """Returns the parts of a text that have provisions, each with its paragraphs in order and the points of each."""
    provisions = view.catalog.referrers(instrument.key, Provision, "instrument")
    points = {one.id: [point for point in provisions if point.parent == one.id] for one in provisions}
    whole = [(one, points[one.id]) for one in provisions if not one.parent]
    parts = [(part, [two for two in whole if two[0].part == part]) for part in view.catalog.vocabularies.all(Part)]
    return [(part, inside) for part, inside in parts if inside]
