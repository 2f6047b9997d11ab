"""A source's record begun from its address: an id, and what other sources on the same host have in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from macros.schema.sources import Source

_GUESSED = ("publisher", "type", "standing", "language")
_LONGEST = 40
_DAY = re.compile(r"(?<!\d)(20\d\d)[-/_]?(0[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])(?!\d)")
_ENDING = re.compile(r"\.(?:html?|pdf|php|aspx?)$", re.IGNORECASE)


def guess_fields(url: str, sources: Iterable[Source]) -> dict[str, str]:
    """Returns what most known sources on the same host say: publisher, type, standing, language; nothing for others."""
    near = _on_host(url, sources)
    guess = {name: Counter(_plain(one, name) for one in near).most_common(1)[0][0] for name in _GUESSED if near}
    if guess.get("language") == "en":
        del guess["language"]
    return guess


def guess_id(url: str, sources: Iterable[Source], taken: Iterable[str]) -> str:
    """Returns an id that is not taken: the host's short name, then the last words of the address or its day."""
    near = _on_host(url, sources)
    first = Counter(one.id.split("-")[0] for one in near).most_common(1)
    names = _host(url).split(".")[: -_labels(_host(url))]
    name = first[0][0] if first and first[0][1] * 2 > len(near) else (names or ["source"])[-1]
    day = find_day(url)
    parts = [name, *_words(url)]
    slug = "-".join(parts)
    while len(slug) > _LONGEST and parts[1:]:
        parts.pop()
        slug = "-".join(parts)
    slug = f"{name}-{day.replace('-', '')}" if day and len(parts) == 1 else slug
    known, number, found = set(taken), 1, slug
    while found in known:
        number += 1
        found = f"{slug}-{number}"
    return found


def find_day(url: str) -> str:
    """Returns the day that an address names, in ISO form; nothing when it names none."""
    match = _DAY.search(urlsplit(url).path)
    return "-".join(match.groups()) if match else ""


def _on_host(url: str, sources: Iterable[Source]) -> list[Source]:
    """Returns the sources on the same host; when there is none, those on a host one name shorter."""
    known = [(_host(one.url), one) for one in sources if one.url]
    host = _host(url)
    while host.count("."):
        found = [one for at, one in known if at == host or at.endswith(f".{host}")]
        if found and host.count(".") >= _labels(host):
            return found
        host = host.partition(".")[2]
    return []


def _labels(host: str) -> int:
    """Returns how many dots a host must have to be somebody's own: go.jp and co.uk are nobody's."""
    parts = host.split(".")
    return 2 if len(parts) > 1 and len(parts[-1]) == 2 and len(parts[-2]) <= 3 else 1  # noqa: PLR2004


def _words(url: str) -> Iterator[str]:
    segments = [one for one in unquote(urlsplit(url).path).lower().split("/") if one]
    last = _ENDING.sub("", segments[-1]) if segments else ""
    yield from re.findall(r"[a-z0-9]+", last)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _plain(source: Source, name: str) -> str:
    value = getattr(source, name)
    return str(getattr(value, "value", value))
