"""The node of a paper for machines: what sort it is, and what happened on its day."""

from __future__ import annotations

import pytest

from macros.configuration.config import read_config
from macros.metadata.nodes import describe_paper
from macros.schema.instruments import Instrument
from macros.schema.vocabularies import InstrumentType
from macros.site.release import create_release
from macros.tree import Tree
from tests.conftest import LISTS, SPECIMENS, Alter

DATES = {"legislationDate", "dateCreated", "datePublished"}


@pytest.mark.parametrize(
    ("sort", "label", "node", "date"),
    [
        ("framework", "signed", "CreativeWork", "dateCreated"),
        ("framework", "issued", "CreativeWork", "dateCreated"),
        ("framework", "published", "CreativeWork", "datePublished"),
        ("framework", "", "CreativeWork", None),
        ("agreement", "signed", "Legislation", "legislationDate"),
        ("agreement", "published", "Legislation", "datePublished"),
        ("statute", "issued", "Legislation", "legislationDate"),
    ],
)
def test_the_day_of_a_paper_is_named_by_what_happened_then(
    alter: Alter, sort: str, label: str, node: str, date: str | None
) -> None:
    site = alter({})
    paper = site.catalog.one(Instrument, "framework")
    kind = LISTS.find(InstrumentType, sort)
    changed = paper.model_copy(update={"type": kind, "date_label": label})
    changed._id = paper.id
    release = create_release(site, read_config(Tree(SPECIMENS / "small")))
    said = describe_paper(release, changed)
    assert said["@type"] == node
    assert {name: said[name] for name in DATES & said.keys()} == ({date: "2025-10-28"} if date else {})
    assert ("legislationType" in said) == (node == "Legislation")
    assert ("genre" in said) == (node != "Legislation")
