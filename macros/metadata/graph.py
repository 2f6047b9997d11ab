"""The linked data of a page (JSON-LD, schema.org): what the page is, where it stands, what it cites and is about.

It says nothing that the page or its records do not. A publisher that the configuration names is the publisher of the
site, its pages and its files, and the author of none; without one, none is given. A page belongs to the site. Addresses
are those in the edition, which stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from jinja2.utils import htmlsafe_json_dumps

from macros.components.outlining import find_subject
from macros.components.page_context import PageContext
from macros.metadata.location import Place
from macros.metadata.nodes import (
    Node,
    describe_event,
    describe_paper,
    describe_publisher,
    describe_question,
    describe_record,
    describe_source,
    describe_term,
    filled,
    publisher_id,
)
from macros.schema.actors import Audience
from macros.schema.context_kinds import Answer
from macros.schema.instruments import Instrument
from macros.schema.subjects import Event, Term
from macros.site.release import Release
from macros.store.files import list_files

LANGUAGE = "en"
# So many sources, and so many papers and events beside each other, are enough to say what a page rests on.
MOST_CITED = 25
MOST_NAMED = 20


def describe_page(view: PageContext, place: Place) -> Node:
    """Returns the graph of a page whose calls have run."""
    nodes = [*_describe_site(place), _describe_work(view, place), *_describe_trail(place)]
    nodes += _describe_terms(place, [one for one in place.entries if isinstance(one, Term)])
    if place.release.publisher:
        nodes.append(describe_publisher(place.release, place.release.publisher))
    if "downloads" in view.called:
        nodes.append(_describe_data(place))
    return {"@context": "https://schema.org", "@graph": nodes}


def print_graph(graph: Node) -> str:
    """Returns a graph as JSON that may stand in a script element."""
    return str(htmlsafe_json_dumps(graph, ensure_ascii=False, separators=(",", ":")))


def _describe_work(view: PageContext, place: Place) -> Node:
    release = place.release
    answers = [one for one in place.entries if isinstance(one, Answer)]
    papers = [one for one in place.entries if isinstance(one, Instrument)]
    events = [one for one in place.entries if isinstance(one, Event)]
    header = place.page.header
    record = view.record or (find_subject(release.catalog) if place.is_home else None)
    node: Node = {
        "@type": "FAQPage" if answers else "WebPage" if place.is_home else "Article",
        "@id": place.address,
        "url": place.address,
        "name" if answers or place.is_home else "headline": place.page.title,
        "description": header.description if header else None,
        "image": release.url(place.card.path),
        **_date(place),
        **_published_by(release),
        "isAccessibleForFree": True,
        "isPartOf": {"@id": _site_id(release)} if place.is_home else _name_site(release),
        "about": describe_record(release, record) if record and not isinstance(record, Audience) else None,
        "audience": {"@type": "Audience", "audienceType": record.name} if isinstance(record, Audience) else None,
        "mainEntity": [describe_question(release, one) for one in answers],
        "mentions": [
            *(describe_paper(release, one) for one in papers[-MOST_NAMED:]),
            *(describe_event(release, one) for one in sorted(events, key=lambda one: one.date)[-MOST_NAMED:]),
        ],
        "citation": [describe_source(note.source) for note in list(view.notes.values())[:MOST_CITED]],
    }
    return filled(node)


def _describe_site(place: Place) -> Iterator[Node]:
    """Yields the site, on its home page only; the others name it."""
    if place.is_home:
        said = {"description": place.release.site_description, "inLanguage": LANGUAGE}
        yield {**_name_site(place.release), **said, **_published_by(place.release)}


def _published_by(release: Release) -> Node:
    """Returns who publishes a work, by the name of the node that describes it; nothing when nobody is named."""
    return {"publisher": {"@id": publisher_id(release)}} if release.publisher else {}


def _name_site(release: Release) -> Node:
    return {"@type": "WebSite", "@id": _site_id(release), "name": release.site_name, "url": release.root}


def _site_id(release: Release) -> str:
    return f"{release.root}#site"


def _date(place: Place) -> Node:
    """Returns a work's language, the day up to which it speaks, its edition, and when that was published."""
    release = place.release
    published = release.published.text if release.published else None
    status = "Draft" if not release.name else "Published" if published else "Candidate"
    return {
        "inLanguage": place.page.language.value,
        "version": release.name,
        "creativeWorkStatus": status,
        "temporalCoverage": f"../{release.catalog.as_at.text}",
        "datePublished": published,
        "dateModified": published,
    }


def _describe_trail(place: Place) -> Iterator[Node]:
    """Yields the way from home to the page; home itself has none."""
    if not place.is_home:
        steps = [
            {"@type": "ListItem", "position": number, "name": title, "item": address}
            for number, (title, address) in enumerate(place.crumbs, 1)
        ]
        yield {"@type": "BreadcrumbList", "itemListElement": steps}


def _describe_terms(place: Place, terms: list[Term]) -> Iterator[Node]:
    if terms:
        yield {
            "@type": "DefinedTermSet",
            "@id": f"{place.address}#terms",
            "name": place.page.title,
            "mainEntityOfPage": {"@id": place.address},
            "hasDefinedTerm": [describe_term(place.release, one) for one in terms],
        }


def _describe_data(place: Place) -> Node:
    """Returns the files of the edition as a data set; no license is given, for none has been given to the records."""
    release = place.release
    files = [
        {
            "@type": "DataDownload",
            "name": one.path,
            "contentUrl": release.url(one.path),
            "encodingFormat": one.media_type,
        }
        for one in list_files(release.catalog).values()
    ]
    node = {
        "@type": "Dataset",
        "@id": f"{place.address}#data",
        "name": f"{release.site_name}: {place.page.title}",
        "description": release.site_description,
        "url": place.address,
        **_date(place),
        **_published_by(release),
        "isAccessibleForFree": True,
        "isPartOf": {"@id": _site_id(release)},
        "mainEntityOfPage": {"@id": place.address},
        "distribution": files,
    }
    return filled(node)
