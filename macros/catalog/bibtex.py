"""Entries as BibTeX has them: what is written, and which signs a title cannot have there."""

from __future__ import annotations

from typing import TextIO

from pybtex.database import BibliographyData  # type: ignore[import-untyped]
from pybtex.database.output.bibtex import Writer  # type: ignore[import-untyped]


class VerbatimWriter(Writer):  # type: ignore[misc]
    """Writes addresses as they are, and a dollar as a dollar: pybtex takes it for the beginning of a formula."""

    def _encode(self, text: str) -> str:
        return str(super()._encode(text)).replace("$", r"\$")

    def _write_field(self, stream: TextIO, type: str, value: str) -> None:  # noqa: A002 - pybtex's own name
        if type == "url":
            stream.write(f",\n    {type} = {self.quote(value)}")
        else:
            super()._write_field(stream, type, value)


def format_entries(entries: BibliographyData) -> str:
    """Returns entries as the text of a file."""
    return str(VerbatimWriter(encoding="UTF-8").to_string(entries))


def balance(text: str) -> str:
    """Returns the text without the signs that group or command in BibTeX and mean nothing in a title."""
    return text.translate({ord("{"): "(", ord("}"): ")", ord("\\"): "/"})
