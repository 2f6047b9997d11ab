"""Any two editions set side by side in the browser: the form that chooses them, and what is put together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

from macros.history.history import Changes, open_stage
from macros.machine.server import serve
from macros.store.edition import load_editions
from tests.site.guarding import keep_contexts, open_page
from tests.site.project import FIRST, SECOND, Project, page, text


@pytest.fixture(scope="module")
def served(made: Project) -> Iterator[str]:
    with serve(made.top / "site") as url, keep_contexts(url):
        yield url


@pytest.fixture
def tab(browser: Browser, served: str) -> Iterator[Page]:
    with open_page(browser, served) as one:
        yield one


def test_two_editions_that_follow_one_another_lead_to_their_page(tab: Page, served: str) -> None:
    tab.goto(f"{served}{FIRST}/changes/")
    expect(tab.locator("select[name=to]")).to_have_value(SECOND)
    tab.get_by_role("button", name="Compare").click()
    tab.wait_for_url(f"**/{SECOND}/changes/{FIRST}/")


def test_any_others_are_put_together_in_the_browser(made: Project, tab: Page, served: str) -> None:
    """The older edition is read as the later one here: it has no page of its own on that."""
    tab.goto(f"{served}latest/changes/")
    tab.locator("select[name=from]").select_option(SECOND)
    tab.locator("select[name=to]").select_option(FIRST)
    tab.get_by_role("button", name="Compare").click()
    expect(tab.locator(".cm-between__state")).to_contain_text("records and pages differ.")
    found = BeautifulSoup(tab.content(), "lxml").select_one(".cm-changes")
    assert found is not None

    first, second = (open_stage(one, made.top / ".cache") for one in load_editions(made.top, dt.date.max)[0])
    changes = Changes(second, first)
    assert {one.name for one in changes.records if one.status == "changed"}
    assert {one.page.title for one in changes.pages if one.status == "added"}
    assert {one.page.title for one in changes.pages if one.status == "removed"}
    for status in ("added", "removed"):
        names = {one.name for one in changes.records if one.status == status}
        names |= {one.page.title for one in changes.pages if one.status == status}
        heads = [one for one in found.select(".cm-verb") if one.get_text() == status.capitalize()]
        assert {li.get_text() for one in heads for li in one.find_next_sibling("ul").select("li")} == names  # type: ignore[union-attr]
    names = {one.name for one in changes.records if one.status == "changed"}
    names |= {one.page.title for one in changes.pages if one.status == "changed"}
    assert {one.get_text() for one in found.select(".cm-change h3")} == names
    said = text(found, ".cm-changed").replace("[-\u2060 ", "[-")
    for record in changes.records:
        for field in record.fields:
            if not field.worded:
                assert f"{field.label} {field.was} → became {field.becomes}" in said
    assert {"else"} <= {word for one in found.select(".cm-change del s") for word in one.get_text().split()}


@pytest.mark.parametrize(
    ("query", "says"),
    [
        (f"?from={FIRST}&to={FIRST}", "Choose two different editions."),
        (f"?from={FIRST}&to=2030-01-01", "There is no such edition."),
        ("", ""),
    ],
)
def test_what_cannot_be_compared_is_said(tab: Page, served: str, query: str, says: str) -> None:
    tab.goto(f"{served}between/{query}")
    expect(tab.locator(".cm-between__state")).to_contain_text(says)
    expect(tab.locator(".cm-changes")).to_be_hidden()


def test_without_script_the_steps_are_there(made: Project) -> None:
    found = page(made, "between")
    assert [a["href"] for a in found.select(".cm-points a")] == [f"../{SECOND}/changes/{FIRST}/"]
    assert "needs JavaScript" in found.get_text(" ")


def test_a_failed_request_can_be_tried_again(browser: Browser, served: str) -> None:
    tab = browser.new_page()
    tab.route(f"**/{FIRST}/compared.json", lambda route: route.abort())
    tab.goto(f"{served}between/?from={SECOND}&to={FIRST}")
    tab.get_by_role("button", name="Try again").wait_for()
    tab.unroute_all()
    tab.get_by_role("button", name="Try again").click()
    expect(tab.locator(".cm-between__state")).to_contain_text("differ.")
    tab.close()
