"""Who reviews records and pages at the firm. Readers are never told."""

from __future__ import annotations

from macros.schema.choices import Choice


class ReviewRole(Choice):
    """The role in which somebody reviewed a record or a page; a role, never a name."""
