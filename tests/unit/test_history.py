"""The editions up to the one that is built: what was new in each, and the ways from one into another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from macros.history.history import History, Stage
from macros.schema.dates import PartialDate
from macros.schema.news import NewsItem
from macros.site.loading import Site
from tests.conftest import history_of
from tests.unit.test_words_and_ways import page_of

FIRST, SECOND = "2026-09-30", "2026-09-30.2"


@pytest.fixture
def editions(small: Site) -> History:
    return history_of(small, small)


@pytest.fixture
def draft(small: Site) -> History:
    return history_of(small, small, draft=True)


def test_a_stage_says_what_was_new_in_words(small: Site) -> None:
    item = NewsItem.model_validate({"date": "2026-09-01", "says": "We added [[term/wording|a word]]."})
    site = replace(small, catalog=replace(small.catalog, news=(item,)))
    assert Stage(None, site).news == [("September 1, 2026", "We added a word.")]
    assert Stage(None, small).news == []


def test_a_stage_is_dated_with_the_number_of_a_correction(editions: History, draft: History) -> None:
    assert [one.as_at for one in editions.stages] == ["September 30, 2026", "September 30, 2026, correction 1"]
    assert (draft.present.as_at, draft.present.record) == ("September 30, 2026", None)
    assert draft.present.page_set.as_at == "September 30, 2026"
    record = editions.stages[0].record
    assert record is not None
    assert record.title == "Number 1"


def test_the_words_of_a_stored_edition_are_those_that_were_kept(small: Site) -> None:
    kept = {"one.md": ["Said then."]}
    assert Stage(None, small, kept).page_set.words is kept
    assert "one.md" in Stage(None, small).page_set.words


def test_the_steps_go_from_the_newest_to_the_first(editions: History) -> None:
    steps = editions.steps()
    assert [stage for stage, _ in steps] == [editions.present, editions.stages[0]]
    assert [changes is None for _, changes in steps] == [False, True]
    assert editions.between(0, 1) is editions.between(0, 1), "compared once"
    assert (editions.between(0, 1).before, editions.between(0, 1).after) == tuple(editions.stages)
    assert editions.between(0, 1).counts == []
    assert editions.earlier == editions.stages[:1]
    more = History([*editions.stages, Stage(None, editions.present.site)])
    steps = more.steps()
    assert [changes and more.stages.index(changes.before) for _, changes in steps] == [1, 0, None]


def test_the_way_into_an_edition_leads_beside_this_one_and_never_from_a_draft(
    editions: History, draft: History
) -> None:
    first, second = editions.stages
    assert editions.way(second, "two/", "one/") == "../two/"
    assert editions.way(first, "two/", "one/") == f"../../{FIRST}/two/"
    assert editions.home(first, "term/wording", "one/") == f"../../{FIRST}/lists/#term-wording"
    assert editions.home(first, "term/none", "one/") is None
    assert editions.between_url(first, "one/") == f"../../between/?from={FIRST}&to={SECOND}"
    assert draft.way(draft.present, "two/", "one/") == "../two/"
    assert draft.way(draft.stages[0], "two/", "one/") is None
    assert draft.between_url(draft.stages[0], "one/") is None
    turned = History([draft.present, editions.present])
    assert turned.way(turned.stages[0], "two/", "one/") is None, "nor to one"
    assert turned.between_url(turned.stages[0], "one/") is None


def test_the_page_on_what_an_edition_changed_is_led_to_where_there_is_one(small: Site) -> None:
    pages = replace(small.pages, pages=(*small.pages.pages, page_of(f"changes/{FIRST}.md", "")))
    history = history_of(small, replace(small, pages=pages))
    assert history.page_since(history.present, FIRST, "one/") == f"../changes/{FIRST}/"
    assert history.page_since(history.present, "2026-08-31", "one/") is None
    assert history.page_since(history.stages[0], FIRST, "one/") is None


def test_what_changed_since_an_edition_is_told_while_there_is_that_edition(draft: History, editions: History) -> None:
    found = draft.since(FIRST)
    assert found is not None
    assert (found.before, found.after) == (draft.stages[0], draft.present)
    assert draft.since(SECOND) is None
    assert editions.since(SECOND) is None, "nothing changed since itself"


def test_a_record_that_was_there_from_the_beginning_says_so(small: Site) -> None:
    later = replace(small, catalog=replace(small.catalog, as_at=PartialDate("2026-10-31")))
    history = history_of(small, later, later)
    (moment,) = history.of_record("term/wording")
    assert (moment.stage, moment.change) == (history.stages[0], None)
