"""What the head of a page says, which its own file does not: addresses, and the picture that stands for its section."""

from __future__ import annotations

from macros.annotating.cards import HEIGHT, WIDTH
from macros.annotating.place import Place


def describe_head(place: Place) -> dict[str, str]:
    """Returns what partials/metadata.html prints, under the name `head` in the page's metadata."""
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
    }
