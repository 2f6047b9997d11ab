"""What a page says of itself to its frame, which its own file does not: addresses, picture, citation, linked data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from macros.components.page_context import PageContext
from macros.metadata.citation import cite_as_bibtex, cite_in_words, list_reviews
from macros.metadata.graph import describe_page
from macros.metadata.location import Place
from macros.metadata.places import describe_places
from macros.metadata.social_cards import HEIGHT, WIDTH
from macros.schema.vocabularies import Language

_HOME = "index.md"
_LOCALES = {Language.en: "en_US", Language.ja: "ja_JP"}


def annotate_page(view: PageContext, place: Place) -> dict[str, Any]:
    """Returns what the frame prints of a page whose calls have run, as plain values, under the names in its metadata.

    `cite` of a draft holds no words to cite it by; only a draft says, under `edit`, where it is written.
    """
    reviewed = view.render("reviewed", dated=place.shelf.dated, reviews=list_reviews(view, place))
    cite = {"reviewed": str(reviewed)}
    if place.release.name:
        cite |= {"words": cite_in_words(place), "bibtex": cite_as_bibtex(place)}
    edit = {} if place.release.name else {"edit": describe_places(place, view.headed)}
    return {"head": describe_head(place), "cite": cite, "graph": describe_page(view, place), **edit}


def describe_head(place: Place) -> dict[str, Any]:
    """Returns what partials/metadata.html prints, under the name `head` in the page's metadata.

    `alternates` are the full addresses of the page in each language, by what hreflang says, where it has several;
    `languages` are the ways to the other languages: to this page there, else to their home.
    """
    published = place.release.published
    return {
        "address": place.address,
        "canonical": place.canonical,
        "section": place.section,
        "published": published.text if published else "",
        "card": place.release.url(place.card.path),
        "card_width": str(WIDTH),
        "card_height": str(HEIGHT),
        "card_words": place.card.words,
        "locale": _LOCALES[place.page.language],
        "alternates": _list_alternates(place),
        "languages": list(_list_languages(place)),
    }


def _list_alternates(place: Place) -> dict[str, str]:
    versions = place.release.pages.versions(place.page.source)
    found = {str(language.value): place.shelf.place(page).canonical for language, page in versions.items()}
    return found | {"x-default": found[Language.en.value]} if len(found) > 1 and Language.en.value in found else {}


def _list_languages(place: Place) -> Iterator[dict[str, str]]:
    pages = place.release.pages
    homes, here = pages.versions(_HOME), pages.versions(place.page.source)
    for language, page in (homes | here).items():
        if language is not place.page.language:
            yield {"language": str(language.value), "name": language.label, "address": page.url}
