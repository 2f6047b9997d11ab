"""Which field of a record says what readers came for: its first sentence stands for the record in lists and search."""

from __future__ import annotations

from macros.schema.base import Record

# The field that answers, by the name that kinds have for it.
_ANSWERS = ("answer", "definition", "wording", "summary", "statement", "covers", "what", "role", "basis", "note")


def find_answer(record: Record) -> str:
    """Returns the running text that answers; empty when records of the kind have none."""
    return next((text for name in _ANSWERS if isinstance(text := getattr(record, name, None), str)), "")
