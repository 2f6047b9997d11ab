"""The pictures that stand for a page where its address is shared: what is on them, their names, their size."""

from __future__ import annotations

import dataclasses
import re
import struct
from pathlib import Path

import pytest

from macros.metadata.heading import annotate_page
from macros.metadata.social_cards import describe_card, draw_card, list_cards
from macros.schema.instruments import Instrument
from macros.site.loading import Site
from macros.site.release import Release, create_release
from tests.unit.test_annotating import CONFIG, place_of, written


@pytest.fixture
def release(small: Site) -> Release:
    return create_release(small, CONFIG, name="2026-09-30", title="Position")


def test_cards_are_the_same_each_time(release: Release, tmp_path: Path) -> None:
    cards = list_cards(release, "September 30, 2026")
    assert [card.path for card in cards] == [f"assets/cards/{name}.png" for name in ("home", "texts", "lists")]
    assert "Position as of September 30, 2026" in cards[0].words
    for card in cards:
        assert draw_card(card, tmp_path / "a") == draw_card(card, tmp_path / "b")


def test_a_card_says_of_what_it_is_in_words(release: Release) -> None:
    site = "Explained & more"
    home, texts = list_cards(release, "September 30, 2026")[:2]
    assert home.words == f"{site}. Position as of September 30, 2026. The Framework: non-binding."
    assert texts.words == f"{site}: Texts. Position as of September 30, 2026. The Framework: non-binding."
    catalog = release.catalog
    subject = catalog.one(Instrument, "framework")
    longer = subject.model_copy(update={"legal_character": "non-binding (Section II, para. 4)"})
    longer._id = subject.id
    catalog = dataclasses.replace(catalog, records={**catalog.records, longer.key: longer}, _sorted={})
    card = describe_card(dataclasses.replace(release, catalog=catalog), "September 30, 2026", "")
    assert card.character == "The Framework: non-binding", "the place in the source is for readers of the page"
    draft = describe_card(dataclasses.replace(release, name=""), "September 30, 2026", "")
    assert draft.dated == "Draft, as of September 30, 2026"
    nothing = dataclasses.replace(release.catalog, records={}, _sorted={})
    alone = describe_card(dataclasses.replace(release, catalog=nothing), "September 30, 2026", "")
    assert alone.words == f"{site}. Position as of September 30, 2026."


def test_a_card_has_the_size_that_its_page_says(release: Release, tmp_path: Path) -> None:
    place = place_of(release, "one.md")
    png = draw_card(place.card, tmp_path)
    assert struct.unpack(">II", png[16:24]) == (1200, 630)
    head = annotate_page(written(release, place), place)["head"]
    assert (head["card_width"], head["card_height"]) == ("1200", "630")
    assert (head["section"], head["published"], head["locale"]) == ("Texts", "", "en_US")
    assert head["card"] == "https://example.test/2026-09-30/assets/cards/texts.png"
    assert place_of(release, "index.md").section == ""


@pytest.mark.parametrize(
    ("title", "name"), [("China & the setting", "china-the-setting"), ("Énergie", "energie"), ("(What)", "what")]
)
def test_a_card_is_named_by_its_section(release: Release, title: str, name: str) -> None:
    assert describe_card(release, "", title).path == f"assets/cards/{name}.png"
    assert re.fullmatch(r"assets/cards/[0-9a-f]{8}\.png", describe_card(release, "", "資源").path)
