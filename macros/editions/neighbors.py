"""What the frame of an edition says of the others: which there are, and where else each page stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from macros.store.digests import hash_file
from macros.store.edition import MANIFEST, Edition
from macros.store.files import CHANGES


def nearest_url(url: str, known: set[str]) -> str:
    """Returns the address itself when it is known, or that of the nearest page above it; home in the end."""
    while url not in known and url:
        url = url.rstrip("/").rpartition("/")[0]
        url = f"{url}/" if url else ""
    return url


def describe_edition(edition: Edition, editions: Sequence[Edition], urls: Mapping[str, list[str]]) -> dict[str, Any]:
    """Returns what the templates say of an edition on each of its pages.

    `others` holds every other edition, newest first, with the pages that it has too; for the newest one, `nearest`
    gives the page to go to when it has no such page.
    `canonical` gives the edition in which a page is to be looked for when the newest one has it no more.
    """
    newest = editions[-1]
    steps = _find_steps(editions, urls)
    others = []
    for other in reversed(editions):
        if other is edition:
            continue
        there = set(urls[other.id])
        entry: dict[str, Any] = _say(other) | steps[other.id] | {"pages": sorted(there.intersection(urls[edition.id]))}
        if other is newest:
            entry["nearest"] = {url: nearest_url(url, there) for url in urls[edition.id] if url not in there}
        others.append(entry)
    successors = [_say(one) for one in editions if one.record.supersedes == edition.id]
    return {
        **_say(edition),
        **steps[edition.id],
        "newest": edition is newest,
        "note": edition.record.note or "",
        "correction": edition.record.number > 1,
        "supersedes": edition.record.supersedes or "",
        "chain": [_say(one) | {"sha256": hash_file(one.folder / MANIFEST)} for one in editions if one.is_published],
        "canonical": _find_newest(edition, editions, urls),
        "successors": [one for one in successors if one["number"] > 1],
        "others": others,
        "pages_of": dict(urls) if edition is newest else {},
    }


def _find_steps(editions: Sequence[Edition], urls: Mapping[str, list[str]]) -> dict[str, dict[str, str]]:
    """Returns, by id, the edition before each one, where that one has a page on what it changed against it."""
    steps = {}
    for before, edition in zip([None, *editions], editions, strict=False):
        has = before is not None and f"{CHANGES}/{before.id}/" in urls[edition.id]
        steps[edition.id] = {"steps_from": before.id if before and has else ""}
    return steps


def _find_newest(edition: Edition, editions: Sequence[Edition], urls: Mapping[str, list[str]]) -> dict[str, str]:
    """Returns, for the edition's pages that the newest one has no more, the id of the newest edition that has them."""
    found: dict[str, str] = {}
    for later in editions[editions.index(edition) :]:
        found |= dict.fromkeys(urls[later.id], later.id)
    newest = editions[-1].id
    return {url: found[url] for url in urls[edition.id] if found[url] != newest}


def _say(edition: Edition) -> dict[str, Any]:
    record = edition.record
    return {
        "id": edition.id,
        "number": record.number,
        "title": record.title,
        "as_at": str(record.as_at),
        "dated": edition.dated,
        "order": list(edition.order),
        "published": str(record.published) if record.published else "",
        "published_short": record.published.short if record.published else "",
    }
