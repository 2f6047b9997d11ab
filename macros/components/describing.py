"""Macros that describe one record: its facts, its deadlines, what it means, what is unclear about it."""

from __future__ import annotations

from macros.components.page_context import PageContext
from macros.components.registry import MacroError, macro
from macros.problems import suggest
from macros.schema.actors import Audience
from macros.schema.base import AnyRef, AudienceRef, Record
from macros.schema.instruments import Comparison, Deadline, Instrument
from macros.schema.subjects import Implication, Question
from macros.schema.vocabularies import ImplicationType


@macro()
def facts(view: PageContext, record: AnyRef | None = None, only: list[str] | None = None) -> str:
    """What a record holds, as a list of facts with certainty and sources. On a record's own page no name is needed.

    {{ facts() }}   {{ facts('instrument/framework', only=['legal-nature', 'term', 'exit']) }}
    """
    chosen = view.chosen(record)
    if only is None:
        return view.render(f"kinds/{chosen.kind}", record=chosen)
    if not isinstance(chosen, Instrument):
        raise MacroError(f"only= picks facts of an instrument, and '{chosen.key}' is none", "leave only= out")
    known = {fact.id: fact for fact in chosen.facts}
    for name in only:
        if name not in known:
            hint = f"its facts: {', '.join(known)}"
            raise MacroError(f"'{chosen.key}' has no fact '{name}'", hint, name)
    return view.render("facts", facts=[known[name] for name in only])


def _find_deadlines(view: PageContext, record: str | None = None) -> list[Deadline]:
    about = view.catalog.get(record) if record else view.record
    if about is None or about.kind == "instrument":
        found = list(view.catalog.all(Deadline))
    elif isinstance(about, Deadline):
        found = [about]
    else:
        return view.catalog.referrers(about.key, Deadline, "provisions")
    return found


@macro(finds=_find_deadlines)
def deadlines(view: PageContext, record: AnyRef | None = None) -> str:
    """Deadline clocks: start, length, due date, state, evidence. All of them, or those that a provision sets.

    {{ deadlines() }}   {{ deadlines('provision/financing') }}
    """
    about = view.catalog.get(record) if record else view.record
    found = _find_deadlines(view, record)
    timed = [one for one in found if one.clock]
    undated = [one for one in found if not one.clock]
    return view.render("deadlines", timed=timed, undated=undated, about=about)


def _find_points(
    view: PageContext,
    record: str | None = None,
    audience: str | None = None,
    type: str | None = None,  # noqa: A002
) -> list[Implication]:
    about = _find_concerned(view, record, audience)
    fields = ("audiences",) if about.kind == "audience" else ("provisions", "about")
    points = view.catalog.referrers(about.key, Implication, *fields)
    return [one for one in points if one.type.value == type] if type else points


def _find_concerned(view: PageContext, record: str | None, audience: str | None) -> Record:
    """Returns the audience named, or the record named, or the page's own."""
    return view.catalog.one(Audience, audience.removeprefix("audience/")) if audience else view.chosen(record)


@macro(finds=_find_points)
def meaning(
    view: PageContext,
    record: AnyRef | None = None,
    audience: AudienceRef | None = None,
    type: str | None = None,  # noqa: A002
) -> str:
    """The points for companies that rest on a record, or that concern an audience; each says what it rests on.

    {{ meaning() }}   {{ meaning(audience='investors') }}   {{ meaning(audience='investors', type='watch') }}
    """
    chosen = _find_concerned(view, record, audience)
    known = [one.value for one in view.catalog.vocabularies.all(ImplicationType)]
    if type and type not in known:
        raise MacroError(f"no type of point '{type}'", suggest(type, known), type)
    points = _find_points(view, record, audience, type)
    return view.render("meaning", points=points, about=chosen, typed=bool(type), own=chosen is view.record)


def _find_questions(view: PageContext, record: str | None = None) -> list[Question]:
    return view.catalog.referrers(view.chosen(record).key, Question, "about")


@macro(finds=_find_questions)
def questions(view: PageContext, record: AnyRef | None = None) -> str:
    """The open questions about a record, each in short with a link to its entry.

    {{ questions() }}   {{ questions('instrument/cma-2023') }}
    """
    return view.render("questions", questions=_find_questions(view, record), about=view.chosen(record))


@macro()
def compare(view: PageContext, comparison: AnyRef) -> str:
    """Two instruments side by side, point by point. {{ compare('comparison/framework-and-cma') }}"""
    return view.render("compare", comparison=view.chosen_as(comparison, Comparison))


@macro()
def silences(view: PageContext, record: AnyRef | None = None) -> str:
    """What an instrument does not deal with. {{ silences('instrument/framework') }}"""
    chosen = view.chosen_as(record, Instrument)
    if chosen.silences is None:
        raise MacroError(f"'{chosen.key}' has no silences", "add silences: to the record, or leave the macro out")
    return view.render("silences", silences=chosen.silences)
