"""Addresses that lead to a place within someone else's page: a text fragment names words that the browser looks for."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote


def point_at_words(url: str, words: Sequence[str]) -> str:
    """Returns the address of the passage that begins and ends with these words; the page's own when there are none.

    A browser that does not know text fragments, or does not find the words, shows the page from its beginning.
    """
    return f"{url}#:~:text={','.join(map(_encode, words))}" if words else url


def _encode(words: str) -> str:
    """Returns words as a part of the fragment, in which a hyphen, a comma and an ampersand have a meaning."""
    return quote(words, safe="").replace("-", "%2D")
