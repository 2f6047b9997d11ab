"""What is new in an edition, in sentences that a person wrote."""

from __future__ import annotations

from pydantic import Field

from macros.schema.base import Strict, Text
from macros.schema.dates import PartialDate

MOST = 10


class NewsItem(Strict):
    """One dated sentence of what readers will want to know first."""

    date: PartialDate = Field(description="The day on which it happened, or was learned.")
    says: Text = Field(description="One sentence; [[kind/id|words]] becomes a link.")
    short: Text | None = Field(
        default=None, description="The same, no firmer, in at most 80 letters, for home on a phone."
    )

    @property
    def texts(self) -> dict[str, str]:
        """Returns what a reader sees of it, by the field."""
        return {"says": self.says} | ({"short": self.short} if self.short else {})

    @property
    def in_short(self) -> str:
        """Returns the short words, or the whole sentence where there are none."""
        return self.short or self.says
