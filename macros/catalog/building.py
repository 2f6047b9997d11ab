"""From a tree to its catalog: load, check, resolve, freeze."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from macros.catalog.catalog import Catalog, freeze_catalog, nearest_key
from macros.catalog.loading import load_records
from macros.catalog.references import LINK, Reference, iter_references
from macros.catalog.rule_context import RuleContext
from macros.catalog.rules import check_records, collect_aliases
from macros.catalog.vocabularies import list_documents
from macros.problems import Problem
from macros.schema.base import Record
from macros.schema.dates import PartialDate
from macros.schema.news import NewsItem
from macros.text.characters import check_characters
from macros.text.memory import Memory
from macros.text.positions import Document
from macros.tree import Tree

# The as-at date of a catalog whose settings cannot be read.
NO_DATE = PartialDate("9999")


def load_catalog(tree: Tree, *, rules: bool = True, memory: Memory | None = None) -> tuple[Catalog, list[Problem]]:
    """Returns the catalog of the tree's valid records, and everything that is wrong with its data.

    Without `rules` records are not held against one another, for a tree that was checked when it was frozen.

    The catalog leaves out what is wrong, so that pages can be checked in the same run; it may be published only when
    there is no problem.
    """
    memory = memory or Memory()
    loaded = load_records(tree, memory)
    as_at = loaded.settings.as_at if loaded.settings else None
    aliases, clashes = collect_aliases(loaded.records, loaded.documents)
    ground = RuleContext(as_at, loaded.records, loaded.documents, aliases)
    problems = [*loaded.problems, *clashes, *(check_records(ground, memory, loaded.vocabularies) if rules else ())]
    references: list[Reference] = []
    for record in loaded.records.values():
        for reference in memory.recall(("references", record.key), record, partial(_list_references, record)):
            target = aliases.get(reference.target, reference.target)
            if target in loaded.records:
                same = target == reference.target
                references.append(reference if same else reference._replace(target=target))
    news = tuple(loaded.settings.news) if loaded.settings else ()
    if rules and as_at and loaded.settings_document:
        known = {**loaded.documents, **aliases}
        problems += check_news(news, loaded.settings_document, as_at, known)
    if rules:
        problems += loaded.deceiving
        beside = [*list_documents(tree, memory), *filter(None, [loaded.settings_document])]
        problems += [problem for document in beside for problem in check_characters(document)]
    catalog = freeze_catalog(
        as_at or NO_DATE,
        loaded.records,
        loaded.documents,
        aliases,
        references,
        news=news,
        vocabularies=loaded.vocabularies,
    )
    return replace(catalog, maps=loaded.maps), problems


def _list_references(record: Record) -> list[Reference]:
    return list(iter_references(record))


def check_news(
    news: tuple[NewsItem, ...], document: Document, as_at: PartialDate, known: Mapping[str, object]
) -> Iterator[Problem]:
    """Yields what is wrong with the news; `known` are the keys and aliases of all records, broken ones too."""
    for index, item in enumerate(news):
        if item.date.first_day > as_at.last_day:
            message = f"{item.date.text} lies after the as-at date {as_at.text}"
            yield document.problem(("news", index, "date"), message, "check the year, or move as_at")
        for name, text in item.texts.items():
            for match in LINK.finditer(text):
                if match[1].strip() not in known:
                    hint = nearest_key(match[1].strip(), known)
                    key = match[1].strip()
                    yield document.problem(("news", index, name), f"no record '{key}'", hint, missing=key)
