"""A migration: the markup of an edition's articles is bettered for a stated reason, and its words are proved the same.

It is done by hand, never by a build. The edition says so in its record, with the manifest that it had before.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import yaml
from cssselect import SelectorError
from lxml import html

from macros.editions.recovering import put_in_place
from macros.editions.retagging import FIXED, read_meaning, set_attributes
from macros.problems import ContentError, UsageError
from macros.schema.dates import PartialDate
from macros.store.digests import check_chain, check_manifest, hash_file, read_ledger, write_ledger, write_manifest
from macros.store.edition import (
    MANIFEST,
    PAGES,
    RECORD,
    Edition,
    EditionRecord,
    Migration,
    load_editions,
    plain_record,
)
from macros.store.stored import split_page


def migrate_edition(
    edition: Edition, css: str, values: Mapping[str, str | None], reason: str, today: PartialDate
) -> Migration:
    """Sets or takes away attributes of what `css` finds in the articles, and returns what the record says of it.

    Raises ContentError when an edition is not what was frozen, UsageError when this may not or cannot be done.
    """
    _check(edition, css, values)
    part = edition.folder.with_name(f".storing-{edition.id}")
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(edition.folder, part)
    pages = sum(_migrate_page(path, css, values) for path in sorted((part / PAGES).rglob("*.html")))
    if not pages:
        shutil.rmtree(part)
        raise UsageError(f"no page of {edition.id} has anything that '{css}' finds and that is not so already")
    done = Migration(
        on=today,
        reason=reason,
        css=css,
        attributes={name: value or "" for name, value in values.items()},
        pages=pages,
        was=hash_file(edition.folder / MANIFEST),
    )
    record = edition.record.model_copy(update={"migrations": [*edition.record.migrations, done]})
    _write_record(part / RECORD, record)
    write_manifest(part)
    put_in_place(part, edition.folder)
    if edition.is_published:
        write_ledger(edition.top, read_ledger(edition.top) | {edition.id: hash_file(edition.folder / MANIFEST)})
    return done


def finish_migrations(top: Path, editions: list[Edition]) -> list[str]:
    """Enters in the list of what is published what a migration that was cut off had done; returns what it says."""
    ledger = read_ledger(top)
    said = []
    for edition in editions:
        last = edition.record.migrations[-1:]
        if last and ledger.get(edition.id) == last[0].was and not check_manifest(edition):
            ledger[edition.id] = hash_file(edition.folder / MANIFEST)
            said.append(f"an earlier migration of {edition.id} was cut off after it was done: it is entered now")
    if said:
        write_ledger(top, ledger)
    return said


def _check(edition: Edition, css: str, values: Mapping[str, str | None]) -> None:
    fixed = [name for name in values if FIXED.fullmatch(name)]
    if fixed:
        raise UsageError(f"'{fixed[0]}' is not for a migration: words, links, ids and states stay as they are")
    try:
        html.fragment_fromstring("<p></p>").cssselect(css)
    except SelectorError as error:
        raise UsageError(f"'{css}' is not a CSS selector: {error}") from error
    editions, problems = load_editions(edition.top, PartialDate("9999-12-31").last_day)
    problems += [problem for one in editions for problem in check_manifest(one)] + check_chain(edition.top, editions)
    if problems:
        raise ContentError(problems)


def _migrate_page(path: Path, css: str, values: Mapping[str, str | None]) -> bool:
    """Writes a page anew when something in it is to be changed, and returns whether it was."""
    text = path.read_text(encoding="utf-8")
    head, article = split_page(text)
    new, count = set_attributes(article, css, values)
    if not count:
        return False
    if read_meaning(new) != read_meaning(article):
        raise UsageError(f"{path.name}: the words, links or ids would not stay the same; nothing was changed")
    path.write_text(text.removesuffix(article) + new, encoding="utf-8", newline="\n")
    if split_page(path.read_text(encoding="utf-8")) != (head, new):
        raise UsageError(f"{path.name}: the head would not stay the same; nothing was changed")
    return True


def _write_record(path: Path, record: EditionRecord) -> None:
    text = yaml.safe_dump(plain_record(record), allow_unicode=True, sort_keys=False, width=100)
    path.write_text(text, encoding="utf-8", newline="\n")
