"""From a kind's name its class, template, linked data and line in the brief are found by one rule."""

from __future__ import annotations

from dataclasses import fields

import pytest

from macros.brief.brief import LINES, Brief
from macros.metadata.nodes import DESCRIBERS, describe_record
from macros.schema import KINDS
from macros.site.loading import Site
from macros.site.release import create_release
from macros.tree import COMPONENTS
from tests.unit.test_briefing import CONFIG


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_a_class_and_a_template_of_its_name(kind: str) -> None:
    assert KINDS[kind].__name__ == kind.capitalize()
    assert (COMPONENTS / "kinds" / f"{kind}.html").is_file()


def test_no_template_is_of_a_kind_that_is_not_there() -> None:
    assert {path.stem for path in (COMPONENTS / "kinds").iterdir()} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_linked_data_of_a_kind_is_found_by_its_name(small: Site, kind: str) -> None:
    node = describe_record(create_release(small, CONFIG), small.catalog.of_kind(kind)[0])
    assert (node["@type"] == "Thing") == (kind not in DESCRIBERS)
    assert set(DESCRIBERS) <= set(KINDS)


def test_the_lines_of_a_kind_are_parts_of_the_brief() -> None:
    assert set(LINES) <= set(KINDS)
    assert {part for parts in LINES.values() for part in parts} <= {one.name for one in fields(Brief)}
