"""What a reader may find: every page of a built release, and every record that stands on one among others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import html

from macros.catalog.catalog import plain_words
from macros.pages.breadcrumbs import Section, list_trails
from macros.pages.page import Page
from macros.schema.base import Record, find_answer
from macros.schema.context_kinds import Measure
from macros.schema.context_vocabularies import AnswerTopic
from macros.schema.dates import PartialDate
from macros.schema.labels import capitalize
from macros.schema.sources import Source
from macros.site.release import Release
from macros.style.sentences import split_sentences
from macros.text.characters import curl_quotes

# Elements that do not part words.
INLINE = frozenset("a abbr b cite code del em i ins q small span strong sub sup time".split())  # noqa: SIM905 - a list of names
# What repeats on every page, or says only where else to look; sources are found as records of their own.
_ASIDE_TAGS = {"script", "style", "svg", "template", "nav"}
_ASIDE_CLASSES = {
    "headerlink",
    "cm-cites",
    "cm-contents",
    "cm-edition",
    "cm-sources",
    "cm-connections",
    "cm-timeline",
}
# How much a kind counts: what answers comes before what is told of, and that before single amounts and sources.
_WEIGHTS = {
    "answer": 1.3,
    "provision": 1.25,
    "deadline": 1.15,
    "person": 1.2,
    "measure": 1.3,
    "instrument": 1.15,
    "project": 1.15,
    "question": 1.05,
    "event": 0.85,
    "implication": 0.75,
    "series": 0.7,
    "connection": 0.6,
    "figure": 0.55,
    "source": 0.15,
}
_PAGE = 1.25
# Pages that only gather what has its own place, and those that compare editions.
_GATHERING = ("reference/answers", "reference/questions", "reference/terms", "reference/sources", "business/points")
_LIST = 0.45
_SUBJECT = 1.15


class Find(NamedTuple):
    """One thing to be found: its address in the release, its name, what it is, its answer, and all of its words.

    `answer` is its first sentence, `also` are words that readers type for it, `date` is the day of what it tells of,
    and `weight` is how much it counts.
    """

    url: str
    title: str
    kind: str
    text: str
    answer: str = ""
    date: str = ""
    also: tuple[str, ...] = ()
    weight: float = 1.0


def gather_finds(release: Release, read_article: Callable[[Page], html.HtmlElement]) -> Iterator[Find]:
    """Yields what can be found in a release: each page, and each record with an entry on one.

    `read_article` gives a page's article, without the frame.
    """
    trails = list_trails(release.nav)
    entries = _entries(release)
    for page in release.pages.pages:
        texts: dict[str, list[str]] = {anchor: [] for _, anchor in entries[page.url]}
        own: list[str] = []
        _read(read_article(page), own, texts)
        for record, anchor in entries[page.url]:
            if texts[anchor]:
                yield _find_record(release, record, f"{page.url}#{anchor}", _join(texts[anchor]))
        yield _find_page(release, page, _join(own), next(iter(trails.get(page.source, ())), None))


def count_places(release: Release) -> int:
    """Returns how many things may be found in a release, without reading its pages: never less than there are."""
    return len(release.pages.pages) + sum(map(len, _entries(release).values()))


def _read(element: html.HtmlElement, words: list[str], texts: dict[str, list[str]]) -> None:
    """Adds the words of an element to `words`, and those of an entry in it to the entry's own in `texts`."""
    for child in element:
        if isinstance(child.tag, str) and not _is_aside(child):
            inner = texts.get(child.get("id"), words)
            edge = "" if child.tag in INLINE else " "
            inner.append(edge + (child.text or ""))
            _read(child, inner, texts)
            inner.append(edge)
        if child.tail:
            words.append(child.tail)


def _is_aside(element: html.HtmlElement) -> bool:
    if element.tag in _ASIDE_TAGS or element.get("data-search") is not None:
        return True
    names = element.get("class")
    return names is not None and not _ASIDE_CLASSES.isdisjoint(names.split())


def _find_record(release: Release, record: Record, url: str, text: str) -> Find:
    if isinstance(record, Source):  # what a note says of a source is no answer
        text = record.publisher
    return Find(
        url,
        capitalize(curl_quotes(record.name)),
        capitalize(record.label),
        text,
        _answer(release, record),
        _date(record),
        _also(record),
        _weigh(record),
    )


def _find_page(release: Release, page: Page, text: str, section: Section | None) -> Find:
    record = release.catalog.get(page.record) if page.record else None
    kind = capitalize(record.label) if record else (section.title if section else "Page")
    also = (*(page.header.also if page.header else ()), *(_also(record) if record else ()))
    answer = curl_quotes(page.header.description) if page.header else ""
    weight = _weigh(record) if record else _PAGE
    if page.source.startswith(_GATHERING):
        weight = _LIST
    return Find(page.url, page.title, kind, text, answer, _date(record) if record else "", also, weight)


def _also(record: Record) -> tuple[str, ...]:
    """Returns other words for a record; a measure is also looked for by its number."""
    return (*record.also, *((record.instrument,) if isinstance(record, Measure) else ()))


def _answer(release: Release, record: Record) -> str:
    """Returns the first sentence of what the record says; of a source, who published it."""
    if isinstance(record, Source):
        return record.publisher
    return next(iter(split_sentences(plain_words(release.catalog, find_answer(record)))), "")


def _date(record: Record) -> str:
    date = getattr(record, "published", None) or getattr(record, "date", None) or getattr(record, "announced", None)
    return str(date) if isinstance(date, PartialDate) else ""


def _weigh(record: Record) -> float:
    """Returns how much a record counts; one about the text that the site explains counts somewhat more."""
    weight = _WEIGHTS.get(record.kind, 1.0)
    topic = getattr(record, "topic", None)
    of_text = record.kind in ("provision", "deadline") or (isinstance(topic, AnswerTopic) and topic.main)
    return weight * (_SUBJECT if of_text else 1)


def _entries(release: Release) -> dict[str, list[tuple[Record, str]]]:
    """Returns the records that stand on each page among others, with their anchors there."""
    found: dict[str, list[tuple[Record, str]]] = defaultdict(list)
    for record in release.catalog.records.values():
        address, mark, anchor = (release.pages.home(record.key) or "").partition("#")
        if mark:
            found[address].append((record, anchor))
    return found


def _join(words: list[str]) -> str:
    return " ".join("".join(words).replace("\u2060", "").split())
