"""The exported files of the small tree, each read back by a library that did not write it."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import vobject  # type: ignore[import-untyped]
from jsonschema_rs import Draft202012Validator, meta
from pybtex.database import parse_string  # type: ignore[import-untyped]

from macros.catalog.catalog import Catalog, plain_words
from macros.configuration.config import PLACEHOLDER, read_config
from macros.exports.bibliography import export_bibliography
from macros.exports.calendar import export_calendar
from macros.exports.index import export_index
from macros.exports.overview import export_overview
from macros.exports.records import export_records, field_names
from macros.exports.schemas import export_schema
from macros.exports.tables import export_table
from macros.exports.vocabularies import export_vocabularies
from macros.outputs import OUTPUTS
from macros.pages.page import Page
from macros.schema import KINDS
from macros.schema.base import Record
from macros.schema.dates import PartialDate
from macros.site.loading import load_site
from macros.site.output import OutputContext, Reads
from macros.site.release import Release, create_release
from macros.store.files import list_files
from macros.tree import Tree
from tests.conftest import SPECIMENS

SITE = "https://site.example/latest/"
EDITION = "https://site.example/2026-09-30/"
MEETING = "deadline/meeting"
MEETING_UID = "17a39a3a-813e-5426-bc90-54695aad0474"  # for ever, on any host
NOWHERE = f"https://{PLACEHOLDER}/latest/"


@pytest.fixture(scope="module")
def release() -> Release:
    """Returns the small tree as a published edition."""
    published = PartialDate("2026-10-02")
    return open_at(SITE, name="2026-09-30", title="Second", published=published)


def open_at(site_url: str, **edition: Any) -> Release:
    """Returns the small tree, read from the disk, as an edition of the site at this address."""
    tree = Tree(SPECIMENS / "small")
    return create_release(load_site(tree), read_config(tree) | {"site_url": site_url}, **edition)


def changed(catalog: Catalog, key: str, new_id: str | None = None, **fields: object) -> Catalog:
    """Returns the catalog with one record changed, and renamed when another id is given."""
    old = catalog.get(key)
    record = old.model_copy(update=fields)
    record._id = new_id or old.id
    records: dict[str, Record] = {name: one for name, one in catalog.records.items() if name != key}
    return replace(catalog, records={**records, record.key: record}, _sorted={})


def entries(release: Release) -> list[Any]:
    calendar = vobject.readOne(export_calendar(release).decode())
    return list(calendar.contents.get("vevent", []))


@pytest.mark.parametrize("kind", KINDS)
def test_the_records_keep_to_their_schema(release: Release, kind: str) -> None:
    schema = export_schema(release, kind)
    meta.validate(schema)
    records = json.loads(json.dumps(export_records(release, kind)))
    assert len(records) == len(release.catalog.of_kind(kind)) > 0
    assert [error.message for error in Draft202012Validator(schema).iter_errors(records)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_field_hides_another_one(kind: str) -> None:
    names = field_names(kind)
    assert len(set(names)) == len(names)
    told = {name for name, field in KINDS[kind].model_fields.items() if not field.exclude}
    assert told < set(names)
    assert not {"publish_from", "review"} & set(names), "a file says nothing of what is for staff"


@pytest.mark.parametrize(
    ("field", "value"), [("due", "April 26, 2026"), ("state", "late"), ("certainty", None), ("clock", {}), ("more", 1)]
)
def test_the_schema_refuses_what_no_record_says(release: Release, field: str, value: object) -> None:
    records = export_records(release, "deadline")
    records[0][field] = value
    assert not Draft202012Validator(export_schema(release, "deadline")).is_valid(records)


def test_the_schema_refuses_a_record_without_a_field(release: Release) -> None:
    records = export_records(release, "deadline")
    del records[0]["due"]
    assert not Draft202012Validator(export_schema(release, "deadline")).is_valid(records)


def test_the_schema_says_what_a_choice_means(release: Release) -> None:
    certainty = export_schema(release, "term")["$defs"]["Certainty"]["oneOf"]
    assert {
        "const": "reported",
        "title": "reported",
        "description": "we know it from secondary reports only",
    } in certainty


def test_a_record_says_who_it_is_what_it_holds_and_what_is_computed(release: Release) -> None:
    meeting, undated = export_records(release, "deadline")
    assert meeting["key"] == MEETING
    assert meeting["home"] == f"{EDITION}lists/#deadline-meeting"
    assert meeting["clock"]["starts_on"] == "2025-10-28"
    assert (meeting["due"], meeting["state"]) == ("2026-04-26", "no-public-evidence")
    assert (undated["due"], undated["state"], undated["clock"]) == (None, "undated", None)
    provision = export_records(release, "provision")[0]
    assert provision["home"] == f"{EDITION}one/"
    assert provision["summary"] == "The first paragraph, on [[term/wording|a word]]."
    assert export_records(release, "source")[0]["url"] == "https://government.example/text"


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_has_a_row_for_each_record_and_a_column_for_each_field(release: Release, kind: str) -> None:
    content = export_table(release, kind)
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"[[" not in content
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[0] == field_names(kind)
    assert {len(row) for row in rows} == {len(rows[0])}
    assert [row[0] for row in rows[1:]] == [record.id for record in release.catalog.of_kind(kind)]


def test_a_table_is_flat(release: Release) -> None:
    def row(kind: str, record: str) -> dict[str, str]:
        rows = csv.DictReader(io.StringIO(export_table(release, kind).decode("utf-8-sig"), newline=""))
        return next(one for one in rows if one["id"] == record)

    provision = row("provision", "one")
    assert provision["summary"] == "The first paragraph, on a word."
    assert provision["actors"] == release.catalog.get("party/north").name
    assert provision["heading_in_text"] == "false"
    assert json.loads(provision["sources"]) == [{"id": "text", "pinpoint": "Section I, para. 1"}]
    assert row("deadline", "undated")["due"] == ""
    assert row("source", "report")["title"] == "報道"
    assert "e+" not in row("figure", "pledge")["amount"]


def test_lists_of_simple_values_are_joined(release: Release) -> None:
    catalog = changed(release.catalog, MEETING, provisions=["one", "two"])
    text = export_table(replace(release, catalog=catalog), "deadline").decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(text, newline="")))["provisions"] == "one; two"


def test_files_of_a_site_without_an_address_name_none() -> None:
    """An edition is kept for ever: it must not name a host that nobody has."""
    release = open_at(NOWHERE, name="2026-09-30", title="Second")
    meeting, _ = export_records(release, "deadline")
    assert meeting["home"] == "../lists/#deadline-meeting", "the way from the file"
    assert export_schema(release, "deadline")["$id"] == "deadline.schema.json"
    assert "](one/): " in export_overview(release)
    assert export_index(release)["address"] is None
    (entry,) = entries(release)
    assert (entry.uid.value, "url" in entry.contents) == (MEETING_UID, False)
    texts = [
        export_overview(release),
        export_calendar(release).decode(),
        json.dumps([export_index(release), *(export_records(release, kind) for kind in KINDS)]),
        *(export_table(release, kind).decode() for kind in KINDS),
    ]
    assert not any(PLACEHOLDER in text for text in texts)


def test_the_bibliography_has_every_source(release: Release) -> None:
    found = parse_string(export_bibliography(release), "bibtex").entries
    assert list(found) == ["report", "text"]
    text, report = found["text"], found["report"]
    assert text.fields["url"] == "https://government.example/text"
    assert text.fields["institution"] == "{A government}"
    assert (text.fields["year"], text.fields["date"]) == ("2025", "2025-10-28")
    assert text.fields["note"] == "primary, official, read in full; language: en"
    assert report.fields["title"] == "{報道 [A report]}"
    assert str(report.persons["author"][0]) == "Writer, A."
    assert "year" not in report.fields


def test_the_bibliography_escapes_what_tex_would_read(release: Release) -> None:
    url = "https://a.example/x_y?a=1&b=%20#z"
    catalog = changed(release.catalog, "source/text", title="50% of $1 & {more} \\ less_er #1", url=url)
    entry = parse_string(export_bibliography(replace(release, catalog=catalog)), "bibtex").entries["text"]
    assert entry.fields["url"] == url
    assert entry.fields["title"] == r"{50\% of \$1 \& (more) / less\_er \#1}"


def test_the_overview_leads_to_pages_and_files(release: Release) -> None:
    text = export_overview(replace(release, note="A note.", nav=["index.md", {"Part": ["one.md", {"In": ["two.md"]}]}]))
    assert text.startswith(f"# {release.site_name}\n\n> {release.site_description}\n\n")
    assert "Position as of September 30, 2026, published October 2, 2026. A note. General information" in text
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == [release.site_name, "Part", "Data", "Optional"]
    assert f"- [First]({EDITION}one/): The first paragraph." in text
    assert text.index("[First]") < text.index("## Data") < text.index("[Second]")
    known = {release.url(page.url) for page in release.pages.pages} | {
        release.url(path) for path in list_files(release.catalog)
    }
    links = re.findall(r"\]\(([^)]*)\)", text)
    assert set(links) <= known
    assert len(links) == 3 + len(list_files(release.catalog)) - 1


def test_the_index_says_what_the_edition_is(release: Release) -> None:
    index = export_index(release)
    assert (index["edition"], index["as_at"], index["published"]) == ("2026-09-30", "2026-09-30", "2026-10-02")
    assert (index["candidate"], index["draft"]) == (False, False)
    assert index["kinds"]["deadline"]["count"] == 2
    assert index["kinds"]["deadline"]["json"] == "data/deadline.json"
    assert index["content_use"] == release.content_use != ""
    candidate, draft = export_index(replace(release, published=None)), export_index(replace(release, name=""))
    assert (candidate["candidate"], candidate["published"]) == (True, None)
    assert (draft["candidate"], draft["draft"], draft["edition"]) == (False, True, None)


def test_the_index_says_only_what_is_known(release: Release) -> None:
    for release_now, said in (
        (replace(release, note="A note."), ("2026-09-30", "Second", "A note.")),
        (replace(release, name="", title=""), (None, None, None)),
    ):
        index = export_index(release_now)
        assert (index["edition"], index["title"], index["note"]) == said


def test_a_closed_list_is_written_without_what_is_empty(release: Release) -> None:
    lists = export_vocabularies(release.catalog.vocabularies)
    assert lists["topic"]["about"].startswith("The subject of a figure")
    choices = [row for one in lists.values() for row in one["choices"]]
    assert all(next(iter(row)) == "id" for row in choices)
    assert not [row for row in choices if {"", 0} & {value for value in row.values() if value is not None}]
    assert not [row for row in choices if "position" in row or row.get("short") == row["label"]]
    assert [row for row in choices if row.get("short")], "where it is another than the label"


def test_every_listed_file_is_written_and_no_other(release: Release, tmp_path: Path) -> None:
    context = context_of(release, tmp_path)
    written = {one.name: list(one.paths(context)) for one in OUTPUTS}
    assert len(written["brief"]) == 2
    assert "data/deadline/meeting.ics" in written["calendar"]
    unlisted = {"search", "cards", "moved"}  # for programs, and for those who come by an old address
    listed = sorted(path for name, paths in written.items() if name not in unlisted for path in paths)
    assert listed == sorted(list_files(release.catalog))
    assert listed == sorted(one["path"] for one in export_index(release)["files"])


def test_an_output_makes_the_files_that_it_names_and_the_same_each_time(release: Release, tmp_path: Path) -> None:
    made: dict[str, bytes] = {}
    for output in OUTPUTS:
        if Reads.articles not in output.reads:
            files = dict(output.make(context_of(release, tmp_path / "one")))
            assert list(files) == list(output.paths(context_of(release, tmp_path)))
            assert files == dict(output.make(context_of(open_again(release), tmp_path / "two")))
            assert not made.keys() & files.keys(), output.name
            made |= files


def context_of(release: Release, cache: Path) -> OutputContext:
    def read_article(page: Page) -> Any:
        raise AssertionError(f"{page.source} is not built")

    return OutputContext(release, "September 30, 2026", cache, read_article)


def open_again(release: Release) -> Release:
    """Returns the same release, read from the disk once more."""
    named = {name: getattr(release, name) for name in ("name", "title", "published")}
    return open_at(SITE, **named)


def test_links_become_words(release: Release) -> None:
    wording = release.catalog.get("term/wording").name
    text = "On [[term/wording|a word]], [[term/wording]] and [[provision/first]]."
    assert plain_words(release.catalog, text) == f"On a word, {wording} and I.1 First."
