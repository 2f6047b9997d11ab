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
    Journey("Can anyone enforce it?", ("Not binding",), "has no binding force"),
    Journey("Was the six-month step taken?", ("What was due, and was it done",), "both dates have passed"),
    Journey("Does a buyer get anything?", ("^Buyers",), "gives buyers no supply"),
    Journey("Is there a price floor?", ("Does it set price floors",), "names no price floor"),
    Journey("Is LNG part of it?", ("Does it cover LNG or nuclear energy",), "has no provision on energy"),
    Journey("Is my mineral named?", ("Which minerals does it cover",), "No single mineral is named"),
    Journey("How long is China's pause?", ("When does China.s pause end",), "November 10, 2026"),
    Journey("What has been done since?", ("What has happened since",), "no step that calls itself a step under"),
    Journey("What is the response group?", ("the glossary", "Rapid Response Group"), "Rapid Response Group"),
    Journey("What can stop a trade?", ("^Trading houses",), "can stop a trade or change its price"),
    Journey("What else was signed?", ("Other documents of the day",), "three documents were signed"),
    Journey("Is it a contract?", ("The overview",), "not a contract"),
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
