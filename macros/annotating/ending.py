"""What stands below a page's own text: how it is cited, and its linked data."""

from __future__ import annotations

from markupsafe import escape

from macros.annotating.citation import cite_as_bibtex, cite_in_words, list_reviews
from macros.annotating.graph import describe_page
from macros.annotating.place import Place
from macros.writing.components import as_block, render
from macros.writing.view import View


def annotate_page(view: View, place: Place) -> str:
    """Returns two blocks for the end of a page's Markdown. None of it counts among the page's words."""
    draft = not place.release.name
    cite = render(
        "cite",
        view=view,
        draft=draft,
        dated=place.shelf.dated,
        words="" if draft else cite_in_words(place),
        bibtex="" if draft else escape(cite_as_bibtex(place)),  # its quotation marks are not prose
        reviews=list_reviews(view, place),
    )
    return as_block(cite) + as_block(render("graph", graph=describe_page(view, place)))
