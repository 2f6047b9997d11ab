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
