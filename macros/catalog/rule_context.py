"""What a rule about records may look at, and the form of a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from macros.problems import Problem
from macros.schema.base import Citation, Record
from macros.schema.dates import PartialDate
from macros.schema.sources import Source
from macros.text.positions import Document


@dataclass(frozen=True)
class RuleContext:
    """What a rule may look at. `documents` also holds files whose records are not valid."""

    as_at: PartialDate | None
    records: Mapping[str, Record]
    documents: Mapping[str, Document]
    aliases: Mapping[str, str]

    def source(self, citation: Citation) -> Source | None:
        key = f"source/{citation.id}"
        found = self.records.get(self.aliases.get(key, key))
        return found if isinstance(found, Source) else None


Rule = Callable[[Record, Document, RuleContext], Iterator[Problem]]
