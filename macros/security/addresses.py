"""What counts as a web address: http or https with a host, and nothing in it that hides where it leads."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

HINT = "write the whole address as the browser shows it: https://www.example.com/page"
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*", re.IGNORECASE)
# What no address has as it is: spaces, signs that no eye sees, and those that HTML, BibTeX or a browser read otherwise.
_ODD = re.compile(r"""[\s<>"'`\\^{|}\x00-\x20\x7f-\U0010ffff]""")


def find_fault(address: str) -> str:
    """Returns why an address is none of the web, in words; nothing when it is one."""
    if odd := _ODD.search(address):
        return f"a web address has no {name_sign(odd[0])} in it"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "not a web address"
    if parts.scheme not in ("http", "https"):
        return "a web address begins with https:// or http://"
    if "@" in parts.netloc:
        return "a web address names no user"
    if not _HOST.fullmatch(parts.hostname or "") or port == 0:
        return "a web address has the name of a host"
    return ""


def name_sign(sign: str) -> str:
    """Returns a sign so that it can be seen: itself, or its code point."""
    return f"'{sign}'" if "!" <= sign <= "~" else f"U+{ord(sign):04X}"
