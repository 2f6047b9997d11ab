"""The words that readers see for the fields of records, where the field's own name would not do."""

from __future__ import annotations

_LABELS = {
    "actors": "who acts",
    "archived": "archived copy",
    "covers": "what it covers",
    "defined": "defined in the text",
    "does_not_show": "what it does not show",
    "domestic_law": "tied to national law",
    "heading_in_text": "the text has this heading",
    "here": "in IPEF",
    "gone_on": "no longer there since",
    "ipef": "IPEF",
    "iso2": "country code",
    "map": "place on the map",
    "not_said": "not said here",
    "seen_on": "day on which we saw it",
    "seen_until": "newest material we read",
    "shows": "what it shows",
    "side": "a Participant of the Framework",
    "similar": "alike",
    "since": "what is known since",
    "starts": "what starts it",
    "starts_on": "started on",
    "there": "in the Framework",
    "title_en": "title in English",
    "title_ja": "Japanese title",
    "title_ja_note": "note on the Japanese title",
    "url": "address",
    "url_note": "note on the address",
    "what": "what has a deadline",
    "what_not": "what it is not",
    "what_sources_say": "what the sources say",
}


def label_field(name: str) -> str:
    """Returns the words for a field, in small letters: `title_ja` is the `Japanese title`."""
    return _LABELS.get(name, name.replace("_", " "))


def capitalize(words: str) -> str:
    """Returns the words with a capital at their beginning, the rest as it is."""
    return words[:1].upper() + words[1:]
