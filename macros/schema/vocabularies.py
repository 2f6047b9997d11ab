"""The closed lists that records choose from: a class for each, whose choices are in `data/vocabulary/`.

Only what programs act on is named here. What a list has besides its words, such as which sources are weak, is a field
of its class and a key in its file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from macros.schema.choices import Choice, Known


# No data: each language needs dates, phrases and a font of its own.
class Language(Enum):
    """The languages in which pages are written; the label is the language's own name."""

    en = "en"
    ja = "ja"

    @property
    def label(self) -> str:
        return {"en": "English", "ja": "日本語"}[self.value]

    def __str__(self) -> str:
        return self.label


class Certainty(Choice):
    """How sure we are of an assertion."""

    verified = Known()
    reported = Known()
    derived = Known()
    not_verified = Known()


class Basis(Choice):
    """What a reading or a relation rests on."""

    text = Known()
    commentary = Known()


class SourceKind(Choice):
    """Whether a source is itself the act or the record, or reports on it."""

    primary = Known()


class SourceSeen(Choice):
    """How much of a source was read."""

    report = Known()


@dataclass(frozen=True)
class SourceStanding(Choice):
    """Who speaks in a source; `weak` ones never stand alone under a fact."""

    weak: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class InstrumentType(Choice):
    """The form of a document, and whether that is a legal act."""

    legal_act: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class InstrumentRole(Choice):
    """How a document relates to the text that the site explains, and the story to which that puts it."""

    lane: str = field(default="", compare=False)

    subject = Known()
    sister = Known()
    sibling = Known()


class Part(Choice):
    """The parts of the text, in its order."""


class ProvisionSubject(Choice):
    """What a provision is mainly about. Our sorting; the text has headings for some of it only."""


class Strength(Choice):
    """How strong the wording of a provision is. None of the levels is legally binding."""


class DeadlineState(Choice):
    """What is known of a deadline at the as-at date."""

    running = Known()
    no_public_evidence = Known()
    evidence_found = Known()
    on_request = Known()
    undated = Known()


class InstitutionType(Choice):
    """What sort of body or meeting an institution is."""


class MaterialType(Choice):
    """What sort of thing the text names."""


class ImplicationType(Choice):
    """What a point means for a company."""

    obligation = Known()
    opportunity = Known()
    risk = Known()
    practical = Known()
    watch = Known()
    step = Known()
    not_to_assume = Known()


class ImplicationSubject(Choice):
    """What a point is about, where there are many of its type."""


class QuestionStatus(Choice):
    """Where an open question stands."""

    settled = Known("settled-by-text")


class QuestionTopic(Choice):
    """The subject under which a question is listed."""


class EventType(Choice):
    """What sort of event it is."""


class RelationType(Choice):
    """How one record bears on another. `meaning` is how the other record names it back."""

    @property
    def inverse(self) -> str:
        return self.meaning


class TermTopic(Choice):
    """The subject that a term belongs to."""
