"""What stands around the Framework: IPEF's pillars, measures, energy points, projects, connections, answers."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from macros.schema.base import (
    AnyRef,
    Asserted,
    AudienceRef,
    InstrumentRef,
    Line,
    Listed,
    Number,
    PartyRef,
    PillarRef,
    ProvisionRef,
    Read,
    Record,
    Strict,
    Text,
    WebAddress,
    Whole,
)
from macros.schema.context_vocabularies import (
    AnswerTopic,
    Goods,
    Lane,
    MeasureState,
    PointStrength,
    RatificationState,
    Topic,
    Whom,
)
from macros.schema.dates import LaterDate, PartialDate
from macros.schema.figures import Capacity


class Pillar(Record, Asserted):
    """One of the pillars of IPEF."""

    kind: ClassVar[str] = "pillar"
    label: ClassVar[str] = "pillar"
    plural: ClassVar[str] = "pillars"

    title: Line
    number: Line = Field(description="I, II, III, IV, or overarching.")
    also_called: Line | None = None
    lead: Line = Field(description="Which office led it.")
    members: Whole = Field(ge=1, description="How many partners joined it.")
    not_members: list[PartyRef] = Field(default_factory=list)
    agreement: InstrumentRef | None = None
    status: Line
    summary: Text
    position: Whole = Field(ge=1)

    @property
    def name(self) -> str:
        return self.title if self.number == "overarching" else f"Pillar {self.number}: {self.title}"

    @property
    def order(self) -> object:
        return self.position


class Ratification(Asserted):
    """Where a partner stands with one agreement."""

    agreement: InstrumentRef
    state: RatificationState
    deposited: Line | None = Field(default=None, description="The day of deposit, or what is known of it.")
    in_force: PartialDate | None = Field(default=None, description="The day of entry into force for the partner.")
    note: Text | None = None


class IpefMembership(Strict):
    """A partner of IPEF: since when, in which pillars, bound by which agreements."""

    joined: PartialDate
    pillars: list[PillarRef]
    ratifications: list[Ratification] = Field(default_factory=list)
    note: Text | None = None


class Suspension(Strict):
    """A pause of a measure: by which act, from when, until when, and what follows."""

    instrument: Line
    starts: PartialDate
    until: LaterDate
    after: Text


class Since(Asserted):
    """What is known of the time after a date that has passed: the end of a pause, of a term, of what was last seen."""

    note: Text
    seen_until: PartialDate = Field(description="The newest material looked at for this.")


class Measure(Record, Asserted):
    """An export control or a counter-measure."""

    kind: ClassVar[str] = "measure"
    label: ClassVar[str] = "measure"
    plural: ClassVar[str] = "measures"

    title: Line
    instrument: Line = Field(description="The act, as it is cited: MOFCOM Announcement No. 18 of 2025.")
    by: Line = Field(description="The country that took it.")
    lane: Lane = Field(description="The story that it belongs to.")
    announced: PartialDate
    effective: PartialDate | None = None
    expires: LaterDate | None = None
    covers: Text
    target: Line
    goods: list[Goods] = Field(default_factory=list, description="The goods by which readers narrow the list.")
    applies_to: list[Whom] = Field(default_factory=list, description="Whom readers narrow the list by.")
    state: MeasureState
    state_note: Text
    state_as_of: PartialDate = Field(description="The newest material looked at for the state.")
    suspension: Suspension | None = None
    since: Since | None = Field(default=None, description="What is known of the time after its last dated state.")
    note: Text | None = None
    url: WebAddress | None = None
    bears_on: list[AnyRef] = Field(default_factory=list)

    @property
    def order(self) -> object:
        return (self.announced, self.instrument)


class Point(Record, Asserted):
    """One energy point, tied to the paper in which it stands."""

    kind: ClassVar[str] = "point"
    label: ClassVar[str] = "energy point"
    plural: ClassVar[str] = "energy points"

    title: Line
    topic: Topic = Field(description="The subject under which it is listed.")
    instrument: InstrumentRef | None = Field(default=None, description="The document that contains it.")
    carried_otherwise: Text | None = Field(
        default=None, description="What contains it, if no government document does."
    )
    strength: PointStrength
    summary: Text
    caution: Text | None = None
    about: list[AnyRef] = Field(default_factory=list)
    position: Whole = Field(ge=1)

    @property
    def order(self) -> object:
        return self.position


class Counterparty(Strict):
    """A company's part in a project: by which paper, how much, how firm."""

    company: Line
    paper: Line = Field(description="LOI, HOA, SPA, FID, equity, or what the source calls it.")
    date: Line | None = None
    volume: Line | None = None
    term: Line | None = None
    binding: Line = Field(description="How firm it is, as far as the sources say.")


class Place(Strict):
    """Approximate coordinates for a map."""

    latitude: Number = Field(ge=-90, le=90)
    longitude: Number = Field(ge=-180, le=180)
    basis: Line


class Project(Record, Asserted):
    """An energy or mineral project."""

    kind: ClassVar[str] = "project"
    label: ClassVar[str] = "project"
    plural: ClassVar[str] = "projects"
    own_page: ClassVar[bool] = True

    title: Line
    type: Line
    topic: Topic = Field(description="The subject under which it is listed.")
    state: Line = Field(description="The State or country in which it lies.")
    place: Line | None = None
    map: Place | None = None
    capacity: Capacity | None = None
    cost: Text | None = None
    developer: Text | None = None
    counterparties: list[Counterparty] = Field(default_factory=list)
    summary: Text
    status: Text
    status_as_of: PartialDate
    carried_by: list[InstrumentRef] = Field(default_factory=list, description="Government documents that name it.")


class Connection(Record, Read):
    """How something in IPEF compares with something in the Framework."""

    kind: ClassVar[str] = "connection"
    label: ClassVar[str] = "connection"
    plural: ClassVar[str] = "connections"

    title: Line
    here: Line = Field(description="What stands on the side of IPEF.")
    there: Line = Field(description="What stands on the side of the Framework.")
    records: list[AnyRef] = Field(default_factory=list, description="The records on the side of IPEF.")
    provisions: list[ProvisionRef] = Field(default_factory=list)
    summary: Text
    similar: Text | None = None
    different: Text | None = None
    position: Whole = Field(ge=1)

    @property
    def order(self) -> object:
        return self.position


class Answer(Record, Asserted, Listed):
    """A question that readers ask, and its answer."""

    kind: ClassVar[str] = "answer"
    label: ClassVar[str] = "answer"
    plural: ClassVar[str] = "questions and answers"

    title: Line = Field(description="The question, in a reader's words.")
    answer: Text
    topic: AnswerTopic = Field(description="The part of the site that it belongs to.")
    asked_by: AudienceRef = Field(description="The readers who ask it most.")
    audiences: list[AudienceRef] = Field(default_factory=list, description="Others whom it concerns.")
    see: list[AnyRef] = Field(default_factory=list)
    position: Whole = Field(ge=1)

    @property
    def order(self) -> object:
        return self.position
