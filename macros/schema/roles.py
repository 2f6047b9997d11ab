"""Who reviews records and pages at the firm. Readers are never told."""

from __future__ import annotations

from macros.schema.vocabularies import Choice


class ReviewRole(Choice):
    """The role in which somebody reviewed a record or a page; a role, never a name."""

    editor = "editor", "editor", "keeps records and pages in order"
    associate = "associate", "associate", "reads the sources against what we say"
    partner = "partner", "partner", "answers for what is said about law"
    translator = "translator", "translator", "answers for what is in Japanese"
