"""The client brief and its sheets: what stands in them comes from the records, each statement with its note."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from pypdf import PdfReader

from macros.brief import typesetting
from macros.brief.brief import create_brief
from macros.brief.notes import MOST, Notes
from macros.brief.sentences import first_questions, first_sentences
from macros.brief.sheets import FULLEST, create_sheet
from macros.brief.typesetting import OUTPUT, fit_sheet, typeset_brief, typeset_sheet
from macros.catalog.catalog import plain_words
from macros.charts.drawing import read_palette, resolve_colours
from macros.configuration.publisher import Publisher
from macros.renames.records import rename_record
from macros.schema.actors import Audience
from macros.schema.base import Citation
from macros.schema.dates import PartialDate
from macros.schema.vocabularies import ImplicationType
from macros.site.loading import Site
from macros.site.output import OutputContext, write_files
from macros.site.release import Release, create_release
from macros.store.files import BRIEF, list_files, sheet_path
from macros.tree import Tree
from tests.conftest import Alter
from tests.copies import Copies

CONFIG = {
    "nav": ["index.md"],
    "site_url": "https://example.test/latest/",
    "site_name": "Explained & more",
    "site_description": "What it is.",
    "extra": {"notice": "No advice.", "content_use": "Share it whole."},
}
DATED = "September 30, 2026"


@pytest.fixture
def release(small: Site) -> Release:
    return create_release(small, CONFIG, name="2026-09-30", title="Position")


def statements(value: Any) -> Iterator[dict[str, Any]]:
    """Yields every statement of a brief, at any depth."""
    if isinstance(value, dict):
        if {"text", "note", "sure"} == set(value):
            yield value
        for inner in value.values():
            yield from statements(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from statements(inner)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One. Two.", "One."),
        ("By the U.S. Secretary of Energy. Then more.", "By the U.S. Secretary of Energy."),
        ("After No. 70 it ended. Two.", "After No. 70 it ended."),
        ("It says “so.” Two.", "It says “so.”"),
        ("Only\none", "Only one"),
        ("At 3.5 per cent. A rise.", "At 3.5 per cent."),
    ],
)
def test_where_the_first_sentence_ends(text: str, first: str) -> None:
    assert first_sentences(text) == first


def test_the_same_places_share_a_note_and_a_source_is_named_in_full_once(small: Site) -> None:
    notes = Notes(small.catalog)
    recital, paragraph = Citation(id="text", pinpoint="recital 1"), Citation(id="text", pinpoint="para. 2; whole text")
    assert [notes.cite([one]) for one in (recital, paragraph, recital)] == [1, 2, 1]
    first, second = notes.listed()
    assert [(one.first, one.pinpoint) for one in (first, second)] == [(0, "recital 1"), (1, "para. 2")]
    assert (first.title, first.kind) == (small.catalog.get("source/text").name, "")


def test_a_note_names_the_strongest_source_and_of_equals_one_that_is_named_already(small: Site) -> None:
    notes = Notes(small.catalog)
    report, text = Citation(id="report"), Citation(id="text", pinpoint="recital 1")
    assert [notes.cite([report]), notes.cite([report, text])] == [1, 2]
    assert [one.kind.split(", ")[0] for one in notes.listed()] == ["secondary", ""]
    assert notes.cite([Citation(id="text", pinpoint="recital 2"), text]) == 2


def test_rows_that_name_their_places_share_a_note(small: Site) -> None:
    notes = Notes(small.catalog)
    assert notes.cite_rows([[Citation(id="text", pinpoint=place)] for place in ("one", "two")]) == [1, 1]


def test_a_list_at_the_end_makes_no_note_beyond_the_last(small: Site) -> None:
    notes = Notes(small.catalog)
    for number in range(MOST):
        assert notes.fits([Citation(id="text", pinpoint=f"para. {number}")])
        notes.cite([Citation(id="text", pinpoint=f"para. {number}")])
    assert notes.fits([Citation(id="text", pinpoint="para. 3")])
    assert not notes.fits([Citation(id="text", pinpoint="para. 99")])


def test_it_says_nothing_that_the_records_do_not(release: Release) -> None:
    brief = asdict(create_brief(release, DATED))
    written = " ".join(str(record.model_dump(mode="json")) for record in release.catalog.records.values())
    known = " ".join(plain_words(release.catalog, written).split())
    found = list(statements(brief))
    assert found
    for one in found:
        assert one["text"].lower() in known.lower() or one["text"].startswith("Signed October 28, 2025"), one["text"]
        assert 1 <= one["note"] <= len(brief["notes"])


def test_the_values_are_those_of_the_records(release: Release) -> None:
    brief = create_brief(release, DATED)
    assert (brief.head.edition, brief.head.address) == ("2026-09-30", "https://example.test/2026-09-30/")
    assert brief.head.character == "Non-binding"
    assert brief.bottom is not None
    assert brief.bottom.signed is not None
    assert [(one.date, one.state, one.seen_until, one.readers) for one in brief.dates] == [
        ("April 26, 2026", "", "Aug. 21, 2026", ["Buyers"])
    ]
    assert brief.dates[0].said[0].sure == "not verified"
    assert [one.due for one in brief.deadlines] == ["April 26, 2026", ""]
    assert brief.around is not None
    ((control,),) = [side.controls for side in brief.around.sides]
    assert (control.state, control.until) == ("suspended", "until Nov. 10, 2026, by Announcement No. 2")
    ((agreement),) = brief.around.agreements
    assert (agreement.agreement, agreement.bound) == (release.catalog.get("instrument/older").name, "1 of 1")


def test_a_draft_has_no_address(release: Release) -> None:
    head = create_brief(replace(release, name=""), DATED).head
    assert (head.edition, head.address, head.state) == ("", "", "draft, not an edition")
    published = replace(release, published=PartialDate("2026-10-02"))
    assert create_brief(published, DATED).head.state == "published October 2, 2026"


def test_without_the_paper_that_it_explains_it_is_short(release: Release, alter: Alter) -> None:
    site = alter({"data/instrument/framework.yml": ("role: subject", "role: background")})
    brief = create_brief(replace(release, catalog=site.catalog), DATED)
    assert (brief.bottom, brief.text, brief.around, brief.questions) == (None, [], None, [])


def write(release: Release, folder: Path, cache: Path) -> None:
    write_files(OUTPUT.make(OutputContext(release, DATED, cache, lambda page: html.Element(page.url))), folder)


def test_it_is_the_same_each_time_and_kept(release: Release, tmp_path: Path) -> None:
    brief = create_brief(release, DATED)
    one, two = (typeset_brief(brief, tmp_path / name) for name in ("one", "two"))
    assert one == two
    assert one.startswith(b"%PDF")
    (kept,) = (tmp_path / "one" / "briefs").iterdir()
    kept.write_bytes(b"kept")
    write(release, tmp_path, tmp_path / "one")
    assert (tmp_path / BRIEF).read_bytes() == b"kept"
    written = {path.name for path in tmp_path.glob("*.pdf")}
    listed = list_files(release.catalog).values()
    assert written == {file.path for file in listed if file.media_type == "application/pdf"}


def test_the_sheet_of_readers_is_one_page_of_their_own_points(release: Release, tmp_path: Path) -> None:
    (audience,) = release.catalog.all(Audience)
    sheet = fit_sheet(release, audience, DATED)
    assert (sheet.title, sheet.summary, sheet.page) == ("Buyers", "Those who buy.", release.url(release.home(audience)))
    assert [(one.label, one.remark.title) for one in sheet.affects] == [("Risk", "A point")]
    assert sheet.bottom is not None
    assert sheet.bottom.signed is None
    assert fit_sheet(replace(release, name=""), audience, DATED).page == ""
    write(release, tmp_path, tmp_path)
    (page,) = PdfReader(tmp_path / sheet_path(audience)).pages
    assert "Prices may rise." in page.extract_text()


def fill(release: Release, **changed: object) -> Release:
    """Returns the release with forty more points for its readers, like the first but for what is changed."""
    (audience,) = release.catalog.all(Audience)
    point = release.catalog.get("implication/point")
    records = dict(release.catalog.records)
    references = list(release.catalog.incoming[audience.key])
    of_point = next(one for one in references if one.origin == point.key)
    for number in range(40):
        more = point.model_copy(update={"title": f"No. {number}" + " may rise, may fall" * 60, **changed})
        object.__setattr__(more, "_id", f"point-{number}")
        records[more.key] = more
        references.append(of_point._replace(origin=more.key))
    incoming = {**release.catalog.incoming, audience.key: tuple(references)}
    return replace(release, catalog=replace(release.catalog, records=records, incoming=incoming, _sorted={}))


@pytest.mark.parametrize(("fullness", "affects", "watch"), [(FULLEST, 7, 7), (5, 2, 3), (2, 1, 1), (1, 1, 1)])
def test_a_sheet_has_half_as_many_points_of_each_sort_as_it_is_full(
    release: Release, fullness: int, affects: int, watch: int
) -> None:
    (audience,) = release.catalog.all(Audience)
    assert len(create_sheet(fill(release), audience, DATED, fullness).affects) == affects
    watched = create_sheet(fill(release, type=ImplicationType.watch), audience, DATED, fullness)
    assert len(watched.watch) == watch


def test_a_sheet_that_is_too_full_has_less(release: Release, tmp_path: Path) -> None:
    (audience,) = release.catalog.all(Audience)
    full = fill(release)
    assert 1 < len(fit_sheet(full, audience, DATED).affects) < FULLEST // 2
    assert len(PdfReader(BytesIO(typeset_sheet(full, audience, DATED, tmp_path))).pages) == 1


def test_a_sheet_of_short_points_is_as_full_as_can_be(release: Release) -> None:
    (audience,) = release.catalog.all(Audience)
    for name in ("risk", "watch"):
        kind = release.catalog.vocabularies.get(ImplicationType, name)
        short = fill(release, title="It may rise", type=kind)
        assert fit_sheet(short, audience, DATED) == create_sheet(short, audience, DATED, FULLEST)


def test_who_publishes_stands_at_the_head_and_at_the_foot(release: Release, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0h9v9z'/></svg>"
    )
    publisher = Publisher(
        name="Firm & Co.", contact="mail@firm.test", address="firm.test", logo=str(tmp_path / "logo.svg")
    )
    write(replace(release, publisher=publisher), tmp_path, tmp_path)
    pdf = PdfReader(tmp_path / BRIEF)
    first, second = (page.extract_text() for page in pdf.pages[:2])
    assert first.count("Firm & Co.") == 2
    assert "Firm & Co. · mail@firm.test · firm.test" in second
    assert "Share it whole." in second
    assert pdf.metadata is not None
    assert pdf.metadata.author == "Firm & Co."


def test_a_sign_that_no_face_has_is_replaced_with_a_word(
    release: Release, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    brief = create_brief(release, DATED)
    odd = replace(
        brief, head=replace(brief.head, title="Signs 日本 \N{HANGUL SYLLABLE HAN} \N{THAI CHARACTER KO KAI} end")
    )
    text = PdfReader(BytesIO(typeset_brief(odd, tmp_path))).pages[0].extract_text()
    assert "Signs 日本 〓 〓 end" in text
    assert "\N{HANGUL SYLLABLE HAN}" in caplog.text


def test_the_face_for_japanese_has_its_letters_and_comes_with_its_license() -> None:
    folder = Path(typesetting.__file__).parent / "fonts"
    (face,) = folder.glob("*.otf")
    assert face.stat().st_size < 2_500_000
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Who? What? It says so.", "Who? What?"),
        ("It says so. Who?", "It says so."),
        ("Who?" + " What?" * 9, "Who? What?"),
    ],
)
def test_of_a_question_only_what_it_asks_is_said(text: str, asked: str) -> None:
    assert first_questions(text, 12) == asked


def test_colours_are_those_of_the_site_by_day() -> None:
    palette = read_palette()
    assert {"paper", "ink", "soft", "rule", "accent", "lane-framework", "warn"} <= set(palette)
    assert resolve_colours('fill="var(--cm-ink)"', palette) == f'fill="{palette["ink"]}"'
    with pytest.raises(KeyError):
        resolve_colours("var(--cm-nothing)", palette)


@pytest.mark.parametrize(("room", "taken"), [(0, "One."), (8, "One."), (9, "One. Two."), (99, "One. Two. Three.")])
def test_more_sentences_stand_where_there_is_room(room: int, taken: str) -> None:
    assert first_sentences("One. Two. Three.", room) == taken


SERIES = "data/series/shares.yml"
SHARES = """title: Shares
unit: percent
year: "2025"
basis: A count.
topic: lng
in_brief: 1
columns:
  - {title: Share}
rows:
  - {label: North, values: [60], sources: [{id: report}]}
  - {label: South, values: [40], sources: [{id: report}]}
certainty: reported
sources:
  - {id: report}
"""


def test_a_series_is_drawn_where_its_record_says_so_and_renaming_it_changes_nothing(
    alter: Alter, copies: Copies
) -> None:
    site = alter({SERIES: ("", SHARES)})
    tree = Tree(copies.taken[0])
    before = asdict(create_brief(create_release(site, CONFIG), DATED))
    assert [one["title"] for one in before["charts"]] == ["Shares, percent, 2025"]
    rename_record(tree, site, "series/shares", "series/parts").write()
    assert not (tree.root / SERIES).exists()
    renamed = copies.load(tree.root)
    assert renamed.problems == ()
    after = asdict(create_brief(create_release(renamed, CONFIG), DATED))
    assert json.dumps(after["charts"]).replace("parts", "shares") == json.dumps(before["charts"])
    assert after | {"charts": []} == before | {"charts": []}


def test_the_brief_draws_no_series_of_many_columns(alter: Alter) -> None:
    site = alter({"data/series/imports.yml": ("topic: lng\n", "topic: lng\nin_brief: 1\n")})
    assert [one.message for one in site.problems] == ["the brief draws one column, and the series has 3"]


@pytest.mark.parametrize("kind", ["event", "measure", "person", "party", "instrument", "provision", "deadline"])
def test_renaming_a_record_changes_no_word_of_the_brief(alter: Alter, copies: Copies, kind: str) -> None:
    site = alter({})
    tree = Tree(copies.taken[0])
    before = asdict(create_brief(create_release(site, CONFIG), DATED))
    record = site.catalog.of_kind(kind)[0]
    rename_record(tree, site, record.key, f"{kind}/zz-otherwise").write()
    after = asdict(create_brief(create_release(copies.load(tree.root), CONFIG), DATED))
    assert json.dumps(after).replace("zz-otherwise", record.id) == json.dumps(before)
