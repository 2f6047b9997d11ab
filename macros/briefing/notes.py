"""Endnotes: each statement has the number of a note, which names its sources with the places in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from macros.briefing.sentences import first_sentences
from macros.catalog.catalog import Catalog
from macros.catalog.plain import plain_words
from macros.schema.base import Asserted, Citation, Read
from macros.schema.choices import Basis, Certainty
from macros.schema.sources import Source

_NAMED = 2  # sources named in a note; the record on the site has them all
_LATIN = 0x2E80  # letters above it are in none of the typefaces that Typst carries

Place = tuple[str, str | None]


@dataclass(frozen=True)
class Said:
    """A statement with the number of its note; `sure` says in words how sure we are or what a reading rests on."""

    text: str
    note: int
    sure: str = ""


@dataclass(frozen=True)
class Cited:
    """A source in a note. `first` is the number of the note that names it in full, 0 where this one does."""

    publisher: str
    title: str
    language: str
    date: str
    pinpoint: str
    kind: str
    url: str
    first: int


@dataclass(frozen=True)
class Endnote:
    """A note: its sources, and how many more the record has."""

    number: int
    cited: list[Cited]
    more: int


@dataclass
class Notes:
    """The notes of one brief, numbered as its statements are written; the same sources at the same places share one."""

    catalog: Catalog
    numbers: dict[tuple[Place, ...], int] = field(default_factory=dict)

    def cite(self, citations: Sequence[Citation]) -> int:
        """Returns the number of the note that holds these citations."""
        places = tuple(dict.fromkeys((one.id, one.pinpoint) for one in citations))
        return self.numbers.setdefault(places, len(self.numbers) + 1)

    def say(self, text: str, part: Asserted | Read, *, room: int = 0, whole: bool = False) -> Said:
        """Returns the beginning of a text, or all of it, with the note and the label of what asserts it."""
        return Said(self.words(text, room=room, whole=whole), self.cite(part.sources), label_of(part))

    def words(self, text: str, *, room: int = 0, whole: bool = False) -> str:
        """Returns running text in plain words: its first sentence, as many as have room (in signs), or all of it."""
        plain = plain_words(self.catalog, text)
        return plain if whole else first_sentences(plain, room)

    def listed(self) -> list[Endnote]:
        """Returns the notes in their order; a source is named in full where it first stands."""
        known: dict[str, int] = {}
        found = []
        for places, number in self.numbers.items():
            cited = [self._cite(one, number, known) for one in places[:_NAMED]]
            found.append(Endnote(number, cited, max(0, len(places) - _NAMED)))
        return found

    def _cite(self, place: Place, number: int, known: dict[str, int]) -> Cited:
        name, pinpoint = place
        source = self.catalog.get_as(f"source/{name}", Source)
        first = known.setdefault(name, number)
        return Cited(
            publisher=f"{source.author}, {source.publisher}" if source.author else source.publisher,
            title=_title(source),
            language=source.language,
            date=str(source.published) if source.published else "",
            pinpoint=pinpoint or "",
            kind=f"{source.type}, {source.standing}",
            url=source.url or "",
            first=first if first != number else 0,
        )


def label_of(part: Asserted | Read) -> str:
    """Returns how sure we are or what a reading rests on; nothing for what was read in a primary text."""
    label = part.certainty if isinstance(part, Asserted) else part.basis
    return "" if label in (Certainty.verified, Basis.text) else str(label)


def _title(source: Source) -> str:
    """Returns the title in English; nothing where it is written in signs that the brief's typeface lacks."""
    if source.title_en:
        return source.title_en
    return "" if any(ord(sign) > _LATIN for sign in source.title) else source.title
