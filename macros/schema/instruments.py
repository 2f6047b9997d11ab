"""The papers and what stands in them: instruments, provisions, deadlines and comparisons of two instruments."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, Field, PrivateAttr, ValidationInfo, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from macros.schema.base import (
    Asserted,
    Citation,
    EventRef,
    InstrumentRef,
    Line,
    PartyRef,
    PersonRef,
    ProvisionRef,
    Read,
    Record,
    Slug,
    Strict,
    Text,
    TrueOrFalse,
    WebAddress,
    Whole,
)
from macros.schema.choices import Vocabularies
from macros.schema.context_vocabularies import Feature, HeadingKind, Lane, Seen
from macros.schema.dates import LENGTH_PATTERN, LaterDate, PartialDate, add_length
from macros.schema.vocabularies import DeadlineState, InstrumentRole, InstrumentType, Part, ProvisionSubject, Strength

LENGTH_FORM = "length_form"


def _check_length(length: str) -> str:
    try:
        add_length(dt.date(2000, 1, 1), length)
    except ValueError as error:
        raise PydanticCustomError(LENGTH_FORM, "not a length of time: '{length}'", {"length": length}) from error
    return length


Length = Annotated[
    str, AfterValidator(_check_length), WithJsonSchema({"type": "string", "pattern": LENGTH_PATTERN}, mode="validation")
]

OFFICIAL_WORDS_FORM = "official_words_form"
_FEW = 6


def _check_words(words: str) -> str:
    if len(words.split()) > _FEW:
        raise PydanticCustomError(OFFICIAL_WORDS_FORM, "more than {few} words of the official text", {"few": _FEW})
    return words


_WRITTEN_WORDS = {"type": "string", "pattern": rf"^\s*\S+(\s+\S+){{0,{_FEW - 1}}}\s*$"}
OfficialWords = Annotated[Line, AfterValidator(_check_words), WithJsonSchema(_WRITTEN_WORDS, mode="validation")]


class Signatory(Strict):
    """Who signed, and for whom."""

    person: PersonRef
    party: PartyRef
    office: Line


class Fact(Asserted):
    """One fact about an instrument, under a heading of its own."""

    id: Slug
    label: Line
    value: Text
    note: Text | None = None


class Silence(Strict):
    """Something the text does not deal with."""

    topic: Line
    note: Text


class Silences(Asserted):
    """What a text leaves out."""

    items: list[Silence] = Field(min_length=1)


class Article(Read):
    """An article of an agreement, as far as it was seen."""

    number: Line
    heading: Line
    heading_kind: HeadingKind = Field(default="descriptive", validate_default=True)
    summary: Text


class FeatureSeen(Strict):
    """Whether an instrument deals with something."""

    feature: Feature
    seen: Seen
    note: Text | None = None
    sources: list[Citation] = Field(
        default_factory=list, description="Where it was seen; the sources of the record count when none are given."
    )


class Instrument(Record, Asserted):
    """An instrument: the Framework itself, or a document signed or published with, before or after it."""

    kind: ClassVar[str] = "instrument"
    label: ClassVar[str] = "instrument"
    plural: ClassVar[str] = "instruments"

    title: Line = Field(description="Its full title, in English.")
    title_note: Text | None = None
    short_title: Line = Field(description="The name this site uses for it.")
    title_ja: Line | None = None
    title_ja_note: Text | None = None
    type: InstrumentType
    role: InstrumentRole
    lane: Lane | None = Field(default=None, description="The story it belongs to, when its role does not say.")
    date: PartialDate = Field(description="The day it was signed, or published when it was not signed.")
    date_label: Line = Field(default="signed", description="What happened on that day: signed, published, announced.")
    place: Line | None = None
    signatories: list[Signatory] = Field(default_factory=list)
    url: WebAddress | None = None
    url_note: Text | None = None
    summary: Text
    legal_character: Line = Field(description="Its legal character in a few words, or 'not seen'.")
    facts: list[Fact] = Field(default_factory=list)
    silences: Silences | None = None
    parties: list[Line] = Field(default_factory=list, description="Who issued it, when nobody signed it.")
    entry_into_force: PartialDate | None = None
    articles: list[Article] = Field(default_factory=list)
    features: list[FeatureSeen] = Field(default_factory=list)
    energy_content: Text | None = Field(default=None, description="What it says on energy, and what it does not.")

    @property
    def deserves_page(self) -> bool:
        return self.role == InstrumentRole.sibling

    @property
    def name(self) -> str:
        return self.short_title

    @property
    def names(self) -> dict[str, str]:
        return {"en": self.name} | ({"ja": self.title_ja} if self.title_ja else {})

    @property
    def order(self) -> object:
        return (self.date, self.short_title.casefold())


class Provision(Record, Asserted):
    """One unit of the Framework's text: a recital, a paragraph, a lettered point or the testimonium."""

    kind: ClassVar[str] = "provision"
    label: ClassVar[str] = "provision"
    plural: ClassVar[str] = "provisions"
    own_page: ClassVar[bool] = True

    instrument: InstrumentRef
    part: Part
    position: Whole = Field(ge=1, description="Its place in the order of the text, from 1.")
    number: Line = Field(description="How it is cited: I.2(b), II.4, Preamble, recital 1.")
    heading: Line
    heading_in_text: TrueOrFalse = Field(default=True, description="False when the text gives it no heading.")
    parent: ProvisionRef | None = Field(default=None, description="The paragraph it is a point of.")
    summary: Text
    actors: list[Text] = Field(default_factory=list, description="Who acts, or is named as taking part.")
    subject: ProvisionSubject | None = Field(default=None, description="What it is mainly about; colors its box.")
    strength: Strength
    verb: Line | None = Field(default=None, description="The operative verb, as the text has it.")
    domestic_law: Text | None = Field(default=None, description="The tie to national law, if the text makes one.")
    not_said: Text | None = Field(default=None, description="What readers expect here and the text does not say.")
    official_words: list[OfficialWords] = Field(
        default_factory=list,
        max_length=2,
        description="How the paragraph begins and ends in the official text, to the letter: part of an address only.",
    )
    topics: list[Slug] = Field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.number} {self.heading}" if self.number[0] == "I" else f"{self.number}: {self.heading}"

    @property
    def order(self) -> object:
        return self.position


class Clock(Strict):
    """What starts a deadline and how long it runs. The due date is computed, never written."""

    starts: Line = Field(description="What starts it, in words: date of the Framework.")
    starts_on: PartialDate | None = Field(default=None, description="The day it started, when that is known.")
    length: Length | None = Field(default=None, description="180 days, 6 months.")
    unit: Line | None = Field(default=None, description="How the length is counted, and why.")


class Outcome(Asserted):
    """What is known of a deadline once its due date has passed."""

    state: DeadlineState
    note: Text
    seen_until: PartialDate = Field(description="The newest material looked at for this.")
    not_to_be_equated: list[EventRef] = Field(
        default_factory=list, description="Events in the period that no source presents as this step."
    )


class Deadline(Record, Asserted):
    """A time that the text sets, or the list of what it leaves without one."""

    kind: ClassVar[str] = "deadline"
    label: ClassVar[str] = "deadline"
    plural: ClassVar[str] = "deadlines"

    title: Line
    provisions: list[ProvisionRef] = Field(min_length=1)
    clock: Clock | None = None
    what: Text = Field(description="What is timed, exactly.")
    what_not: Text | None = Field(default=None, description="What is often said instead, and is wrong.")
    outcome: Outcome | None = None

    _states: tuple[DeadlineState, ...] = PrivateAttr(default=())

    @model_validator(mode="after")
    def _keep_states(self, info: ValidationInfo) -> Self:
        """Keeps the words for the states that are computed, for a record does not know its tree."""
        self._states = info.context.all(DeadlineState) if isinstance(info.context, Vocabularies) else ()
        return self

    def _state(self, known: DeadlineState) -> DeadlineState:
        return next((one for one in self._states if one == known), known)

    @property
    def due(self) -> LaterDate | None:
        """Returns the due date, when the clock has started."""
        if not self.clock or not self.clock.starts_on or not self.clock.length:
            return None
        return LaterDate(add_length(self.clock.starts_on.first_day, self.clock.length).isoformat())

    def state(self, as_at: PartialDate) -> DeadlineState:
        """Returns what is known of it at the as-at date."""
        due = self.due
        if due is None:
            return self._state(DeadlineState.on_request if self.clock and self.clock.length else DeadlineState.undated)
        if as_at.last_day <= due.first_day or self.outcome is None:
            return self._state(DeadlineState.running)
        return self.outcome.state

    @property
    def order(self) -> object:
        due = self.due
        return (0, due.text) if due else (1 if self.clock and self.clock.length else 2, self.title)


class ComparisonRow(Strict):
    """One point of a comparison."""

    point: Line
    left: Text
    right: Text


class Comparison(Record, Read):
    """Two instruments side by side, point by point."""

    kind: ClassVar[str] = "comparison"
    label: ClassVar[str] = "comparison"
    plural: ClassVar[str] = "comparisons"

    title: Line
    left: InstrumentRef
    right: InstrumentRef
    method: Text = Field(description="How the two texts were compared, and by whom.")
    rows: list[ComparisonRow] = Field(min_length=1)
