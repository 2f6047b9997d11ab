"""From home to an answer in at most two clicks, on a phone and on a wide screen, with and without script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.guarding import open_page


class Journey(NamedTuple):
    """What a reader wants to know; patterns of the links that they follow; words of the answer."""

    question: str
    clicks: tuple[str, ...]
    answer: str


JOURNEYS = (
    Journey("Can anyone enforce it?", ("Is it binding",), "has no binding force"),
    Journey("Was the six-month step taken?", ("What was due, and was it done",), "have found no public evidence"),
    Journey("Does a buyer get anything?", ("^Buyers of minerals and magnets",), "hands a buyer no tonne"),
    Journey("Is there a price floor?", ("Does it set price floors",), "No price floor is named"),
    Journey("Is LNG part of it?", ("Does it cover LNG or nuclear energy",), "has no provision on energy"),
    Journey("How does Japan get out?", ("How does either side leave",), "on the thirtieth day after receipt"),
    Journey("Since when is IPEF in force?", ("take effect",), "IPEF is not one treaty with one date"),
    Journey("How long is China's pause?", ("Until when are China.s controls paused",), "10 November 2026"),
    Journey("Who chose which projects?", ("Which projects were chosen",), "We know of no project"),
    Journey("What is the response group?", ("the glossary", "Rapid Response Group"), "describes as being"),
    Journey("What can stop a trade?", ("^Trading houses",), "What can stop or re-price a trade are export licences"),
    Journey("Is Australia's text the same?", ("How does it differ from Australia.s",), "text is mostly the firmer"),
)


@pytest.fixture(params=["phone", "phone without script", "wide", "wide without script"])
def tab(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """Yields a page of a reader's browser."""
    kind, _, scripts = request.param.partition(" ")
    width, height = (360, 740) if kind == "phone" else (1280, 800)
    with open_page(browser, address, width=width, height=height, java_script_enabled=not scripts) as page:
        page.set_default_timeout(5000)
        yield page


@pytest.mark.parametrize("journey", JOURNEYS, ids=[one.question for one in JOURNEYS])
def test_the_answer_is_at_most_two_clicks_from_home(tab: Page, address: str, journey: Journey) -> None:
    tab.goto(urljoin(address, "latest/"))
    assert len(journey.clicks) <= 2
    article = tab.locator("article")
    for words in journey.clicks:
        links = article.get_by_role("link", name=re.compile(words, re.IGNORECASE))
        links.locator("visible=true").first.click()
    answer = article.get_by_text(journey.answer).locator("visible=true").first
    expect(answer).to_be_in_viewport()
