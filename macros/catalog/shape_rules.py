"""What must hold of the shape of a record: it does not name itself, nothing twice, and no range runs backward."""

from __future__ import annotations

from collections.abc import Iterator

from macros.catalog.references import iter_parts, iter_references
from macros.catalog.rule_context import Rule, RuleContext
from macros.problems import Problem
from macros.schema.base import Citation, Record
from macros.schema.figures import Figure, Series
from macros.schema.instruments import Comparison, Provision
from macros.text.positions import Document, Path


def check_self(record: Record, document: Document, ground: RuleContext) -> Iterator[Problem]:
    """A record does not refer to itself."""
    for reference in iter_references(record):
        if ground.aliases.get(reference.target, reference.target) == record.key:
            yield document.problem(reference.path, "the record names itself", "name another record, or leave it out")


def check_twice(record: Record, document: Document, ground: RuleContext) -> Iterator[Problem]:
    """No list names a record, or a place in a source, twice."""
    seen: dict[tuple[Path, object], Path] = {}
    named: list[tuple[Path, object, str]] = [
        (one.path, ground.aliases.get(one.target, one.target), one.target)
        for one in iter_references(record)
        if not one.in_text and isinstance(one.path[-1], int)
    ]
    named += [
        (path, (part.id, part.pinpoint), part.id)
        for path, part in iter_parts(record)
        if isinstance(part, Citation) and isinstance(path[-1], int)
    ]
    for path, what, shown in named:
        first = seen.setdefault((path[:-1], what), path)
        if first is not path:
            line = document.place(first)[0]
            yield document.problem(path, f"'{shown}' is named twice", f"the first is on line {line}: keep one of them")


def check_parents(record: Record, document: Document, ground: RuleContext) -> Iterator[Problem]:
    """A provision is no point of one of its own points."""
    above: list[str] = []
    found: object = record
    while isinstance(found, Provision) and found.parent:
        key = f"provision/{found.parent}"
        key = ground.aliases.get(key, key)
        if key == record.key and above:
            ids = [one.partition("/")[2] for one in (record.key, *above, record.key)]
            message = f"it is a point of its own point: {' -> '.join(ids)}"
            yield document.problem(("parent",), message, "correct parent: in one of them")
        if key in above or key == record.key:
            return
        above.append(key)
        found = ground.records.get(key)


def check_ranges(record: Record, document: Document, _ground: RuleContext) -> Iterator[Problem]:
    """The upper end of a range is above the lower one; a comparison is of two instruments."""
    if isinstance(record, Figure) and record.high is not None and record.high <= record.amount:
        message = f"the upper end, {record.high:g}, is not above the amount, {record.amount:g}"
        yield document.problem(("high",), message, "exchange the two, or leave high out")
    if isinstance(record, Comparison) and record.left == record.right:
        yield document.problem(("right",), f"'{record.right}' is compared with itself", "name another instrument")


def check_drawn(record: Record, document: Document, _ground: RuleContext) -> Iterator[Problem]:
    """A series that the brief draws has one column."""
    if isinstance(record, Series) and record.in_brief and len(record.columns) > 1:
        message = f"the brief draws one column, and the series has {len(record.columns)}"
        yield document.problem(("in_brief",), message, "leave in_brief out, or make a series of one column")


SHAPE_RULES: tuple[Rule, ...] = (check_self, check_twice, check_parents, check_ranges, check_drawn)
