"""The sources that assertions cite."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema

from macros.schema.base import Line, Record, Strict, Text, WebAddress
from macros.schema.dates import WRITTEN_DATE, PartialDate
from macros.schema.vocabularies import SourceKind, SourceSeen, SourceStanding

NOT_SHOWN = "not shown"
_LATIN = 0x2E80  # below it: Latin letters, punctuation and signs; above it: Chinese, Japanese, Korean


def _check_source_date(value: object) -> object:
    if value == NOT_SHOWN:
        return value
    return PartialDate.read(value).text


_WRITTEN = {"anyOf": [{"const": NOT_SHOWN}, WRITTEN_DATE]}
SourceDate = Annotated[str, BeforeValidator(_check_source_date), WithJsonSchema(_WRITTEN, mode="validation")]


LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]


class Archived(Strict):
    """A copy of a page as it was on a day, kept by somebody else: the Internet Archive, a national library."""

    url: Annotated[WebAddress, Field(pattern=r"^https://")]
    on: PartialDate = Field(description="The day of the copy.")


class Source(Record):
    """A publication that something on the site rests on."""

    kind: ClassVar[str] = "source"
    label: ClassVar[str] = "source"
    plural: ClassVar[str] = "sources"

    title: Line
    title_en: Line | None = Field(default=None, description="Our translation, when the title is not in English.")
    author: Line | None = None
    publisher: Line
    url: WebAddress | None = None
    url_note: Text | None = None
    seen_on: PartialDate | None = Field(default=None, description="The day on which we saw it at its address.")
    archived: Archived | None = Field(default=None, description="A copy that stays, and the day on which it was made.")
    gone_on: PartialDate | None = Field(default=None, description="The day on which its address answered no more.")
    date: SourceDate = Field(description="When it was published; 'not shown' when the publication does not say.")
    type: SourceKind
    standing: SourceStanding
    seen: SourceSeen
    language: LanguageCode = Field(default="en", description="The language it is written in: en, ja, zh.")
    note: Text | None = None

    @property
    def published(self) -> PartialDate | None:
        """Returns the date, or None when the publication shows none."""
        return None if self.date == NOT_SHOWN else PartialDate(self.date)

    @property
    def address(self) -> str | None:
        """Returns where pages lead: its own address, or the archived copy once that is known to be dead."""
        return self.archived.url if self.archived and self.gone_on else self.url

    @property
    def robust(self) -> dict[str, str]:
        """Returns the attributes of a robust link (robustlinks.mementoweb.org): the address, a copy of it, a day."""
        day = self.archived.on if self.archived else self.seen_on
        if not (self.url and day):
            return {}
        version = {"data-versionurl": self.archived.url} if self.archived else {}
        return {"data-originalurl": self.url, **version, "data-versiondate": day.text}

    @cached_property
    def title_language(self) -> str:
        """Returns the language of the title as it is written here, which may be a translation into English."""
        foreign = self.title_en is not None or any(ord(sign) > _LATIN for sign in self.title)
        return self.language if foreign else "en"

    @property
    def names(self) -> dict[str, str]:
        return {self.title_language: self.title}

    @property
    def is_text(self) -> bool:
        """Whether it has places to point to: a primary text or a document that was read as such."""
        return self.type == SourceKind.primary or self.seen != SourceSeen.report

    @property
    def order(self) -> object:
        return (self.type != SourceKind.primary, self.publisher.casefold(), self.date)


def bare_address(url: str) -> str:
    """Returns an address by which two ways of writing it are the same."""
    return url.split("://", 1)[-1].removeprefix("www.").rstrip("/")
