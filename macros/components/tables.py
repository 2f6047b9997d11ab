"""Macros that make tables of records: of any kind, of figures in groups, of measures that readers narrow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from macros.catalog.references import kind_named_by
from macros.components.changing import render_history
from macros.components.linking import get_value, select
from macros.components.page_context import PageContext
from macros.components.registry import MacroError, Selections, key_of, macro
from macros.components.relating import render_connections
from macros.schema.base import Record
from macros.schema.choices import Choice
from macros.schema.context_kinds import Measure
from macros.schema.context_vocabularies import Whom
from macros.schema.figures import Figure
from macros.schema.labels import capitalize, label_field

LONG = 80  # letters; with more in a cell of its last column, a table gives that column a line of its own on a phone
CHOICES = 16  # so many of each list has assets/narrow.css a rule for, which hides the rows that do not fit


@macro()
def table(view: PageContext, kind: str, columns: list[str], **where: object) -> str:
    """A table of records: one row each, one column for each value you name; `name` is the linked name.

    {{ table('provision', ['name', 'verb', 'strength'], part='section-1') }}
    """
    found = select(view, kind, where)
    rows = [[(_heading(column), _cell(view, record, column)) for column in columns] for record in found]
    lengths = [len(str(get_value(view.catalog, record, columns[-1], empty=""))) for record in found]
    headings = [_heading(column) for column in columns]
    return view.render("table", headings=headings, rows=rows, kind=kind, long=max(lengths) > LONG)


def _figures_of(call: Mapping[str, Any]) -> Selections:
    return [("figure", {"topic": topic}) for topic in call["groups"].values()]


@macro(prints=_figures_of)
def figures(view: PageContext, groups: dict[str, str]) -> str:
    """Figures in full as one table that readers can sort, each with an anchor: their home. Once on the site.

    Name each group and the topic of its figures.
    {{ figures({'LNG': 'lng', 'Tariffs': 'tariffs'}) }}
    """
    chosen = [(title, select(view, Figure, {"topic": topic})) for title, topic in groups.items()]
    return view.render("figures", groups=chosen, connect=_connect(view))


def _measures_of(call: Mapping[str, Any]) -> Selections:
    return [("measure", call.get("where", {}))]


@macro(prints=_measures_of)
def measures(view: PageContext, **where: object) -> str:
    """Measures in full as one table that readers narrow by goods, by whom it applies to and by state: their home.

    Those of one state stand together, in the order of the states. Once on the site.
    {{ measures() }}   {{ measures(by='China') }}
    """
    found = select(view, Measure, where)
    found.sort(key=lambda one: one.state.position)
    countries = [one for one in view.catalog.vocabularies.all(Whom) if one.country]
    facets = [Facet.of(name, found, countries) for name in ("goods", "applies_to", "state")]
    if longest := next((one for one in facets if len(one.choices) > CHOICES), None):
        raise MacroError(f"more than {CHOICES} choices of '{longest.name}'", "see assets/narrow.css", longest.name)
    return view.render("measures", records=found, facets=facets, connect=_connect(view))


@dataclass(frozen=True)
class Facet:
    """A field by which readers narrow a table, and the choices that occur, each with the number of records that fit.

    `countries` are the choices that what applies in every country fits too.
    """

    name: str
    choices: dict[Choice, int]
    countries: list[Whom]

    @classmethod
    def of(cls, name: str, records: list[Measure], countries: list[Whom]) -> Facet:
        """Returns the facet of a field of these records, its choices in their own order."""
        counts = Counter(choice for record in records for choice in _fitting(record, name, countries))
        order = sorted(counts, key=lambda one: one.position)
        return cls(name, {choice: counts[choice] for choice in order}, countries)

    @property
    def title(self) -> str:
        return capitalize(label_field(self.name))

    def numbers(self, record: Measure) -> str:
        """Returns the numbers of the choices that the record fits, for an attribute of its row: `1 4`."""
        numbers = {choice: number for number, choice in enumerate(self.choices, 1)}
        return " ".join(str(numbers[choice]) for choice in _fitting(record, self.name, self.countries))


def _fitting(record: Measure, name: str, countries: list[Whom]) -> list[Choice]:
    """Returns the choices that a record fits: what applies in every country applies in each."""
    value = getattr(record, name)
    found: list[Choice] = list(value) if isinstance(value, list) else [value]
    if Whom.every_country in found:
        found += [one for one in countries if one not in found]
    return found


def _connect(view: PageContext) -> Callable[[Record], Markup]:
    """Returns what tells of a record's connections and its history, for the fold of its row."""

    def connect(record: Record) -> Markup:
        return render_connections(view, record, "related") + render_history(view, record, folded=True)

    return connect


def _heading(column: str) -> str:
    return capitalize("title" if column == "name" else label_field(column))


def _cell(view: PageContext, record: Record, column: str) -> object:
    if column == "name":
        return view.link(record)
    found = get_value(view.catalog, record, column, empty="")
    kind = kind_named_by(type(record), column)
    if kind and found:
        named = map(str, found if isinstance(found, list) else [found])
        found = [view.catalog.get(key_of(kind, name)) for name in named]
    return view.short(found)
