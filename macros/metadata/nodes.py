"""Records as nodes of schema.org: what each kind may be called there without saying more than the record does.

A paper is `Legislation` only when it is a legal act in form: an international agreement, an executive order, a law or
license. Frameworks, memoranda, statements, plans, deals are a plain `CreativeWork`: they are not binding, or not law.
Names of record kinds that schema.org does not know stay a `Thing`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from macros.catalog.catalog import plain_words
from macros.configuration.publisher import Publisher
from macros.schema.base import Record
from macros.schema.context_kinds import Answer
from macros.schema.instruments import Instrument, Provision
from macros.schema.sources import Source
from macros.schema.subjects import Event, Term
from macros.site.release import Release
from macros.style.sentences import split_first

Node = dict[str, Any]

# What happened on the day of a paper, as far as it says when the paper was made or came out; other days say neither.
_MADE = frozenset({"signed", "issued"})
_OUT = frozenset({"published"})


def describe_record(release: Release, record: Record) -> Node:
    """Returns the node of a record that a page is about: as `DESCRIBERS` has its kind, else a `Thing`."""
    describe = DESCRIBERS.get(record.kind)
    if describe:
        return describe(release, record)
    return _node("Thing", release, record, description=getattr(record, "summary", None))


def _describe_provision(release: Release, record: Provision) -> Node:
    text = release.catalog.one(Instrument, record.instrument)
    part = {"@type": "CreativeWork", "name": text.title, "url": text.url}
    return _node("CreativeWork", release, record, description=record.summary, isPartOf=filled(part))


def _describe_event_fully(release: Release, record: Event) -> Node:
    return {**describe_event(release, record), "description": plain_words(release.catalog, record.summary)}


def describe_paper(release: Release, paper: Instrument) -> Node:
    """Returns the node of a paper: its own title, its day, what sort it is and its legal character in a few words."""
    legal = paper.type.legal_act
    date: Node = {}
    if paper.date_label in _MADE:
        date = {"legislationDate" if legal else "dateCreated": paper.date.text}
    elif paper.date_label in _OUT:
        date = {"datePublished": paper.date.text}
    return _node(
        "Legislation" if legal else "CreativeWork",
        release,
        paper,
        name=paper.title,
        alternateName=paper.title_ja,
        description=paper.summary,
        disambiguatingDescription=paper.legal_character,
        **{"legislationType" if legal else "genre": paper.type.label},
        **date,
        locationCreated={"@type": "Place", "name": paper.place} if paper.place else None,
        sameAs=paper.url,
    )


def describe_event(release: Release, event: Event) -> Node:
    """Returns the node of an event: its name, its days as precise as they are known, its place."""
    return _node(
        "Event",
        release,
        event,
        startDate=event.date.text,
        endDate=event.until.text if event.until else None,
        location={"@type": "Place", "name": event.place} if event.place else None,
    )


def describe_question(release: Release, answer: Answer) -> Node:
    """Returns the node of a question with the first sentence of its answer; the page itself has the whole."""
    first, _ = split_first(release.catalog, answer.answer)
    said = {"@type": "Answer", "text": plain_words(release.catalog, first)}
    return _node("Question", release, answer, acceptedAnswer=said)


def describe_term(release: Release, term: Term) -> Node:
    """Returns the node of a term with its definition."""
    return _node("DefinedTerm", release, term, description=term.definition)


def describe_source(source: Source) -> Node:
    """Returns the node of a source that a page cites, as the list of sources names it."""
    return filled(
        {
            "@type": "CreativeWork",
            "name": source.title,
            "alternateName": source.title_en,
            "url": source.url,
            "datePublished": source.published.text if source.published else None,
            "inLanguage": source.language,
            "publisher": {"@type": "Organization", "name": source.publisher},
        }
    )


def describe_publisher(release: Release, publisher: Publisher) -> Node:
    """Returns the node of who publishes the site, known by an address under the site's root."""
    contact = {"@type": "ContactPoint", "description": publisher.contact} if publisher.contact else None
    return filled(
        {
            "@type": "Organization",
            "@id": publisher_id(release),
            "name": publisher.name,
            "url": publisher.address,
            "logo": release.url(publisher.logo) if publisher.logo else None,
            "contactPoint": contact,
        }
    )


def publisher_id(release: Release) -> str:
    """Returns the name by which other nodes point at the publisher: the same in every edition."""
    return f"{release.root}#publisher"


def filled(node: Mapping[str, object]) -> Node:
    """Returns a node without what is not known."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}


def _node(kind: str, release: Release, record: Record, **values: object) -> Node:
    """Returns a node that is known by the record's home; running text becomes plain words."""
    home = release.url(release.home(record))
    node = {"@type": kind, "@id": home, "name": record.name, "url": home, **values}
    if isinstance(text := node.get("description"), str):
        node["description"] = plain_words(release.catalog, text)
    return filled(node)


# Linked data by kind, for the kinds that schema.org knows; every other kind is a Thing.
DESCRIBERS: Mapping[str, Callable[[Release, Any], Node]] = {
    Instrument.kind: describe_paper,
    Provision.kind: _describe_provision,
    Event.kind: _describe_event_fully,
}
