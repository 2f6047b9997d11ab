"""`edition`: freezes the working tree as an edition, or a candidate edition anew."""

from __future__ import annotations

import argparse
import datetime as dt

from pydantic import ValidationError

from macros.editions.freezing import freeze_edition
from macros.editions.recovering import recover
from macros.locking import only_one
from macros.problems import UsageError
from macros.schema.dates import PartialDate
from macros.store.edition import EditionRecord, edition_id, load_editions, plain_record
from macros.tree import Tree, find_tree


def run(tree: Tree, options: argparse.Namespace) -> int:
    """Freezes, and says what comes next. Raises ContentError, UsageError."""
    with only_one(tree.cache / "editions.lock", "command that writes editions"):
        return _freeze(tree, options)


def _freeze(tree: Tree, options: argparse.Namespace) -> int:
    said = recover(tree.project)
    if said:
        print(said)
    today = dt.date.today()
    as_at, _, number = options.as_at.partition(".")
    try:
        date = PartialDate(as_at)
        if date.precision != "day" or number in ("0", "1"):
            raise ValueError(options.as_at)
        count = int(number or 1)
    except ValueError as error:
        message = f"'{options.as_at}' is not the name of an edition: AS_AT=2026-09-30, a correction AS_AT=2026-09-30.2"
        raise UsageError(message) from error
    if date.first_day > today:
        raise UsageError(f"{date.text} lies in the future: today is {today.isoformat()}")
    known = {one.id: one for one in load_editions(tree.project, today)[0]}
    name = edition_id(as_at, count)
    if options.supersedes and options.supersedes not in known:
        raise UsageError(f"no earlier edition '{options.supersedes}'; editions: {', '.join(known) or 'none'}")
    old = known.get(name) if options.again else None
    record = _record(options, date, count, old.record if old else None, today)
    draft = find_tree(options.sources) if options.sources else tree
    edition = freeze_edition(draft, tree.project, record, name, today, again=options.again)
    if edition.is_published:
        print(f"Frozen and published: editions/{edition.id}/. It never changes again. Look at it: make site")
    else:
        print(f"Frozen: editions/{edition.id}/, a candidate. Look at it: make site")
        print(f"To publish it: make edition AS_AT={edition.id} AGAIN=1 PUBLISHED={today.isoformat()}")
    return 0


def _record(
    options: argparse.Namespace, date: PartialDate, number: int, old: EditionRecord | None, today: dt.date
) -> EditionRecord:
    values: dict[str, object] = {
        "as_at": date.text,
        "number": number,
        "title": options.title or f"Position as of {date}",
    }
    if old:
        values = plain_record(old) | ({"title": options.title} if options.title else {})
    for key in ("note", "supersedes", "published"):
        if getattr(options, key):
            values[key] = getattr(options, key)
    if number > 1 and not (values.get("note") and values.get("supersedes")):
        raise UsageError("a correction says what it mends and which edition it supersedes: NOTE=... SUPERSEDES=...")
    try:
        record = EditionRecord.model_validate(values)
    except ValidationError as error:
        raise UsageError("; ".join(str(one["msg"]) for one in error.errors())) from error
    published = record.published
    if published and (published.precision != "day" or not date.first_day <= published.first_day <= today):
        message = f"'{published.text}' cannot be the day of publication"
        raise UsageError(f"{message}: write a day from {date.text} to {today.isoformat()}")
    return record
