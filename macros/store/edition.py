"""An edition's record, and all editions of a project in their order."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from macros.catalog.validating import validate
from macros.problems import ContentError, Problem
from macros.schema.base import Line, Strict, Whole
from macros.schema.dates import PartialDate
from macros.schema.news import MOST, NewsItem
from macros.text.document import read_document
from macros.text.files import list_folder, read_file
from macros.text.positions import Document
from macros.tree import Tree

RECORD = "edition.yml"
NAV = "nav.json"
MANIFEST = "manifest-sha256.txt"
PAGES = "pages"  # the article of each page
FILES = "files"  # what stands beside the pages, at the same address below the edition's own
FINDS = "finds.json"  # what the search is made of
COMPARED = "compared.json"  # what another edition is compared with, beside the records in FILES
PARTS = (PAGES, FILES, NAV, FINDS, COMPARED, RECORD, MANIFEST)
_ID = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:\.([2-9]|[1-9][0-9]{1,3}))?")


def _check_id(text: str) -> str:
    if not is_edition_id(text):
        raise PydanticCustomError("edition_id", "not an edition: '{text}'", {"text": text})
    return text


EditionId = Annotated[str, AfterValidator(_check_id)]


class Link(Strict):
    """Another edition as it was when this one was frozen, by the SHA-256 of its manifest."""

    edition: EditionId
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Migration(Strict):
    """A change of the markup of an edition's articles that left their words, links and ids as they were."""

    on: PartialDate = Field(description="The day.")
    reason: Line = Field(description="Why it was done.")
    css: Line = Field(description="Which elements were changed, as a CSS selector.")
    attributes: dict[str, str] = Field(description="Their attributes now; an empty one was taken away.")
    pages: int = Field(ge=1, description="How many pages it changed.")
    was: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] = Field(description="The digest of the manifest before it.")


class EditionRecord(Strict):
    """`editions/<id>/edition.yml`: what an edition is, and whether it is published."""

    as_at: PartialDate = Field(description="The day up to which everything in it is known.")
    number: Whole = Field(default=1, ge=1, description="1, or higher for a correction of the edition of the same day.")
    title: Line = Field(description="What readers see: Position as of signature.")
    published: PartialDate | None = Field(default=None, description="The day of publication; none while a candidate.")
    supersedes: EditionId | None = Field(default=None, description="The edition that it corrects or follows.")
    news: list[NewsItem] = Field(default_factory=list, max_length=MOST, description="What is new in it, newest first.")
    note: Line | None = Field(
        default=None, description="What readers must know of it; a correction says what it mends."
    )
    schema_version: Whole = Field(default=1, ge=1, description="The form of its exported records.")
    sources: Annotated[str, Field(pattern=r"^[0-9a-f]{40}$")] | None = Field(
        default=None,
        description="The commit that holds the records and pages it was made of; none when there was none.",
    )
    compared: list[Link] = Field(
        default_factory=list, description="The earlier editions against which its pages say what changed."
    )
    migrations: list[Migration] = Field(default_factory=list, description="Changes of its markup, oldest first.")
    follows: Link | None = Field(default=None, description="The edition published before it, by its manifest.")


@dataclass(frozen=True)
class Edition:
    """A frozen edition: its folder is `editions/<id>`; `record` is its edition.yml."""

    top: Path
    id: str
    record: EditionRecord

    @property
    def folder(self) -> Path:
        return self.top / "editions" / self.id

    def shown(self, part: str = "") -> str:
        """Returns the path of a part as authors see it."""
        return f"editions/{self.id}/{part}" if part else f"editions/{self.id}"

    @property
    def is_published(self) -> bool:
        return self.record.published is not None

    @property
    def is_whole(self) -> bool:
        return all((self.folder / part).exists() for part in PARTS)

    def read_json(self, part: str) -> Any:
        """Returns what a part in JSON holds. Raises ContentError when it is not what was frozen."""
        try:
            return json.loads((self.folder / part).read_text(encoding="utf-8"))
        except json.JSONDecodeError as error:
            problem = self.spoilt(part, f"not valid JSON: {error.msg}", error.lineno, error.colno)
        except UnicodeDecodeError:
            problem = self.spoilt(part, "not UTF-8")
        except OSError as error:
            problem = self.spoilt(part, f"the file cannot be read: {error.strerror}")
        except (RecursionError, ValueError):
            problem = self.spoilt(part, "nested too deep, or a number that is too long")
        raise ContentError([problem])

    def spoilt(self, part: str, message: str, line: int = 1, column: int = 1) -> Problem:
        """Returns the problem that a part is not what was frozen."""
        return Problem(self.shown(part), line, column, message, "take the file back from version control")

    @property
    def dated(self) -> str:
        """Returns the as-at date in words, with the number of a correction: `30 September 2026, correction 1`."""
        number = self.record.number
        return str(self.record.as_at) + (f", correction {number - 1}" if number > 1 else "")

    @property
    def order(self) -> tuple[str, int]:
        return (self.record.as_at.text, self.record.number)


def edition_id(as_at: str, number: int = 1) -> str:
    """Returns the id of an edition: `2025-10-28`, `2025-10-28.2`."""
    return as_at if number == 1 else f"{as_at}.{number}"


def is_edition_id(name: str) -> bool:
    """Whether a name has the form of an edition's id."""
    return _ID.fullmatch(name) is not None


def plain_record(record: EditionRecord) -> dict[str, object]:
    """Returns what the record says, as it is written in edition.yml."""
    plain = record.model_dump(mode="json")
    return {name: value for name, value in plain.items() if value not in (None, []) and (name, value) != ("number", 1)}


def load_editions(top: Path, today: dt.date) -> tuple[list[Edition], list[Problem]]:
    """Returns the editions under `top`, oldest first, and what is wrong with their records and folders."""
    editions: list[Edition] = []
    problems: list[Problem] = []
    documents: dict[str, Document] = {}
    folder = top / "editions"
    for path in list_folder(folder):  # without an edition that is being frozen, whose name begins with a dot
        shown = f"editions/{path.name}"
        if not path.is_dir() or path.is_symlink():
            if path.suffix != ".sha256":
                hint = "an edition is a folder: put it here, or take this away"
                problems.append(Problem(shown, 1, 1, "neither an edition nor the list of published ones", hint))
            continue
        if not is_edition_id(path.name):
            hint = "an edition is named by its as-at date: 2025-10-28, a correction of it 2025-10-28.2"
            problems.append(Problem(shown, 1, 1, f"'{path.name}' cannot be an edition", hint))
            continue
        missing = [part for part in PARTS if not (path / part).exists()]
        if missing:
            hint = "freeze it again, or take the folder back from version control"
            problems.append(Problem(shown, 1, 1, f"the edition has no {', '.join(missing)}", hint))
        if RECORD in missing:
            continue
        record, document, found = _read_record(f"{shown}/{RECORD}", path / RECORD)
        problems += found
        if record:
            documents[path.name] = document
            editions.append(Edition(top, path.name, record))
    editions.sort(key=lambda one: one.order)
    problems += [problem for one in editions for problem in _check_edition(one, documents[one.id], editions, today)]
    return editions, problems


def read_edition(tree: Tree) -> Edition | None:
    """Returns the edition that a tree belongs to, also while it is being frozen; None for the working tree."""
    if tree.top is None:
        return None
    record, _, _ = _read_record(tree.shown(tree.root / RECORD), tree.root / RECORD)
    return Edition(tree.top, edition_id(record.as_at.text, record.number), record) if record else None


def _read_record(shown: str, path: Path) -> tuple[EditionRecord | None, Document, list[Problem]]:
    data, problems = read_file(path, shown, path.parent.resolve())
    document, found = read_document(shown, data) if data is not None else (Document(shown), [])
    problems += found
    record = None
    if not problems:
        record, problems = validate(document, EditionRecord)
    return record if isinstance(record, EditionRecord) else None, document, problems


def _check_edition(edition: Edition, document: Document, editions: list[Edition], today: dt.date) -> list[Problem]:
    record = edition.record
    problems: list[Problem] = []

    def add(key: str, message: str, hint: str) -> None:
        problems.append(document.problem((key,) if key in document.value else (), message, hint))

    if record.as_at.precision != "day":
        add("as_at", f"an edition is as of a day, not '{record.as_at.text}'", "write it in full: 2025-10-28")
        return problems
    twin = next((one for one in editions if one.order == edition.order and one.id != edition.id), None)
    if twin and twin.id == edition_id(*edition.order):
        taken = [one.record.number for one in editions if one.order[0] == edition.order[0]]
        hint = f"the next free number is {1 + max(taken)}"
        add("number", f"two editions with one id: editions/{twin.id} is that one already", hint)
    elif edition.id != edition_id(*edition.order):
        hint = f"rename the folder to {edition_id(*edition.order)}, or correct as_at and number"
        add("as_at", f"the folder is '{edition.id}', and the record says {edition_id(*edition.order)}", hint)
    for key, date in (("as_at", record.as_at), ("published", record.published)):
        if date and date.first_day > today:
            add(key, f"{date.text} lies in the future: today is {today.isoformat()}", "check the year")
    if record.published and record.published < record.as_at:
        add("published", f"published on {record.published.text}, before its as-at date", "correct one of the two")
    if record.supersedes and record.supersedes not in {one.id for one in editions if one.order < edition.order}:
        known = ", ".join(one.id for one in editions if one.order < edition.order) or "none"
        add("supersedes", f"no earlier edition '{record.supersedes}'", f"earlier editions: {known}")
    if record.number > 1 and not (record.note and record.supersedes):
        add("number", "a correction says what it mends and which edition it supersedes", "add note: and supersedes:")
    return problems
