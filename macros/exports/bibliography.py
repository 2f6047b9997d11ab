"""Every source as a BibTeX entry, for reference managers."""

from __future__ import annotations

from pybtex.database import (  # type: ignore[import-untyped]
    BibliographyData,
    Entry,
    InvalidNameString,
    Person,
)

from macros.catalog.bibtex import balance, format_entries
from macros.catalog.catalog import plain_words
from macros.schema.sources import Source
from macros.site.output import Output
from macros.site.release import Release
from macros.store.files import BIBLIOGRAPHY


def export_bibliography(release: Release) -> str:
    """Returns sources.bib: the keys are the ids of the sources, in their order."""
    sources = release.catalog.all(Source)
    entries = {one.id: _create_entry(release, one) for one in sorted(sources, key=lambda one: one.id)}
    return format_entries(BibliographyData(entries=entries))


def _create_entry(release: Release, source: Source) -> Entry:
    """Double braces keep a style from changing capitals or from taking an institution for a person's name."""
    title = f"{source.title} [{source.title_en}]" if source.title_en else source.title
    notes = [f"{source.type.label}, {source.standing.label}, {source.seen.label}", f"language: {source.language}"]
    if source.note:
        notes.append(plain_words(release.catalog, source.note))
    fields = {"title": f"{{{balance(title)}}}", "institution": f"{{{balance(source.publisher)}}}"}
    if source.published:
        fields |= {"year": source.published.text[:4], "date": source.published.text}
    if source.url:
        fields["url"] = source.url
    fields["note"] = balance("; ".join(notes))
    author = _name_author(source.author) if source.author else Person(f"{{{balance(source.publisher)}}}")
    return Entry("misc", fields=fields, persons={"author": [author]})


def _name_author(author: str) -> Person:
    """Returns an author; as one name within braces where the commas in it are no parts of a name to BibTeX."""
    author = balance(author)
    try:
        return Person(author)
    except InvalidNameString:
        return Person(f"{{{author}}}")


OUTPUT = Output(
    "bibliography",
    lambda _: [BIBLIOGRAPHY],
    lambda context: [(BIBLIOGRAPHY, export_bibliography(context.release).encode())],
)
