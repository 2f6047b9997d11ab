"""Running text without its marks, as readers see it."""

from __future__ import annotations

from macros.catalog.catalog import Catalog
from macros.catalog.references import LINK
from macros.text.quotes import curl_quotes


def plain_words(catalog: Catalog, text: str) -> str:
    """Returns running text as readers see it, each `[[kind/id|words]]` as its words or the record's name."""
    return curl_quotes(LINK.sub(lambda match: match[2] or catalog.get(match[1].strip()).name, text))
