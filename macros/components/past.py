"""What macros may ask of the editions before this one. Who compares editions stands above the macros and answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class PastStage(Protocol):
    """An edition, or the working tree, which has no edition yet; `as_at` is its day in words."""

    @property
    def edition(self) -> object | None: ...

    @property
    def as_at(self) -> str: ...


class RecordDifference(Protocol):
    """How a record differs from what it was: `status` is added, removed or changed."""

    @property
    def status(self) -> str: ...

    @property
    def fields(self) -> Sequence[object]: ...


class PastMoment(Protocol):
    """A stage in which a record was added or changed; no change when the first stage had it."""

    @property
    def stage(self) -> PastStage: ...

    @property
    def change(self) -> RecordDifference | None: ...


class PastSection(Protocol):
    """What stands under one heading of a page on changes."""

    @property
    def id(self) -> str: ...


class PastChanges(Protocol):
    """What this edition changed against an earlier one."""

    @property
    def sections(self) -> Sequence[PastSection]: ...


class PastEditions(Protocol):
    """The stages up to the one that is written; `present` is that one, `earlier` those before it, oldest first."""

    @property
    def present(self) -> PastStage: ...

    @property
    def earlier(self) -> Sequence[PastStage]: ...

    def since(self, edition_id: str, /) -> PastChanges | None:
        """Returns what changed since an earlier edition; None when there is no such edition any more."""

    def of_record(self, key: str, /) -> Sequence[PastMoment]:
        """Returns the stages in which a record was added or changed, newest first."""
