"""The outputs: what a release has beside its pages, in one list that the draft, the preview and the freezing take.

A new one is a module with an `OUTPUT` in it and a line in `OUTPUTS`; no output knows another.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from macros.brief import typesetting
from macros.exports import bibliography, calendar, index, moved, overview, records, schemas, tables, vocabularies
from macros.metadata import social_cards
from macros.search import indexing
from macros.site.output import Output, OutputContext, Reads, as_json, write_files
from macros.store.edition import FILES, Edition

OUTPUTS: tuple[Output, ...] = (
    index.OUTPUT,
    calendar.OUTPUT,
    bibliography.OUTPUT,
    overview.OUTPUT,
    moved.OUTPUT,
    records.OUTPUT,
    tables.OUTPUT,
    schemas.OUTPUT,
    vocabularies.OUTPUT,
    indexing.OUTPUT,
    social_cards.OUTPUT,
    typesetting.OUTPUT,
)


def list_outputs(reads: Reads, *, without: bool = False) -> list[Output]:
    """Returns the outputs that hang on this; `without`, those that do not."""
    return [one for one in OUTPUTS if (reads in one.reads) is not without]


def find_outputs(context: OutputContext) -> dict[str, Output]:
    """Returns the output that makes each file, by the file's path in the release."""
    return {path: one for one in OUTPUTS for path in one.paths(context)}


def write_outputs(outputs: Iterable[Output], context: OutputContext, folder: Path) -> None:
    """Writes these outputs into the folder of a release; the same release always gives the same bytes."""
    for one in outputs:
        write_files(one.make(context), folder)


def store_outputs(context: OutputContext, edition: Path) -> None:
    """Writes every output into an edition's folder: its files, or what is kept instead of them."""
    for one in OUTPUTS:
        if one.stored:
            (edition / one.stored.part).write_bytes(as_json(one.stored.store(context)))
        else:
            write_files(one.make(context), edition / FILES)


def restore_outputs(edition: Edition, folder: Path) -> None:
    """Writes the files of which an edition keeps something else into the folder in which it is put together."""
    for one in OUTPUTS:
        if one.stored:
            stored = edition.read_json(one.stored.part)
            write_files(one.stored.restore(stored, str(edition.record.as_at)), folder)
