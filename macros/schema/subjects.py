"""What the papers are about and what follows from them: materials, terms, events, implications and open questions."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from macros.schema.base import (
    AnyRef,
    Asserted,
    AudienceRef,
    Line,
    Listed,
    ProvisionRef,
    Read,
    Record,
    Sources,
    Text,
    TrueOrFalse,
    Whole,
)
from macros.schema.context_vocabularies import Lane
from macros.schema.dates import PartialDate
from macros.schema.vocabularies import (
    EventType,
    ImplicationSubject,
    ImplicationType,
    MaterialType,
    QuestionStatus,
    QuestionTopic,
    TermTopic,
)


class Material(Record, Asserted):
    """A mineral, a product or a stage of the chain that the text names."""

    kind: ClassVar[str] = "material"
    label: ClassVar[str] = "mineral or product"
    plural: ClassVar[str] = "minerals and products"

    title: Line
    type: MaterialType
    defined: TrueOrFalse = Field(description="Whether the text defines it.")
    provisions: list[ProvisionRef] = Field(min_length=1, description="Where the text names it.")
    summary: Text

    @property
    def order(self) -> object:
        return (self.type.position, self.title.casefold())


class Term(Record, Asserted, Listed):
    """A word that readers need explained."""

    kind: ClassVar[str] = "term"
    label: ClassVar[str] = "term"
    plural: ClassVar[str] = "terms"

    title: Line
    topic: TermTopic
    definition: Text
    defined_in_text: TrueOrFalse = Field(description="Whether the Framework itself says what it means.")
    used_in: list[AnyRef] = Field(default_factory=list, description="Where the text uses it: provision/financing.")


class Event(Record, Asserted):
    """Something that happened on a day."""

    kind: ClassVar[str] = "event"
    label: ClassVar[str] = "event"
    plural: ClassVar[str] = "events"

    title: Line
    type: EventType
    lane: Lane = Field(description="The story that it belongs to.")
    date: PartialDate
    until: PartialDate | None = Field(default=None, description="The last day, when it took several.")
    place: Line | None = None
    summary: Text
    shows: Text | None = Field(default=None, description="What the event shows for the Framework.")
    bears_on: list[AnyRef] = Field(default_factory=list)
    does_not_show: Text | None = Field(default=None, description="What the event must not be taken to prove.")

    @property
    def order(self) -> object:
        """Newest first."""
        return (-self.date.first_day.toordinal(), -self.date.last_day.toordinal(), self.title.casefold())


class Implication(Record, Read):
    """What the Framework means for a company, with what the point rests on."""

    kind: ClassVar[str] = "implication"
    label: ClassVar[str] = "point for companies"
    plural: ClassVar[str] = "points for companies"

    title: Line
    type: ImplicationType
    subject: ImplicationSubject | None = Field(default=None, description="The subhead under which a long list has it.")
    statement: Text
    provisions: list[ProvisionRef] = Field(default_factory=list, description="The provisions that it rests on.")
    about: list[AnyRef] = Field(default_factory=list, description="Other records that it rests on: point/lng-alaska.")
    audiences: list[AudienceRef] = Field(min_length=1)
    position: Whole = Field(ge=1)

    @model_validator(mode="after")
    def _check_ground(self) -> Self:
        if not self.provisions and not self.about:
            raise PydanticCustomError("ungrounded", "neither 'provisions' nor 'about' says what it rests on")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        shape = handler(schema)
        if handler.mode == "validation":
            grounds = ("provisions", "about")
            one_of_them = [{"required": [name], "properties": {name: {"minItems": 1}}} for name in grounds]
            handler.resolve_ref_schema(shape)["anyOf"] = one_of_them
        return shape

    @property
    def order(self) -> object:
        return self.position


class Question(Record, Listed):
    """A point on which the text, the sources or usage leave doubt."""

    kind: ClassVar[str] = "question"
    label: ClassVar[str] = "open question"
    plural: ClassVar[str] = "open questions"

    title: Line = Field(description="The question, as a reader would ask it.")
    why_it_matters: Text
    what_sources_say: Text
    wording: Text = Field(description="The wording we suggest and use.")
    topic: QuestionTopic | None = Field(default=None, description="The subject under which it is listed.")
    status: QuestionStatus
    status_note: Text | None = None
    about: list[AnyRef] = Field(min_length=1)
    sources: Sources
    position: Whole = Field(ge=1)

    @property
    def order(self) -> object:
        return self.position
