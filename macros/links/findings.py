"""What is wrong with a link: said once, at the line that made it, with the places that show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Severity(StrEnum):
    """An error fails the check; a warning does not."""

    error = "error"
    warning = "warning"


@dataclass(frozen=True)
class Shown:
    """A place of the built folder that shows a broken link: file, line, and the value as it stands there."""

    place: str
    line: int
    attribute: str
    value: str
    framed: bool = False


@dataclass(frozen=True)
class Origin:
    """The line that made a link, from 1; 0 when only the file is known. `says` adds what its name does not tell."""

    path: str
    line: int = 0
    says: str = ""


@dataclass(frozen=True)
class Finding:
    """One thing to mend. `target` is where the link was to lead, the same from whichever page."""

    rule: str
    message: str
    target: str
    shown: Shown
    hint: str = ""
    severity: Severity = Severity.error
    origin: Origin | None = None
    others: tuple[Shown, ...] = field(default=())

    @property
    def path(self) -> str:
        """Returns the file to open: the source where it is known, else the built file."""
        return self.origin.path if self.origin else self.shown.place

    @property
    def line(self) -> int:
        return max(self.origin.line if self.origin else self.shown.line, 1)

    @property
    def words(self) -> str:
        """Returns the whole of it in one line."""
        named = f"{self.shown.attribute}={self.shown.value!r} " if self.shown.attribute else ""
        return f"{named}{self.message}"

    @property
    def seen_on(self) -> str:
        """Returns where readers meet it."""
        more = f" and {len(self.others)} more" if self.others else ""
        return f"{self.shown.place}:{self.shown.line}{more}"


def merge(findings: Iterable[Finding]) -> list[Finding]:
    """Returns each finding once, errors first.

    What one line made wrong on many pages is one thing to mend, and so is an address of another site wherever it is
    printed.
    """
    merged: dict[tuple[str, ...], Finding] = {}
    for one in findings:
        key = (one.rule, one.target, *_place(one))
        first = merged.get(key)
        merged[key] = replace(first, others=(*first.others, one.shown)) if first else one
    return sorted(merged.values(), key=lambda one: (one.severity is Severity.warning, one.path, one.line, one.words))


def _place(finding: Finding) -> tuple[str, ...]:
    if finding.rule == "outside":
        return ()
    if finding.origin:
        return (finding.origin.path, str(finding.origin.line))
    return (finding.shown.place.partition("/")[2] or finding.shown.place,)
