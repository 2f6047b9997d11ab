"""The points for companies, as the brief and its sheets choose from them: by kind of readers, each point once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from macros.brief.notes import Notes, Statement
from macros.brief.sentences import first_questions
from macros.schema.base import Record
from macros.schema.subjects import Implication
from macros.schema.vocabularies import ImplicationType

_ROOM = 200  # signs for a point of which the first sentence is short


@dataclass(frozen=True)
class Remark:
    """A point for companies: its title, its first sentence, and what it rests on."""

    title: str
    said: Statement


@dataclass
class Points:
    """The points of a release for one document; what was chosen once is not chosen again."""

    notes: Notes
    used: set[str] = field(default_factory=set)

    def choose(
        self, kinds: Collection[ImplicationType], most: int, audience: Record | None = None, *, widest: bool = False
    ) -> list[Implication]:
        """Returns the first points of these kinds, for an audience or for all; they are then used up.

        Those that concern the fewest others come first, or those that concern the most.
        """
        found = [one for one in self.of(audience) if one.type in kinds and one.id not in self.used]
        found.sort(key=lambda one: ((-1 if widest else 1) * len(one.audiences), one.position))
        return self._take(found[:most])

    def first(self, kinds: Sequence[ImplicationType], among: Iterable[Implication]) -> Implication | None:
        """Returns the one point that says most nearly what a record means: by kind, then that which rests on least."""
        found = [one for one in among if one.type in kinds and one.id not in self.used]
        found.sort(key=lambda one: (kinds.index(one.type), len(one.about) + len(one.provisions), one.position))
        return next(iter(self._take(found[:1])), None)

    def of(self, audience: Record | None = None) -> list[Implication]:
        """Returns the points for an audience, or every point, in their own order."""
        catalog = self.notes.catalog
        points = catalog.referrers(audience.key, Implication, "audiences") if audience else catalog.all(Implication)
        return sorted(points, key=lambda one: one.position)

    def tell(self, one: Implication, room: int = _ROOM) -> Remark:
        """Returns a point in words, with as many sentences as have room; of a question only what it asks.

        A question asserts nothing, so it has no label.
        """
        if one.type != ImplicationType.step:
            return Remark(one.title, self.notes.say(one.statement, one, room=room))
        asked = first_questions(self.notes.words(one.statement, whole=True), room)
        return Remark(one.title, Statement(asked, self.notes.cite(one.sources)))

    def _take(self, chosen: list[Implication]) -> list[Implication]:
        self.used.update(one.id for one in chosen)
        return chosen


def bearing_on(points: Iterable[Implication], keys: Collection[str]) -> list[Implication]:
    """Returns the points that rest on one of these records."""
    return [one for one in points if set(keys) & {*one.about, *(f"provision/{name}" for name in one.provisions)}]
