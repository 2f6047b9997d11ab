"""Layouts of record pages: what they must hold, what they write, and what a page may no longer write itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.calls.layouts import load_layouts
from macros.components.citing import expand_page
from macros.schema import KINDS
from macros.site.loading import Site
from tests.conftest import Alter
from tests.unit.test_macros import view_of

END = "## Connections\n\n{{ related() }}\n\n## Sources\n\n{{ sources() }}\n"
# What docs/one.md of the small tree wrote before there were layouts, from its facts on.
BY_HAND = """{{ facts() }}

## Deadline and state

{{ deadlines() }}

## What it means for you

{{ meaning() }}

## What is unclear

{{ questions() }}

## Connections

{{ related() }}

## Sources

{{ sources() }}
"""
BY_LAYOUT = "{{ opening() }}\n\n{{ part('deadlines') }}\n\n{{ ending() }}\n"

SOURCES = b"## Sources\n\n{{ sources() }}\n"

Load = Callable[..., list[str]]


@pytest.fixture
def load(tmp_path: Path, small: Site) -> Load:
    """Returns a function that reads a layout with this text, and gives what is wrong with it."""

    def read(text: str, name: str = "record.md") -> list[str]:
        folder = tmp_path / "overrides" / "layouts"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "record.md").write_text(END, encoding="utf-8")
        (folder / name).write_text(text, encoding="utf-8")
        return [f"{one.path}:{one.line}:{one.column}: {one.message}" for one in load_layouts(small.catalog, folder)[1]]

    return read


def test_every_kind_with_pages_of_its_own_has_a_layout_with_its_facts(small: Site) -> None:
    layouts, problems = load_layouts(small.catalog)
    assert problems == []
    assert {kind for kind, model in KINDS.items() if model.own_page} <= layouts.keys()
    for kind, layout in layouts.items():
        assert [part.name for part in layout.parts[-2:]] == ["related", "sources"], kind
        assert kind == "audience" or [part.name for part in layout.opening] == ["facts"], kind


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("## Sources\n\n{{ sources() }}\n", "3:1: related() is missing: every record's own page has it"),
        ("## Connections\n\n{{ related() }}\n", "3:1: sources() is missing: every record's own page has it"),
        ("## S\n\n{{ sources() }}\n\n## C\n\n{{ related() }}\n", "7:1: sources() is not the last part"),
        (f"{{{{ facts() }}}}\n\n{{{{ facts() }}}}\n\n{END}", "3:4: a second part 'facts'"),
        (f"## A\n\n## B\n\n{{{{ facts() }}}}\n\n{END}", "1:1: '## A' cannot be in a layout"),
        (f"Words of its own.\n\n{END}", "1:1: 'Words of its own.' cannot be in a layout"),
        (f"{END}\n## Last\n", "7:1: nothing is below 'Last'"),
        (f"## A\n\n{{{{ facts() }}}}\n\n{{{{ questions() }}}}\n\n{END}", "5:4: a second call below a heading"),
        (f"{{{{ ending() }}}}\n\n{END}", "1:4: ending() is no part of a layout"),
        (f"{{{{ factz() }}}}\n\n{END}", "1:4: no macro 'factz'"),
    ],
)
def test_a_layout_without_what_is_demanded_is_refused(load: Load, text: str, said: str) -> None:
    assert load(text) == [f"overrides/layouts/record.md:{said}"]


def test_a_layout_with_a_character_that_is_not_shown_is_refused_and_not_read_on(load: Load) -> None:
    (said,) = load(f"nothing of a layout\x07\n\n{END}", "term.md")
    assert said.startswith("overrides/layouts/term.md:1:20: a character that no text needs: U+0007")


def test_a_layout_that_cannot_be_read_is_broken_and_others_are_whole(small: Site, tmp_path: Path) -> None:
    folder = tmp_path / "overrides" / "layouts"
    folder.mkdir(parents=True)
    texts = {
        "term": b"\xff",
        "event": b"{{ factz() }}",
        "figure": b"## Sources\n\n{{ sources() }}\n",
        "party": END.encode(),
    }
    for name, text in texts.items():
        (folder / f"{name}.md").write_bytes(text)
    layouts, problems = load_layouts(small.catalog, folder)
    assert {name: layout.broken for name, layout in layouts.items()} == {
        "event": True,
        "figure": True,
        "party": False,
        "term": True,
    }
    assert [part.name for part in layouts["figure"].parts] == ["sources"]
    assert layouts["event"].parts == layouts["term"].parts == ()
    missing = problems[-1]
    assert (missing.path, missing.line, missing.column) == ("overrides/layouts/record.md", 1, 1)
    assert missing.message == "the layout of records without one of their kind is missing"


def test_a_layout_begins_with_what_has_no_heading_and_names_its_parts(small: Site, tmp_path: Path) -> None:
    folder = tmp_path / "overrides" / "layouts"
    folder.mkdir(parents=True)
    opening = "{{ facts() }}\n\n{{ related('term/wording') }}\n\n##  When  \n\n{{ deadlines() }}\n\n"
    (folder / "record.md").write_text(f"{opening}{END}", encoding="utf-8")
    layouts, problems = load_layouts(small.catalog, folder)
    assert problems == []
    layout = layouts["record"]
    assert [(one.name, one.heading, one.macro) for one in layout.opening] == [
        ("facts", "", "facts"),
        ("term/wording", "", "related"),
    ]
    assert [(one.name, one.heading) for one in layout.ending] == [
        ("deadlines", "When"),
        ("related", "Connections"),
        ("sources", "Sources"),
    ]
    assert layout.opening[1].values == {"record": "term/wording"}


def test_a_layout_is_that_of_a_kind(load: Load) -> None:
    assert load(END, "term.md") == []
    assert load(END, "provison.md") == ["overrides/layouts/provison.md:1:1: no kind of record 'provison'"]


def test_a_tree_with_a_wrong_layout_is_refused(
    small: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, alter: Alter
) -> None:
    """The check reads the layouts, wherever the pages are."""
    folder = tmp_path / "overrides" / "layouts"
    folder.mkdir(parents=True)
    (folder / "record.md").write_text("## Sources\n\n{{ sources() }}\n", encoding="utf-8")
    monkeypatch.setattr(load_layouts, "__defaults__", (folder,))
    assert not small.problems
    said = [one.message for one in alter({}).problems]
    assert said == ["related() is missing: every record's own page has it"], "pages are not at fault"


def test_a_page_says_by_its_layout_what_it_said_by_hand(small: Site, alter: Alter) -> None:
    """Numbers of sources, headings, blocks: the Markdown that the builder gets is the same."""
    by_hand = alter({"docs/one.md": (BY_LAYOUT, BY_HAND)})
    assert {one.message.partition(":")[0] for one in by_hand.problems} == {
        f"{name}() is in the layout of the page" for name in ("facts", "deadlines", "meaning", "questions", "related")
    }
    first, second = (
        re.sub(r"\n{2,}", "\n\n", expand_page(view_of(site, "one.md"))).strip() for site in (small, by_hand)
    )
    assert first == second
    assert first.count("## ") == 5


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("{{ opening() }}\n\n## Connections\n\n{{ ending() }}", "13:1: the heading 'Connections' is in the layout"),
        ("{{ ending() }}", "11:4: ending: the part 'facts' is missing above"),
        ("{{ opening() }}", "11:1: ending() is missing: a record's own page ends with it"),
        ("{{ opening() }}\n\n{{ opening() }}\n\n{{ ending() }}", "13:4: opening: it is on the page already"),
        ("{{ opening() }}\n\n{{ part('facts') }}\n\n{{ ending() }}", "13:10: part: the part 'facts' is on the page"),
        ("{{ opening() }}\n\n{{ part('fact') }}\n\n{{ ending() }}", "13:10: part: overrides/layouts/provision.md has"),
        ("{{ facts() }}\n\n{{ ending() }}", "11:4: facts() is in the layout of the page"),
        (
            "{{ opening() }}\n\n{{ part('deadlines') }}\n\n{{ part('meanin') }}\n\n{{ part('questions') }}\n\n"
            "{{ ending() }}",
            "15:10: part: overrides/layouts/provision.md has no part 'meanin'",
        ),
        ("{{ opening() }}\n\n{{ ending(without=['fact']) }}", "13:21: ending: overrides/layouts/provision.md has"),
        ("{{ opening() }}\n\n{{ part('meaning', heading='') }}\n\n{{ ending() }}", "13:4: part: 'heading' should be"),
        (
            "{{ opening() }}\n\n{{ part('deadlines') }}\n\n{{ part('questions') }}\n\n{{ part('meaning') }}\n\n"
            "{{ ending() }}",
            "17:10: part: the part 'meaning' comes before 'questions'",
        ),
        ("{{ opening() }}\n\n{{ part('meaning') }}\n\n{{ ending() }}", "15:4: ending: the part 'deadlines' is missing"),
        ("{{ opening() }}\n\n{{ questions() }}\n\n{{ ending() }}", "13:4: questions() is in the layout of the page"),
        ("{{ opening() }}\n\n{{ ending() }}\n\n{{ cite('report') }}", "15:4: cite: a source is cited below the list"),
    ],
)
def test_a_page_that_does_not_keep_to_its_layout_is_refused(alter: Alter, new: str, said: str) -> None:
    problems = alter({"docs/one.md": (BY_LAYOUT, f"{new}\n")}).problems
    assert [f"{one.line}:{one.column}: {one.message}"[: len(said)] for one in problems] == [said]


def test_a_page_without_a_record_has_no_layout(alter: Alter) -> None:
    problems = alter({"docs/lists.md": ("{{ sources() }}", "{{ ending() }}\n\n{{ sources() }}")}).problems
    assert [one.message for one in problems] == ["ending: the page is not a record's own"]
    assert problems[0].hint == "write record: in its header, or {{ sources() }} at its end"


def test_a_part_about_another_record_and_what_a_page_does_without(alter: Alter) -> None:
    """A call that says something else than the layout's is the page's own business."""
    site = alter(
        {
            "docs/two.md": (
                "{{ opening() }}\n\n{{ part('deadlines') }}\n\n{{ ending() }}",
                "{{ part('facts') }}\n\n## In doubt\n\n{{ part('questions', 'provision/one', heading=false) }}\n\n"
                "{{ related('provision/one') }}\n\n{{ ending(without=['deadlines']) }}",
            )
        }
    )
    assert not site.problems
    written = expand_page(view_of(site, "two.md"))
    assert re.findall("^## (.*)$", written, re.MULTILINE) == ["In doubt", "Connections", "Sources"]
    assert "We do not know." in written


def test_links_reach_the_headings_of_layouts(alter: Alter) -> None:
    change = {"docs/index.md": ("Read [the first paragraph](one.md)", "Read [the first](one.md#what-is-unclear)")}
    assert not alter(change).problems
    change = {"docs/index.md": ("Read [the first paragraph](one.md)", "Read [the first](two.md#what-is-unclear)")}
    assert [one.message for one in alter(change).problems] == ["docs/two.md has no heading '#what-is-unclear'"]
