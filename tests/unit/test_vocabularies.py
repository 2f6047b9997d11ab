"""Closed lists as data: what is wrong with one is said at its place, records choose from them, editions keep them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.catalog.vocabularies import list_documents, load_vocabularies
from macros.exports.upgrades import lift_records
from macros.exports.vocabularies import export_vocabularies, restore_vocabularies
from macros.schema import VOCABULARIES
from macros.schema.choices import Choice, Vocabularies, Vocabulary
from macros.schema.context_vocabularies import Lane, Limit
from macros.schema.vocabularies import Certainty, SourceStanding
from macros.site.loading import Site
from macros.text.memory import Memory
from macros.tree import Tree
from tests.conftest import LISTS, ROOT, SPECIMENS, Alter

LANE, CERTAINTY = "data/vocabulary/lane.yml", "data/vocabulary/certainty.yml"
LIST = "about: A list.\nchoices:\n"


def said(site: Site) -> list[str]:
    return [str(one).replace("\n    hint:", " |") for one in site.problems]


def test_every_class_of_a_list_is_known_by_the_name_of_its_file() -> None:
    assert set(VOCABULARIES.values()) == set(Choice.__subclasses__())
    for tree in (ROOT, SPECIMENS / "small", SPECIMENS / "broken"):
        assert {path.stem for path in (tree / "data" / "vocabulary").iterdir()} == set(VOCABULARIES)


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        (
            {"data/event/fair.yml": ("lane: framework", "lane: framewrok")},
            ["data/event/fair.yml:{}:7: 'framewrok' is not a choice for 'lane' | did you mean 'framework'?"],
        ),
        (
            {LANE: ("  - id: ipef\n", "  - id: framework\n")},
            [f"{LANE}:6:9: duplicate id 'framework' | the first is on line 3: rename one"],
        ),
        (
            {CERTAINTY: ("  - id: derived\n", "  - id: inferred\n")},
            [f"{CERTAINTY}:3:3: 'derived' is missing | the programs act on it: take it back"],
        ),
        (
            {CERTAINTY: ("    label: verified\n", "    label: verified\n    weak: true\n")},
            [f"{CERTAINTY}:5:5: 'weak' is no key of this list | keys: id, label, meaning, label_ja, short"],
        ),
        (
            {CERTAINTY: ("    label: verified\n", "    lable: verified\n")},
            [f"{CERTAINTY}:4:5: unknown key 'lable' | did you mean 'label'?"],
        ),
        (
            {"data/vocabulary/seen.yml": None},
            ["data/vocabulary/seen.yml:1:1: the closed list is missing | take it back: records choose from it"],
        ),
        (
            {"data/vocabulary/lanes.yml": ("", LIST)},
            ["data/vocabulary/lanes.yml:1:1: no closed list 'lanes' | did you mean 'lane'?"],
        ),
        (
            {"data/vocabulary/topic.yml": ("    label: LNG\n    lane: energy\n", "    label: LNG\n    lane: enregy\n")},
            ["data/vocabulary/topic.yml:{}:11: 'enregy' is not a choice for 'lane' | did you mean 'energy'?"],
        ),
    ],
)
def test_one_fault_is_one_problem_at_its_place(
    alter: Alter, edits: dict[str, tuple[str, str] | None], expected: list[str]
) -> None:
    found = said(alter(edits))
    assert len(found) == len(expected), found
    for line, wanted in zip(found, expected, strict=True):
        assert re.fullmatch(re.escape(wanted).replace(r"\{\}", r"\d+"), line), line


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """Returns the folder of a copy of the small tree's closed lists."""
    folder = tmp_path / "data" / "vocabulary"
    shutil.copytree(SPECIMENS / "small" / "data" / "vocabulary", folder)
    return folder


def faults(lists: Path) -> Iterator[str]:
    for one in load_vocabularies(Tree(lists.parent.parent))[1]:
        yield f"{Path(one.path).name}:{one.line}:{one.column}: {one.message} | {one.hint}"


def test_a_tree_without_lists_is_one_problem(lists: Path) -> None:
    shutil.rmtree(lists)
    missing = "vocabulary:1:1: the folder of the closed lists is missing | take it back: records choose from it"
    assert list(faults(lists)) == [missing]
    lists.mkdir()
    assert list(faults(lists)) == [missing]


def test_each_missing_list_and_each_that_nobody_knows_is_said(lists: Path) -> None:
    (lists / "seen.yml").unlink()
    (lists / "basis.yml").rename(lists / "basis.yaml")
    (lists / "xyzzyx.yml").write_text(LIST, encoding="utf-8")
    back = "take it back: records choose from it"
    assert sorted(faults(lists)) == [
        "basis.yaml:1:1: no closed list 'basis' | did you mean 'basis'?",
        f"basis.yml:1:1: the closed list is missing | {back}",
        f"seen.yml:1:1: the closed list is missing | {back}",
        "xyzzyx.yml:1:1: no closed list 'xyzzyx' | a list needs a class in macros/schema/ first",
    ]
    assert set(load_vocabularies(Tree(lists.parent.parent))[0].lists) == set(VOCABULARIES) - {"seen", "basis"}


def test_a_choice_without_a_story_is_said_where_the_list_needs_one(lists: Path) -> None:
    path = lists / "topic.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    lane: energy\n", "", 1).replace("    lane: energy\n", "    lane: enregy\n", 1))
    first, second = faults(lists)
    allowed = ", ".join(one.value for one in LISTS.all(Lane))
    assert first.endswith(f": key 'lane' is missing | allowed: {allowed}")
    assert second.endswith(": 'enregy' is not a choice for 'lane' | did you mean 'energy'?")
    (lists / "lane.yml").unlink()
    assert list(faults(lists)) == ["lane.yml:1:1: the closed list is missing | take it back: records choose from it"]


def test_a_choice_that_is_written_twice_is_said_each_time_after_the_first(lists: Path) -> None:
    choices = "".join(f"  - id: {name}\n    label: {name}\n" for name in ("yes", "no", "yes", "yes"))
    (lists / "goods.yml").write_text(f"about: Goods.\nchoices:\n{choices}", encoding="utf-8")
    assert list(faults(lists)) == [
        f"goods.yml:{line}:9: duplicate id 'yes' | the first is on line 3: rename one" for line in (7, 9)
    ]


def test_a_choice_has_its_place_its_label_for_a_short_one_and_the_keys_of_its_list(lists: Path) -> None:
    loaded = load_vocabularies(Tree(lists.parent.parent))[0]
    standings = loaded.all(SourceStanding)
    assert [one.position for one in standings] == list(range(len(standings)))
    assert all(one.short for one in standings)
    assert {one.value: one.short for one in loaded.all(Certainty)}["verified"] == "verified"
    assert loaded.get(SourceStanding, "mirror").weak is True
    documents = list_documents(Tree(lists.parent.parent), Memory())
    assert [Path(one.path).stem for one in documents] == list(VOCABULARIES)
    (lists / "seen.yml").unlink()
    assert len(list_documents(Tree(lists.parent.parent), Memory())) == len(VOCABULARIES) - 1
    assert load_vocabularies(Tree(lists.parent.parent))[0].stamp != loaded.stamp


def test_a_choice_has_the_words_of_its_list_and_equals_what_programs_name(alter: Alter) -> None:
    site = alter({CERTAINTY: ("label: verified", "label: read by us")})
    lists = site.catalog.vocabularies
    assert str(lists.get(Certainty, Certainty.verified)) == "read by us"
    assert lists.get(Certainty, "verified") == Certainty.verified != Certainty.derived
    assert [one.value for one in lists.all(SourceStanding) if one.weak] == [
        "mirror",
        "aggregator",
        "partisan",
        "state-media",
    ]
    with pytest.raises(ValueError, match="has no words here"):
        str(Limit.up_to)


def test_an_edition_gives_its_lists_back() -> None:
    restored = restore_vocabularies(export_vocabularies(LISTS))
    assert {name: found.choices for name, found in restored.lists.items()} == {
        name: found.choices for name, found in LISTS.lists.items()
    }
    assert [vars(one) for one in restored.all(Lane)] == [vars(one) for one in LISTS.all(Lane)]


def test_a_choice_that_is_no_more_keeps_the_words_of_the_edition() -> None:
    earlier = Vocabularies({"lane": Vocabulary("Stories.", (Lane("framework", "old words"), Lane("gone", "a story")))})
    both = LISTS.extended(earlier)
    assert str(both.get(Lane, "gone")) == "a story"
    assert str(both.get(Lane, "framework")) == str(LISTS.get(Lane, "framework"))
    assert both.all(Lane)[:-1] == LISTS.all(Lane)


def test_persons_of_version_2_have_the_places_in_which_they_were_exported() -> None:
    lifted = lift_records({"person": [{"id": "b"}, {"id": "a"}], "term": [{"id": "c"}]}, 2)
    assert lifted == {"person": [{"id": "b", "position": 1}, {"id": "a", "position": 2}], "term": [{"id": "c"}]}
