"""Straight quotation marks, as they are typed, to the curly ones that readers see.

Markdown pages get theirs from Python-Markdown's `smarty`; this is for what comes from records. Both follow the same
rule: a mark opens after a space, a bracket or a dash, or at the beginning, and closes everywhere else.
"""

from __future__ import annotations

import re

_DOUBLE = re.compile(r"(^|[\s(\[{\u2013\u2014/\u2018'])\"(?=\S)")
_SINGLE = re.compile(r"(^|[\s(\[{\u2013\u2014/\u201c])'(?=\S)")
_YEARS = re.compile(r"(^|\s)'(?=\d\ds?\b)")


def curl_quotes(text: str) -> str:
    """Returns the text with curly quotation marks and apostrophes."""
    if '"' not in text and "'" not in text:
        return text
    text = _DOUBLE.sub("\\1\u201c", text).replace('"', "\u201d")
    text = _YEARS.sub("\\1\u2019", text)
    return _SINGLE.sub("\\1\u2018", text).replace("'", "\u2019")
