"""What stands at the head and the foot of each document: what it is, of which day, by whom, and how it may be used."""

from __future__ import annotations

from dataclasses import dataclass

from macros.components.outlining import find_subject
from macros.configuration.publisher import Publisher
from macros.schema.labels import capitalize
from macros.site.release import Release


@dataclass(frozen=True)
class Head:
    """What stands on the first page and in the footer. `edition` and `address` are empty for a draft.

    `logo` is the publisher's picture, byte by byte.
    """

    site: str
    title: str
    title_ja: str
    character: str
    as_at: str
    dated: str
    edition: str
    state: str
    address: str
    notice: str
    content_use: str
    publisher: Publisher
    logo: list[int]


def create_head(release: Release, dated: str, logo: bytes = b"") -> Head:
    """Returns the head; `dated` is the as-at date in words, with the number of a correction."""
    subject = find_subject(release.catalog)
    return Head(
        site=release.site_name,
        title=subject.title if subject else release.site_description,
        title_ja=subject.title_ja or "" if subject else "",
        character=capitalize(subject.legal_character) if subject else "",
        as_at=release.catalog.as_at.last_day.isoformat(),
        dated=dated,
        edition=release.name,
        state=release.state if release.name else "draft, not an edition",
        address=release.address if release.name and release.is_placed else "",
        notice=release.notice,
        content_use=release.content_use,
        publisher=release.publisher or Publisher(""),
        logo=list(logo),
    )
