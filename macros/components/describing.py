"""Macros that describe one record: its facts, its deadlines, what it means, what is unclear about it."""

from __future__ import annotations

from macros.components.page_context import PageContext
from macros.components.registry import MacroError, macro
from macros.problems import suggest
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


@macro()
def deadlines(view: PageContext, record: AnyRef | None = None) -> str:
    """Deadline clocks: start, length, due date, state, evidence. All of them, or those that a provision sets.

    {{ deadlines() }}   {{ deadlines('provision/financing') }}
    """
    about = view.catalog.get(record) if record else view.record
    if about is None or about.kind == "instrument":
        found: list[Record] = list(view.catalog.of_kind("deadline"))
    elif about.kind == "deadline":
        found = [about]
    else:
        found = view.catalog.referrers(about.key, "deadline", "provisions")
    timed = [one for one in found if isinstance(one, Deadline) and one.clock]
    undated = [one for one in found if isinstance(one, Deadline) and not one.clock]
    return view.render("deadlines", timed=timed, undated=undated, about=about)


@macro()
def meaning(
    view: PageContext,
    record: AnyRef | None = None,
    audience: AudienceRef | None = None,
    type: str | None = None,  # noqa: A002
) -> str:
    """The points for companies that rest on a record, or that concern an audience; each says what it rests on.

    {{ meaning() }}   {{ meaning(audience='investors') }}   {{ meaning(audience='investors', type='watch') }}
    """
    if audience:
        chosen = view.catalog.get(f"audience/{audience.removeprefix('audience/')}")
        found = view.catalog.referrers(chosen.key, "implication", "audiences")
    else:
        chosen = view.chosen(record)
        found = view.catalog.referrers(chosen.key, "implication", "provisions", "about")
    points = [one for one in found if isinstance(one, Implication)]
    if type:
        known = [one.value for one in view.catalog.vocabularies.all(ImplicationType)]
        if type not in known:
            raise MacroError(f"no type of point '{type}'", suggest(type, known), type)
        points = [one for one in points if one.type.value == type]
    return view.render("meaning", points=points, about=chosen, typed=bool(type), own=chosen is view.record)


@macro()
def questions(view: PageContext, record: AnyRef | None = None) -> str:
    """The open questions about a record, each in short with a link to its entry.

    {{ questions() }}   {{ questions('instrument/cma-2023') }}
    """
    chosen = view.chosen(record)
    found = view.catalog.referrers(chosen.key, "question", "about")
    return view.render("questions", questions=[one for one in found if isinstance(one, Question)], about=chosen)


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
