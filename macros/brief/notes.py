"""Endnotes: each statement has the number of a note, which names its strongest source with the place in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from macros.brief.sentences import first_sentences
from macros.catalog.catalog import Catalog, plain_words
from macros.schema.base import Asserted, Citation, Read
from macros.schema.sources import Source
from macros.schema.vocabularies import Basis, Certainty, SourceKind

_IN_ROW = "the paragraph that the row names"  # the place of a note which all rows of a table share
MOST = 60  # notes of one document

Place = tuple[str, str | None]


@dataclass(frozen=True)
class Statement:
    """A statement with the number of its note; `sure` says in words how sure we are or what a reading rests on."""

    text: str
    note: int
    sure: str = ""


@dataclass(frozen=True)
class Endnote:
    """A note: a source with the place in it. `first` is the note that names the source in full, 0 where this one does.

    `title` is the source's own and in `language`, `title_en` our translation; `kind` is empty for a primary source.
    """

    number: int
    publisher: str
    title: str
    title_en: str
    language: str
    date: str
    pinpoint: str
    kind: str
    url: str
    first: int


@dataclass
class Notes:
    """The notes of one document, numbered as its statements are written; the same place in a source is one note."""

    catalog: Catalog
    numbers: dict[Place, int] = field(default_factory=dict)

    def cite(self, citations: Sequence[Citation]) -> int:
        """Returns the number of the note that holds the strongest of these citations."""
        return self._number(self._choose(citations))

    def fits(self, citations: Sequence[Citation]) -> bool:
        """Returns whether a statement with these sources needs no note beyond the last; lists at the end ask for it."""
        return self._choose(citations) in self.numbers or len(self.numbers) < MOST

    def cite_rows(self, rows: Iterable[Sequence[Citation]]) -> list[int]:
        """Returns the note of each row of a table whose rows name their places themselves: one for each source."""
        return [self._number((self._choose(citations)[0], _IN_ROW)) for citations in rows]

    def say(self, text: str, part: Asserted | Read, *, room: int = 0, whole: bool = False) -> Statement:
        """Returns the beginning of a text, or all of it, with the note and the label of what asserts it."""
        return Statement(self.words(text, room=room, whole=whole), self.cite(part.sources), label_of(part))

    def words(self, text: str, *, room: int = 0, whole: bool = False) -> str:
        """Returns running text in plain words: its first sentence, as many as have room (in signs), or all of it."""
        plain = plain_words(self.catalog, text)
        return " ".join(plain.split()) if whole else first_sentences(plain, room)

    def listed(self) -> list[Endnote]:
        """Returns the notes in their order; a source is named in full where it first stands."""
        known: dict[str, int] = {}
        return [self._list(place, number, known) for place, number in self.numbers.items()]

    def _number(self, place: Place) -> int:
        return self.numbers.setdefault(place, len(self.numbers) + 1)

    def _choose(self, citations: Sequence[Citation]) -> Place:
        """Returns the strongest place; of those that are as strong, one that has a note already."""
        return min(((one.id, _first_place(one.pinpoint)) for one in citations), key=self._rank)

    def _rank(self, place: Place) -> tuple[bool, bool, bool, int]:
        """Returns what the strongest place has least of: primary first, none of those that never stand alone."""
        source = self.catalog.one(Source, place[0])
        standing = source.standing
        secondary = source.type != SourceKind.primary
        return secondary, standing.weak, place not in self.numbers, standing.position

    def _list(self, place: Place, number: int, known: dict[str, int]) -> Endnote:
        name, pinpoint = place
        source = self.catalog.one(Source, name)
        first = known.setdefault(name, number)
        return Endnote(
            number=number,
            publisher=f"{source.author}, {source.publisher}" if source.author else source.publisher,
            title=source.title,
            title_en=source.title_en or "",
            language=source.title_language,
            date=str(source.published) if source.published else "",
            pinpoint=pinpoint or "",
            kind="" if source.type == SourceKind.primary else f"{source.type}, {source.standing}",
            url=source.address or "",
            first=first if first != number else 0,
        )


def _first_place(pinpoint: str | None) -> str | None:
    """Returns the first of several places: a statement here is the beginning of what a record says."""
    return pinpoint.split("; ")[0] if pinpoint else None


def label_of(part: Asserted | Read) -> str:
    """Returns how sure we are or what a reading rests on; nothing for what was read in a primary text."""
    label = part.certainty if isinstance(part, Asserted) else part.basis
    return "" if label in (Certainty.verified, Basis.text) else str(label)
