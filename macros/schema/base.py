"""What all records share: identity, sources with pinpoints, certainty, relations, and references to other records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import (
    AfterValidator,
    AllowInfNan,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PrivateAttr,
    StrictBool,
    StrictFloat,
    StrictInt,
    StringConstraints,
)
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from macros.schema.choices import Choice
from macros.schema.dates import LaterDate, PartialDate
from macros.schema.vocabularies import Basis, Certainty, RelationType
from macros.security.addresses import find_fault

# What the schema for authors says of the two marks below; `editor/schemas.py` puts it into words.
NAMES, RUNNING = "x-names", "x-running"
# The field that says what readers came for, by the name that kinds have for it: its first sentence stands for the
# record in lists and search.
_ANSWERS = ("answer", "definition", "wording", "summary", "statement", "covers", "what", "role", "basis", "note")


@dataclass(frozen=True)
class RefersTo:
    """Marks a field that names another record. `kind` is the kind of that record; `*` means `kind/id` is written."""

    kind: str

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        shape = handler(schema)
        return shape | {NAMES: self.kind} if handler.mode == "validation" else shape


@dataclass(frozen=True)
class Running:
    """Marks running text, in which `[[kind/id]]` or `[[kind/id|words]]` becomes a link to the record."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        shape = handler(schema)
        return shape | {RUNNING: True} if handler.mode == "validation" else shape


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Line = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True, pattern=r"^[^\n]*$")]
Text = Annotated[str, StringConstraints(min_length=2, strip_whitespace=True), Running()]
NOT_AN_ADDRESS = "web_address"


def _check_address(address: str) -> str:
    if fault := find_fault(address):
        raise PydanticCustomError(NOT_AN_ADDRESS, "{fault}", {"fault": fault})
    return address


WebAddress = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_check_address)]
# Values that are what they are written as: no number in quotes, no 1 for true, nothing infinite.
Whole = StrictInt
Number = Annotated[StrictFloat, AllowInfNan(False)]
TrueOrFalse = StrictBool
AnyRef = Annotated[str, RefersTo("*")]
SourceRef = Annotated[str, RefersTo("source")]
ProvisionRef = Annotated[str, RefersTo("provision")]
InstrumentRef = Annotated[str, RefersTo("instrument")]
PartyRef = Annotated[str, RefersTo("party")]
PersonRef = Annotated[str, RefersTo("person")]
EventRef = Annotated[str, RefersTo("event")]
AudienceRef = Annotated[str, RefersTo("audience")]
PillarRef = Annotated[str, RefersTo("pillar")]


class Strict(BaseModel):
    """A part of a record: no unknown keys, no silent conversions, no change after loading.

    What validates a class is made when it is first used: a build that takes a checked tree never needs it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False, defer_build=True)


class Citation(Strict):
    """One source of an assertion, with the place in it."""

    id: SourceRef
    pinpoint: Line | None = Field(default=None, description="The place in the source: section, paragraph, heading.")


Sources = Annotated[list[Citation], Field(min_length=1, description="Where it is said; at least one.")]


class Asserted(Strict):
    """Something we assert: how sure we are, and where it is said."""

    certainty: Certainty
    sources: Sources


class Read(Strict):
    """A reading or a comparison: what it rests on, and the sources read for it."""

    basis: Basis
    sources: Sources


class Relation(Read):
    """How this record bears on another one."""

    type: RelationType
    to: AnyRef
    note: Text | None = None


class ReviewRole(Choice):
    """The role in which somebody reviewed a record or a page; a role, never a name."""


class Review(Strict):
    """The last review of a record or a page, for staff: in which role, and on which day."""

    by: ReviewRole
    on: PartialDate = Field(description="The day of the review: 2026-11-29.")


def ordered_fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Returns the fields in the order in which an author writes them: its own, then what it rests on, then the rest."""
    shared = ("certainty", "basis", "sources", "relations", "also", "aliases", "publish_from", "review")
    return dict(sorted(model.model_fields.items(), key=lambda item: shared.index(item[0]) if item[0] in shared else -1))


# What `also` is for, wherever a record or a page has it.
ALSO = "Other words that readers type when they look for it."
# What `review` is for; it is for staff, so no export and no comparison of editions has it.
REVIEWED = "The last review, for staff: {by: partner, on: 2026-11-29}. It is not printed."


class Listed(Strict):
    """A record of a kind of which there are many: its page lists it under a subhead."""

    subject: Slug | None = Field(default=None, description="The subhead of its page under which it is listed: alaska.")


class Record(Strict):
    """A record: one file `data/<kind>/<id>.yml`. Its identity is the file's place, never written inside."""

    kind: ClassVar[str]
    label: ClassVar[str]
    plural: ClassVar[str]
    own_page: ClassVar[bool] = False

    aliases: list[Slug] = Field(default_factory=list, description="Earlier ids of this record.")
    relations: list[Relation] = Field(default_factory=list, description="How it bears on other records.")
    also: list[Line] = Field(default_factory=list, description=ALSO)
    publish_from: LaterDate | None = Field(
        default=None, exclude=True, description="The first day on which it may be published; no file names it."
    )
    review: Review | None = Field(default=None, exclude=True, description=REVIEWED)

    _id: str = PrivateAttr(default="")

    @property
    def id(self) -> str:
        return self._id

    @property
    def key(self) -> str:
        """Returns `kind/id`, by which other records and pages name this one."""
        return f"{self.kind}/{self._id}"

    @property
    def deserves_page(self) -> bool:
        """Whether it must have a page of its own, not only an entry among others."""
        return self.own_page

    @property
    def name(self) -> str:
        """Returns the words that readers see for this record in links and lists."""
        return str(getattr(self, "title", self.kind))

    @property
    def names(self) -> dict[str, str]:
        """Returns those words by their language; the first is what a page in any other language has."""
        return {"en": self.name}

    @property
    def order(self) -> object:
        """Returns what records of this kind are sorted by."""
        return self.name.casefold()


def find_answer(record: Record) -> str:
    """Returns the running text that says what readers came for; empty when records of the kind have none."""
    return next((text for name in _ANSWERS if isinstance(text := getattr(record, name, None), str)), "")
