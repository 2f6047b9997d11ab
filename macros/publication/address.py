"""The address at which the site will stand: SITE_URL, checked."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from macros.configuration.config import PLACEHOLDER
from macros.problems import UsageError
from macros.tree import LATEST

UNKNOWN = (
    "SITE_URL is not set: pages name a host that does not exist, and there is no site map. Before the site is "
    f"published: SITE_URL=https://www.your-site.example/{LATEST}/ make site"
)


def read_root(environment: Mapping[str, str]) -> str | None:
    """Returns the address under which all editions will stand, ending in a slash; None when nobody has said it.

    Raises UsageError when SITE_URL is not the whole address of `latest/`.
    """
    said = environment.get("SITE_URL", "")
    if not said:
        return None
    parts = urlsplit(said)
    whole = parts.scheme in ("http", "https") and parts.hostname and not (parts.username or parts.query)
    if not whole or not parts.path.endswith(f"/{LATEST}/") or parts.fragment:
        how = f"write the whole address, ending in /{LATEST}/: https://www.your-site.example/{LATEST}/"
        raise UsageError(f"SITE_URL is '{said}', which cannot be the address of the latest edition: {how}")
    return None if parts.hostname == PLACEHOLDER else said.removesuffix(f"{LATEST}/")
