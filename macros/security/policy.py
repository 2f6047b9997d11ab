"""The Content-Security-Policy that every built page keeps: what a browser may load and run for it.

It is the same for every page, so that it can be a header of the whole site as well as a `<meta>` in each page. It
allows the site's own files and the two small scripts that must run before a page is painted, by their hashes. No page
has a style in itself; linked data is not run and needs no leave.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from macros.tree import COMPONENTS

# The templates that have a script in themselves: the choice of theme, and what leads on from an earlier address.
_WITH_SCRIPT = (COMPONENTS.parent / "partials" / "javascripts" / "base.html", COMPONENTS / "moved.html")
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# A browser obeys this one in a header only.
_HEADER_ONLY = "frame-ancestors 'none'"


def page_policy() -> str:
    """Returns the policy for the `<meta http-equiv="Content-Security-Policy">` of a page."""
    scripts = " ".join(["'self'", *(hash_of(code) for path in _WITH_SCRIPT for code in list_scripts(path))])
    own = ("style-src", "img-src", "connect-src", "form-action")
    parts = ["default-src 'none'", f"script-src {scripts}", *(f"{one} 'self'" for one in own), "base-uri 'none'"]
    return "; ".join(parts)


def header_policy() -> str:
    """Returns the policy for the header `Content-Security-Policy` of every file of the site."""
    return f"{page_policy()}; {_HEADER_ONLY}"


def list_scripts(path: Path) -> list[str]:
    """Returns the text of each script without a source in a template or a page."""
    return [match[1] for match in _SCRIPT.finditer(path.read_text(encoding="utf-8"))]


def hash_of(code: str) -> str:
    """Returns the name by which a policy allows a script: `'sha256-…'`."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
