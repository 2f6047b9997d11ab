"""What changed: records field by field, texts word by word, the history of a record; always in the same order."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from macros.changes.comparing import RecordChange, compare_catalogs
from macros.changes.prose import PageChange, PageSet, compare_pages, write_prose
from macros.changes.redlining import Run, format_redline, redline_paragraphs, redline_words
from macros.changes.sections import divide_changes, fill_pages
from macros.configuration.config import Nav
from macros.site.loading import Site
from macros.store.files import CHANGES_PAGE
from macros.store.succession import add_change_pages
from tests.conftest import SPECIMENS, Alter, Edits, history_of

GROUP = {"data/institution/group.yml": ("summary: A body.", "summary: A standing body.")}
RENAMED: Edits = {
    "data/term/wording.yml": None,
    "data/term/words.yml": (
        "",
        (SPECIMENS / "small/data/term/wording.yml").read_text(encoding="utf-8") + "aliases: [wording]\n",
    ),
}


def said(changes: list[RecordChange]) -> dict[str, list[str]]:
    return {f"{change.key} {change.status}": [str(field) for field in change.fields] for change in changes}


@pytest.mark.parametrize(
    ("name", "old", "new", "key", "lines"),
    [
        (
            "question/doubt",
            "status: open",
            "status: debated",
            "question/doubt",
            ["Status: open -> debated"],
        ),
        (
            "deadline/meeting",
            "180 days",
            "90 days",
            "deadline/meeting",
            ["Due date: April 26, 2026 -> January 26, 2026", "Clock: length: [-180-] [+90+] days"],
        ),
        (
            "measure/control",
            "state: suspended",
            "state: in-force",
            "measure/control",
            ["State: suspended -> in force"],
        ),
        (
            "figure/share",
            "high: 9",
            "high: 10",
            "figure/share",
            ["Amount: about 8.6 to 9 per cent -> about 8.6 to 10 per cent"],
        ),
        (
            "series/imports",
            "[60, 60, ~]",
            "[60, 59, 1]",
            "series/imports",
            [
                "Rows “2024”: North: 60 million tonnes -> 59 million tonnes",
                "Rows “2024”: South: none found -> 1 million tonnes",
            ],
        ),
        (
            "party/north",
            "state: in-force",
            "state: deposited",
            "party/north",
            ["IPEF: ratifications “the older paper”: state: in force -> deposited"],
        ),
        (
            "term/wording",
            "pinpoint: passim",
            "pinpoint: page 1",
            "term/wording",
            ["Sources: A government, The text ([-passim-] [+page 1+])"],
        ),
        (
            "source/report",
            "date: not shown",
            "date: 2026-01",
            "source/report",
            ["Date: not shown -> January 2026"],
        ),
        (
            "person/leader",
            "party: north",
            "party: older-north",
            "person/leader",
            ["Party: North -> party/older-north"],
        ),
        (
            "instrument/framework",
            "place: Tokyo\n",
            "",
            "instrument/framework",
            ["Place: [-Tokyo-]"],
        ),
        (
            "institution/group",
            "  - {office: Minister, holder_at_signature: leader}",
            "  - {office: Minister, holder_at_signature: leader}\n  - {office: Envoy}",
            "institution/group",
            ["Leaders “Envoy”: [+office: Envoy+]"],
        ),
        (
            "provision/one",
            "[[term/wording|a word]]",
            "[[party/north|a word]]",
            "provision/one",
            ["Summary: The first paragraph, on a word ([-wording-] [+North+])."],
        ),
    ],
)
def test_each_changed_field_is_said_in_readers_words(  # noqa: PLR0917 - one line of the table each
    small: Site, alter: Alter, name: str, old: str, new: str, key: str, lines: list[str]
) -> None:
    later = alter({f"data/{name}.yml": (old, new)})
    assert said(compare_catalogs(small.catalog, later.catalog)) == {f"{key} changed": lines}


def test_nothing_changed_is_nothing(small: Site, alter: Alter) -> None:
    assert compare_catalogs(small.catalog, alter({}).catalog) == []


def test_the_state_of_a_deadline_is_that_at_each_date(small: Site, alter: Alter) -> None:
    earlier = alter({"data/catalog.yml": ("2026-09-30", "2026-03-31")})
    changes = said(compare_catalogs(earlier.catalog, small.catalog))
    assert changes == {"deadline/meeting changed": ["State: running -> due date passed; no public evidence found"]}


def test_a_part_that_is_new_or_gone_is_one_change(small: Site, alter: Alter) -> None:
    fact = "  - id: exit\n    label: Exit\n    value: By notice.\n    note: A note.\n"
    fact += "    certainty: reported\n    sources:\n      - {id: report}\n"
    without = alter({"data/instrument/framework.yml": (fact, "")})
    whole = "label: Exit; value: By notice.; note: A note.; certainty: reported; sources: A newspaper, A report"
    assert said(compare_catalogs(without.catalog, small.catalog)) == {
        "instrument/framework changed": [f"Facts “Exit”: [+{whole}+]"]
    }
    assert said(compare_catalogs(small.catalog, without.catalog)) == {
        "instrument/framework changed": [f"Facts “Exit”: [-{whole}-]"]
    }


def test_records_are_added_removed_and_renamed(small: Site, alter: Alter) -> None:
    later = alter({"data/figure/share.yml": None, **RENAMED})
    changes = compare_catalogs(small.catalog, later.catalog)
    assert said(changes) == {"term/words changed": ["Id: wording -> words"], "figure/share removed": []}
    assert changes[0].earlier == "term/wording", "what refers to it by the old id has not changed"
    back = compare_catalogs(later.catalog, small.catalog)
    assert [(one.key, one.status, one.earlier) for one in back if one.kind == "figure"] == [
        ("figure/share", "added", None)
    ]


def test_a_new_name_is_one_change_and_a_new_place_in_a_list_none(small: Site, alter: Alter) -> None:
    renamed = alter({"data/party/north.yml": ("title: North", "title: The North")})
    assert list(said(compare_catalogs(small.catalog, renamed.catalog))) == ["party/north changed"]
    moved = alter({"data/question/doubt.yml": ("position: 1", "position: 7")})
    assert compare_catalogs(small.catalog, moved.catalog) == []
    in_text = alter({"data/provision/two.yml": ("position: 2", "position: 3")})
    assert said(compare_catalogs(small.catalog, in_text.catalog)) == {"provision/two changed": ["Position: 2 -> 3"]}


def test_the_order_does_not_hang_on_how_records_were_read(small: Site, alter: Alter) -> None:
    later = alter({"data/figure/share.yml": None, **RENAMED, **GROUP}).catalog
    first = compare_catalogs(small.catalog, later)

    def turn(site: Site) -> Site:
        records = MappingProxyType(dict(reversed(list(site.catalog.records.items()))))
        return replace(site, catalog=replace(site.catalog, records=records))

    turned = replace(later, records=MappingProxyType(dict(reversed(list(later.records.items())))))
    assert compare_catalogs(turn(small).catalog, turned) == first
    assert [one.kind for one in first] == ["institution", "term", "figure"]


@pytest.mark.parametrize(
    ("before", "after", "redline"),
    [
        ("due in six months", "due in six months", "due in six months"),
        ("due in six months", "due in two months", "due in [-six-] [+two+] months"),
        ("a b", "a b c", "a b [+c+]"),
        ("a b c", "a b", "a b [-c-]"),
        ("", "all new", "[+all new+]"),
        ("all gone", "", "[-all gone-]"),
        ("", "", ""),
        ("日本の 枠組み", "日本の 合意", "日本の [-枠組み-] [+合意+]"),
        ("one ¶ two", "one ¶ three", "one ¶ [-two-] [+three+]"),
    ],
)
def test_words_are_aligned(before: str, after: str, redline: str) -> None:
    runs = redline_words(before, after)
    assert format_redline(runs) == redline
    for kind, text in (("removed", before), ("added", after)):
        assert "".join(run.text for run in runs if run.kind in ("kept", kind)).split() == text.split()


def test_paragraphs_are_aligned_before_their_words() -> None:
    before = ["The first says this and that.", "The second stays.", "The third leaves altogether now."]
    after = ["Another opening, of other stuff.", "The first says this and more.", "The second stays."]
    assert [format_redline(one) for one in redline_paragraphs(before, after)] == [
        "[+Another opening, of other stuff.+]",
        "The first says this and [-that.-] [+more.+]",
        "[-The third leaves altogether now.-]",
    ]
    assert redline_paragraphs(before, before) == []
    assert redline_paragraphs([], ["new"]) == [(Run("added", "new"),)]


def test_pages_are_added_removed_and_reworded(small: Site, alter: Alter) -> None:
    later = alter({"docs/buyers.md": None, "docs/new.md": ("", "---\ntitle: New\ndescription: New.\n---\n\nNew.\n")})
    foot = "Position as of {}."
    words = {"one.md": ["It says this.", foot.format("A")], "two.md": [foot.format("A"), "In 2 papers."]}
    before = PageSet(small.pages, words, "A")
    words = {"one.md": ["It says that.", foot.format("B")], "two.md": [foot.format("B"), "In 2 papers."]}
    after = PageSet(later.pages, words, "B")
    found = compare_pages(before, after)
    assert [(one.page.source, one.status) for one in found] == [
        ("new.md", "added"),
        ("buyers.md", "removed"),
        ("one.md", "changed"),
    ]
    assert [format_redline(one) for one in found[-1].paragraphs] == ["It says [-this.-] [+that.+]"]


def test_a_record_has_its_history(small: Site, alter: Alter) -> None:
    second = alter({**RENAMED, "data/figure/share.yml": None})
    third = alter({**RENAMED, **GROUP})
    history = history_of(small, second, third)
    term = history.of_record("term/words")
    assert [(one.stage.as_at, one.key, one.change and one.change.status) for one in term] == [
        ("September 30, 2026, correction 1", "term/words", "changed"),
        ("September 30, 2026", "term/wording", None),
    ]
    assert [one.change and one.change.status for one in history.of_record("institution/group")] == ["changed", None]
    assert [one.change and one.change.status for one in history.of_record("figure/share")] == ["added"]
    assert [one.stage.as_at for one in history.of_record("party/north")] == ["September 30, 2026"]
    since = history.since("2026-09-30")
    assert since is not None
    assert [one.key for one in since.records] == ["institution/group", "term/words"]
    assert history.since("2020-01-01") is None


def test_the_pages_on_changes_take_their_places(small: Site, tmp_path: Path) -> None:
    older = [stage.edition for stage in history_of(small, small).stages if stage.edition]
    nav: Nav = ["index.md", {"About": ["about.md", CHANGES_PAGE]}]
    assert add_change_pages(tmp_path, nav, older) == nav, "without a list of editions there are no pages"
    docs = tmp_path / "docs"
    shutil.copytree(SPECIMENS / "small" / "docs", docs)
    assert add_change_pages(docs, nav, []) == nav, "nor without an earlier edition"
    pages = ["changes/2026-09-30.2.md", "changes/2026-09-30.md"]
    placed: Nav = ["index.md", {"About": ["about.md", {"What changed": [CHANGES_PAGE, *pages]}]}]
    assert add_change_pages(docs, nav, older) == placed
    assert add_change_pages(docs, placed, older) == placed, "frozen anew"
    assert add_change_pages(docs, placed, older[:1])[1] == {
        "About": ["about.md", {"What changed": [CHANGES_PAGE, "changes/2026-09-30.md"]}]
    }
    assert sorted(one.name for one in (docs / "changes").iterdir()) == ["2026-09-30.md", "index.md"]
    assert add_change_pages(docs, [{"Mine": CHANGES_PAGE}], older[:1]) == [
        {"Mine": [CHANGES_PAGE, "changes/2026-09-30.md"]}
    ]


def test_what_authors_put_beside_the_list_of_editions_stays(small: Site, tmp_path: Path) -> None:
    older = [stage.edition for stage in history_of(small).stages if stage.edition]
    docs = tmp_path / "docs"
    shutil.copytree(SPECIMENS / "small" / "docs", docs)
    (docs / "changes" / "notes").mkdir()
    page = "changes/2026-09-30.md"
    mine: Nav = ["changes/notes.md", "other/2026-09-30.md", {"Mine": "a.md"}, {"Empty": []}, {"More": ["b.md", page]}]
    written: Nav = ["changes/2026-08-31.md", {"Since": [page, "changes/2026-09-30/term.md"]}]
    assert add_change_pages(docs, [CHANGES_PAGE, *written, *mine], older) == [CHANGES_PAGE, page, *mine]
    assert add_change_pages(docs, [{"Part": "a.md", "Changes": CHANGES_PAGE}], older) == [
        {"Part": "a.md", "Changes": [CHANGES_PAGE, page]}
    ]
    assert (docs / "changes" / "notes").is_dir()


def test_pages_that_show_a_part_of_the_changes_stand_below_the_first(small: Site, tmp_path: Path) -> None:
    older = [stage.edition for stage in history_of(small).stages if stage.edition]
    docs = tmp_path / "docs"
    shutil.copytree(SPECIMENS / "small" / "docs", docs)
    plan = [[("term", "terms"), ("event", "events")], [("pages", "pages")]]
    parts: Nav = ["changes/2026-09-30.md", "changes/2026-09-30/term.md", "changes/2026-09-30/pages.md"]
    listed: Nav = [CHANGES_PAGE, {"Since September 30, 2026": parts}]
    placed: Nav = [{"What changed": listed}]
    assert add_change_pages(docs, [CHANGES_PAGE], older, {"2026-09-30": plan}) == listed
    assert add_change_pages(docs, [{"About": [CHANGES_PAGE]}], older, {"2026-09-30": plan})[0] == {"About": listed}
    text = (docs / str(parts[1])).read_text(encoding="utf-8")
    assert 'title: "Since September 30, 2026: terms to events"' in text
    assert "{{ changes('2026-09-30', ['term', 'event']) }}" in text
    nav = add_change_pages(docs, placed, older)
    assert nav == [{"What changed": [CHANGES_PAGE, parts[0]]}], "frozen anew, with less to show"
    assert not (docs / "changes" / "2026-09-30").exists()


def test_many_changes_are_divided_among_pages(small: Site) -> None:
    page = small.pages.pages[0]
    words = (Run("added", "word " * 1000),)
    under = [replace(page, source=source) for source in ("a/x.md", "b/y.md", "top.md")]
    few = [PageChange(one, "changed", (words,)) for one in under]
    records = [RecordChange("term/one", "one", "added", None), RecordChange("event/two", "two", "removed", "event/two")]
    sections = divide_changes(records, few)
    assert [one.id for one in sections] == ["term", "event", "pages"]
    assert [one.counts for one in sections] == [[("added", 1)], [("removed", 1)], [("changed", 3)]]
    assert fill_pages(sections) == [sections]
    many = [PageChange(one, "changed", (words,) * 15) for one in under]
    sections = divide_changes(records, many)
    assert [(one.id, one.title) for one in sections[2:]] == [
        ("pages-top", "pages at the top"),
        ("pages-a", "pages under a/"),
        ("pages-b", "pages under b/"),
    ]
    assert [[one.id for one in page] for page in fill_pages(sections)] == [
        ["term", "event", "pages-top"],
        ["pages-a"],
        ["pages-b"],
    ]
    assert divide_changes([], []) == []


def test_the_prose_of_a_page_is_its_sentences_and_what_they_print(small: Site) -> None:
    prose = write_prose(small)
    assert prose["two.md"][:2] == ["Second", "It says something."], "no numbers of sources, no records"
    headings = ["Deadline and state", "What it means for you", "What is unclear", "Connections", "Sources"]
    assert prose["one.md"][2:] == headings, "of the layout's parts their headings, where they show something"
    assert prose["lists.md"][:2] == ["Lists", "As of September 30, 2026, due April 26, 2026."]


def test_each_item_and_row_is_a_paragraph_of_its_own(small: Site) -> None:
    text = "One **bold**\nline.\n\n- [a](b.md) c\n- d\n\n1. e\n2. f\n\n| A | B |\n| --- | --- |\n| g | h &amp; i |\n"
    pages = replace(small.pages, parts={page.source: [text] for page in small.pages.pages})
    words = write_prose(replace(small, pages=pages))["one.md"]
    assert words == ["One bold line.", "a c", "d", "e", "f", "A B", "g h & i"]
