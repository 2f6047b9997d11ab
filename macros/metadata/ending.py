"""What a page says of itself to its frame: addresses and picture, how it is cited, and its linked data."""

from __future__ import annotations

from typing import Any

from macros.components.page_context import PageContext
from macros.components.templates import render
from macros.metadata.citation import cite_as_bibtex, cite_in_words, list_reviews
from macros.metadata.graph import describe_page
from macros.metadata.heading import describe_head
from macros.metadata.location import Place
from macros.metadata.places import describe_places


def annotate_page(view: PageContext, place: Place) -> dict[str, Any]:
    """Returns what the frame prints of a page whose calls have run, as plain values, under the names in its metadata.

    `cite` of a draft holds no words to cite it by; only a draft says, under `edit`, where it is written.
    """
    reviewed = render("reviewed", view=view, dated=place.shelf.dated, reviews=list_reviews(view, place))
    cite = {"reviewed": str(reviewed)}
    if place.release.name:
        cite |= {"words": cite_in_words(place), "bibtex": cite_as_bibtex(place)}
    edit = {} if place.release.name else {"edit": describe_places(place, view.headed)}
    return {"head": describe_head(place), "cite": cite, "graph": describe_page(view, place), **edit}
