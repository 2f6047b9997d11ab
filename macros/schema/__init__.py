"""What a record of each kind must hold. These classes are the only place where that is said."""

from __future__ import annotations

from macros.schema.actors import Audience, Institution, Party, Person
from macros.schema.base import Record
from macros.schema.context_kinds import Answer, Connection, Measure, Pillar, Point, Project
from macros.schema.figures import Figure, Series
from macros.schema.instruments import Comparison, Deadline, Instrument, Provision
from macros.schema.sources import Source
from macros.schema.subjects import Event, Implication, Material, Question, Term

KINDS: dict[str, type[Record]] = {
    model.kind: model
    for model in (
        Instrument,
        Provision,
        Deadline,
        Institution,
        Party,
        Person,
        Material,
        Term,
        Event,
        Implication,
        Question,
        Comparison,
        Audience,
        Pillar,
        Measure,
        Point,
        Project,
        Figure,
        Series,
        Connection,
        Answer,
        Source,
    )
}
