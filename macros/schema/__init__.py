"""What a record of each kind must hold, and the closed lists. These classes are the only place where that is said."""

from __future__ import annotations

from macros.schema.actors import Audience, Institution, Party, Person
from macros.schema.base import Record, ReviewRole
from macros.schema.choices import Choice
from macros.schema.context_kinds import Answer, Connection, Measure, Pillar, Point, Project
from macros.schema.context_vocabularies import (
    AnswerTopic,
    ColumnRole,
    Feature,
    Goods,
    HeadingKind,
    Lane,
    Limit,
    MeasureState,
    PointStrength,
    RatificationState,
    Seen,
    Topic,
    Whom,
)
from macros.schema.figures import Figure, Series
from macros.schema.instruments import Comparison, Deadline, Instrument, Provision
from macros.schema.sources import Source
from macros.schema.subjects import Event, Implication, Material, Question, Term
from macros.schema.vocabularies import (
    Basis,
    Certainty,
    DeadlineState,
    EventType,
    ImplicationSubject,
    ImplicationType,
    InstitutionType,
    InstrumentRole,
    InstrumentType,
    MaterialType,
    Part,
    ProvisionSubject,
    QuestionStatus,
    QuestionTopic,
    RelationType,
    SourceKind,
    SourceSeen,
    SourceStanding,
    Strength,
    TermTopic,
)

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

# The closed lists by name: the choices of each are in data/vocabulary/<name>.yml.
VOCABULARIES: dict[str, type[Choice]] = {
    model.vocabulary: model
    for model in (
        Certainty,
        Basis,
        SourceKind,
        SourceSeen,
        SourceStanding,
        RelationType,
        InstrumentType,
        InstrumentRole,
        Part,
        ProvisionSubject,
        Strength,
        HeadingKind,
        Feature,
        Seen,
        DeadlineState,
        InstitutionType,
        MaterialType,
        ImplicationType,
        ImplicationSubject,
        QuestionStatus,
        QuestionTopic,
        TermTopic,
        AnswerTopic,
        EventType,
        Lane,
        RatificationState,
        MeasureState,
        Goods,
        Whom,
        PointStrength,
        Topic,
        ColumnRole,
        Limit,
        ReviewRole,
    )
}
