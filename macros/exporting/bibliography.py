"""Every source as a BibTeX entry, for reference managers."""

from __future__ import annotations

from typing import Any

from pybtex.database import (  # type: ignore[import-untyped]
    BibliographyData,
    Entry,
    InvalidNameString,
    Person,
)
from pybtex.database.output.bibtex import Writer  # type: ignore[import-untyped]

from macros.catalog.plain import plain_words
from macros.schema.sources import Source
from macros.site.release import Release


class VerbatimWriter(Writer):  # type: ignore[misc]
    """Writes addresses as they are, and a dollar as a dollar: pybtex takes it for the beginning of a formula."""

    def _encode(self, text: str) -> str:
        return str(super()._encode(text)).replace("$", r"\$")

    def _write_field(self, stream: Any, type: str, value: str) -> None:  # noqa: A002 - pybtex's own name
        if type == "url":
            stream.write(f",\n    {type} = {self.quote(value)}")
        else:
            super()._write_field(stream, type, value)


def export_bibliography(release: Release) -> str:
    """Returns sources.bib: the keys are the ids of the sources, in their order."""
    sources = [one for one in release.catalog.of_kind("source") if isinstance(one, Source)]
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


def format_entries(entries: BibliographyData) -> str:
    """Returns entries as the text of a file."""
    return str(VerbatimWriter(encoding="UTF-8").to_string(entries))


def balance(text: str) -> str:
    """Returns the text without the signs that group or command in BibTeX and mean nothing in a title."""
    return text.translate({ord("{"): "(", ord("}"): ")", ord("\\"): "/"})
