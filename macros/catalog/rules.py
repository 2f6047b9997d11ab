"""What must hold between the parts of a record and between records: sources, dates, references, identities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from macros.catalog.catalog import nearest_key
from macros.catalog.date_rules import DATE_RULES
from macros.catalog.references import iter_parts, iter_references, split_key
from macros.catalog.rule_context import Rule, RuleContext
from macros.catalog.shape_rules import SHAPE_RULES
from macros.problems import Problem
from macros.schema.base import Asserted, Citation, Read, Record
from macros.schema.choices import Choice, Vocabularies
from macros.schema.dates import PartialDate
from macros.schema.instruments import Instrument
from macros.schema.sources import Source, bare_address
from macros.schema.vocabularies import Basis, Certainty, SourceKind
from macros.text.memory import Memory
from macros.text.positions import Document


def check_references(record: Record, document: Document, ground: RuleContext) -> Iterator[Problem]:
    """Every record named by a field or in running text exists."""
    for reference in iter_references(record):
        key = ground.aliases.get(reference.target, reference.target)
        if key in ground.records or key in ground.documents:
            continue
        kind, record_id = split_key(reference.target)
        shown = record_id if kind and not reference.in_text else reference.target
        what = f"no {kind} '{shown}'" if kind else f"no record '{shown}'"
        hint = nearest_key(reference.target, ground.records)
        yield document.problem(reference.path, what, hint, missing=reference.target)


def check_pinpoints(record: Record, document: Document, ground: RuleContext) -> Iterator[Problem]:
    """A citation of a text says where in the text."""
    for path, part in iter_parts(record):
        if isinstance(part, Citation) and part.pinpoint is None:
            source = ground.source(part)
            if source is not None and source.is_text:
                message = f"the pinpoint is missing: '{part.id}' is a text"
                yield document.problem(path, message, 'say where in it: pinpoint: "Section I, para. 2(b)"')


def check_grounds(record: Record, document: Document, ground: RuleContext) -> Iterator[Problem]:
    """The sources carry the certainty that is claimed."""
    for path, part in iter_parts(record):
        if not isinstance(part, (Asserted, Read)):
            continue
        sources = [source for source in map(ground.source, part.sources) if source is not None]
        if len(sources) < len(part.sources):
            continue
        primary = any(source.type == SourceKind.primary for source in sources)
        claim: Choice
        if isinstance(part, Asserted):
            name, claim = "certainty", part.certainty
        else:
            name, claim = "basis", part.basis
        needs_primary = claim in (Certainty.verified, Certainty.derived, Basis.text)
        may_be_weak = claim in (Certainty.reported, Certainty.not_verified, Basis.commentary)
        if needs_primary and not primary:
            message = f"{name} '{claim.value}' without a primary source"
            hint = "cite the primary text, or write certainty: reported" if name == "certainty" else "cite the text"
            yield document.problem((*path, name), message, hint)
        elif not may_be_weak and all(source.standing.weak for source in sources):
            message = f"only weak sources ({', '.join(source.id for source in sources)}) under '{claim.value}'"
            hint = "a mirror, aggregator, partisan or state outlet never stands alone: add another source, or reported"
            yield document.problem((*path, "sources"), message, hint)


def check_inner_ids(record: Record, document: Document, _ground: RuleContext) -> Iterator[Problem]:
    """No two facts of an instrument have the same id."""
    if isinstance(record, Instrument):
        seen: dict[str, int] = {}
        for index, fact in enumerate(record.facts):
            if fact.id in seen:
                line = document.place(("facts", seen[fact.id], "id"))[0]
                message = f"duplicate id '{fact.id}'"
                yield document.problem(("facts", index, "id"), message, f"the first is on line {line}: rename one")
            seen.setdefault(fact.id, index)


RULES: tuple[Rule, ...] = (
    check_references,
    check_pinpoints,
    check_grounds,
    check_inner_ids,
    *SHAPE_RULES,
    *DATE_RULES,
)


def check_records(ground: RuleContext, memory: Memory, vocabularies: Vocabularies) -> Iterator[Problem]:
    """Yields every problem that a rule finds in a record, again only where what the rules have read has changed.

    With a closed list, all may have changed: records are equal whatever their choices say, as that a source is weak.
    """
    given = {"records": ground.records, "documents": ground.documents, "aliases": ground.aliases}
    for key, record in ground.records.items():
        own = (record, ground.documents[key], ground.as_at)
        made_of = (*own, vocabularies.stamp)
        yield from memory.recall_read(("rules", key), made_of, given, partial(_check_record, *own))
    yield from _check_positions(ground)
    yield from _check_addresses(ground)


def _check_record(
    record: Record, document: Document, as_at: PartialDate | None, given: Mapping[str, Mapping[str, Any]]
) -> list[Problem]:
    ground = RuleContext(as_at, **given)
    return [problem for rule in RULES for problem in rule(record, document, ground)]


def _check_positions(ground: RuleContext) -> Iterator[Problem]:
    """Records that are numbered have a number of their own."""
    seen: dict[tuple[str, int], str] = {}
    for key, record in ground.records.items():
        position = getattr(record, "position", None)
        if position is None:
            continue
        first = seen.setdefault((record.kind, position), key)
        if first != key:
            message = f"position {position} is taken"
            yield ground.documents[key].problem(("position",), message, f"{first} has it: renumber one of them")


def _check_addresses(ground: RuleContext) -> Iterator[Problem]:
    """One publication is one record: no two sources have the same address."""
    seen: dict[str, str] = {}
    for key, record in ground.records.items():
        if isinstance(record, Source) and record.url:
            address = bare_address(record.url)
            first = seen.setdefault(address, key)
            if first != key:
                message = f"the address is that of {first}"
                hint = "cite that one; two documents behind one address need two addresses, or #places in it"
                yield ground.documents[key].problem(("url",), message, hint)


def collect_aliases(
    records: Mapping[str, Record], documents: Mapping[str, Document]
) -> tuple[dict[str, str], list[Problem]]:
    """Returns earlier keys mapped to present ones, and the ids that two records claim."""
    aliases: dict[str, str] = {}
    problems: list[Problem] = []
    for key, record in records.items():
        for index, alias in enumerate(record.aliases):
            old = f"{record.kind}/{alias}"
            owner = old if old in documents else aliases.get(old)
            if owner:
                message = f"duplicate id: '{alias}' is also {owner}"
                hint = "an id belongs to one record for ever: remove the alias"
                problems.append(documents[key].problem(("aliases", index), message, hint))
            aliases.setdefault(old, key)
    return aliases, problems
