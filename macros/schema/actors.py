"""Who acts and who is concerned: parties, persons, institutions and audiences."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from macros.schema.base import (
    Asserted,
    InstrumentRef,
    Line,
    PartyRef,
    PersonRef,
    ProvisionRef,
    Record,
    Strict,
    Text,
    TrueOrFalse,
    Whole,
)
from macros.schema.context_kinds import IpefMembership
from macros.schema.dates import PartialDate
from macros.schema.vocabularies import InstitutionType


class Party(Record, Asserted):
    """A country that is a side of the Framework, or a partner of IPEF."""

    kind: ClassVar[str] = "party"
    label: ClassVar[str] = "party"
    plural: ClassVar[str] = "parties"

    title: Line
    full_name: Line
    side: TrueOrFalse = Field(default=False, description="Whether it is a Participant of the Framework.")
    label_in_text: Text | None = Field(default=None, description="What the Framework calls it.")
    iso2: Line | None = None
    ipef: IpefMembership | None = None
    summary: Text


class Person(Record, Asserted):
    """A person who signed or whose office a text names."""

    kind: ClassVar[str] = "person"
    label: ClassVar[str] = "person"
    plural: ClassVar[str] = "persons"

    title: Line = Field(description="The name; Japanese names with the family name first.")
    party: PartyRef
    office: Line = Field(description="The office held at the time.")
    role: Text = Field(description="What the person did in this matter.")
    position: Whole = Field(ge=1, description="Its place in lists, from 1.")

    @property
    def order(self) -> object:
        return (self.position, self.title)


class Leader(Strict):
    """An office that leads an institution, and who held it at signature."""

    office: Line
    holder_at_signature: PersonRef | None = None


class Institution(Record, Asserted):
    """A body or a meeting that the text foresees."""

    kind: ClassVar[str] = "institution"
    label: ClassVar[str] = "institution"
    plural: ClassVar[str] = "institutions"

    title: Line
    type: InstitutionType
    provision: ProvisionRef | None = None
    instrument: InstrumentRef | None = Field(default=None, description="The agreement that sets it up.")
    article: Line | None = None
    members: Text | None = None
    officers: Text | None = None
    leaders: list[Leader] = Field(default_factory=list)
    tasks: list[Text] = Field(default_factory=list)
    summary: Text
    status: Text = Field(description="What is known of it, and what is not.")
    seen_until: PartialDate = Field(description="The newest material looked at for the status.")
    position: Whole = Field(ge=1)

    @property
    def order(self) -> object:
        return self.position


class Audience(Record):
    """A group of readers who ask what the Framework means for them."""

    kind: ClassVar[str] = "audience"
    label: ClassVar[str] = "audience"
    plural: ClassVar[str] = "audiences"
    own_page: ClassVar[bool] = True

    title: Line
    short_title: Line | None = Field(default=None, description="The title where there is room for a word or two.")
    summary: Text
    position: Whole = Field(ge=1)

    @property
    def order(self) -> object:
        return self.position
