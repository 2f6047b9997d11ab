"""The closed lists for what stands around the text that the site explains: stories, measures, topics, figures."""

from __future__ import annotations

from dataclasses import dataclass, field

from macros.schema.choices import Choice, Known


@dataclass(frozen=True)
class Lane(Choice):
    """The story that an event belongs to; `line`: its place among the colors for the lines of a chart, from 1."""

    line: int = field(default=0, compare=False)


class RatificationState(Choice):
    """Where a partner stands with an agreement at the newest material seen."""

    in_force = Known()
    not_found = Known()


class HeadingKind(Choice):
    """Whose words the heading of an article is in."""


class Seen(Choice):
    """Whether a feature was seen in an instrument."""

    not_seen = Known()


class Feature(Choice):
    """What the instruments that are compared may deal with."""


class MeasureState(Choice):
    """Where an export control stands at the date of the newest material seen."""

    not_verified = Known()


class Goods(Choice):
    """The goods that a measure names, as readers look for them."""


@dataclass(frozen=True)
class Whom(Choice):
    """Whom a measure applies to, as readers look for it."""

    country: bool = field(default=False, compare=False)

    every_country = Known()


class PointStrength(Choice):
    """How firm an energy point is, in the document that contains it."""


class ColumnRole(Choice):
    """What a column of a series holds."""

    part = Known()
    total = Known()


class Limit(Choice):
    """How an amount is to be read."""

    exactly = Known()
    up_to = Known()
    at_least = Known()
    more_than = Known()

    def qualify(self, amount: str) -> str:
        """Returns the amount as it may be said: `up to $550 billion`."""
        return amount if self == Limit.exactly else f"{self} {amount}"


@dataclass(frozen=True)
class AnswerTopic(Choice):
    """The part of the site that an answer belongs to; `main`: that on the text which the site explains."""

    main: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Topic(Choice):
    """The subject of a figure, a series, a project or a point, and the story to which it belongs."""

    lane: str = field(default="", compare=False)
