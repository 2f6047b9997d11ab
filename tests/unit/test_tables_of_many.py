"""Many records set against one another: who is bound by what, which paper has which feature, what was so before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from macros.components import matrices
from macros.components.changing import render_history
from macros.components.registry import MacroError
from macros.components.relating import render_connections
from macros.schema.actors import Party
from macros.schema.context_vocabularies import Feature, RatificationState
from macros.schema.instruments import Instrument
from macros.site.loading import Site
from tests.conftest import LISTS, history_of
from tests.unit.test_citing import view_of
from tests.unit.test_macro_edges import copy_of, soup_of, view_with


def party_of(site: Site, name: str, *states: str) -> Party:
    """Returns a partner that has such a state for the older paper, the second one and so on; `-` for none."""
    north = site.catalog.one(Party, "north")
    assert north.ipef
    (cell,) = north.ipef.ratifications
    cells = [
        cell.model_copy(update={"agreement": agreement, "state": LISTS.get(RatificationState, state)})
        for agreement, state in zip(("older", "second"), states, strict=False)
        if state != "-"
    ]
    return copy_of(north, name, title=name.capitalize(), ipef=north.ipef.model_copy(update={"ratifications": cells}))


def test_partners_bound_by_most_come_first_then_those_with_a_deposit_then_by_name(small: Site) -> None:
    parties = [
        party_of(small, "alpha", "not-found", "-"),
        party_of(small, "beta", "-", "deposited"),
        party_of(small, "gamma", "in-force", "deposited"),
        party_of(small, "delta", "in-force", "in-force"),
        party_of(small, "aleph", "-", "-"),
    ]
    second = copy_of(small.catalog.one(Instrument, "older"), "second", short_title="the second paper")
    view = view_with(small, "lists.md", [*parties, second], without=["party"])
    soup = soup_of(view, "bound")
    rows = [[one.get_text(" ", strip=True) for one in row.select("th, td")] for row in soup.select("tbody tr")]
    assert [row[0] for row in rows] == ["Delta", "Gamma", "Beta", "Aleph", "Alpha"]
    assert rows[2][1:] == ["\u2013", "deposited Mar 2023"]
    assert [one.get_text() for one in soup.select("tfoot td")] == ["2 of 5", "1 of 5"]
    headings = [one.get_text(strip=True) for one in soup.select("thead th")]
    assert headings == ["Partner", "the older paper", "the second paper"]
    listed = soup_of(view, "ratifications").select("tbody tr")
    assert [row.select("th")[0].get_text(strip=True) for row in listed] == ["Aleph", "Alpha", "Beta", "Delta", "Gamma"]


def test_without_partners_there_is_nothing_to_draw(small: Site) -> None:
    view = view_with(small, "lists.md", [copy_of(small.catalog.one(Party, "north"), ipef=None)])
    with pytest.raises(MacroError, match="no party has an ipef: part"):
        soup_of(view, "bound")


def papers(site: Site, *names: str) -> list[Instrument]:
    older = site.catalog.one(Instrument, "older")
    return [copy_of(older, name, short_title=f"paper {name}") for name in names]


def test_the_columns_of_a_matrix_are_numbered_through_its_groups(small: Site) -> None:
    view = view_with(small, "lists.md", papers(small, "one", "two"))
    soup = soup_of(view, "matrix", {"First": ["older", "one"], "More": ["two"]})
    boxes = {str(one["value"]): str(one["id"]) for one in soup.select("fieldset input")}
    assert boxes == {"older": "column-1", "one": "column-2", "two": "column-3"}
    assert [str(one["value"]) for one in soup.select("fieldset input[checked]")] == ["older", "one"]
    assert soup.select("details .cm-count")[0].get_text() == "1"
    with pytest.raises(MacroError, match="'instrument/two' has features and is in no group"):
        soup_of(view, "matrix", {"First": ["older", "one"]})


def test_a_matrix_has_no_more_columns_than_the_style_sheet_knows(small: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    view = view_with(small, "lists.md", papers(small, "one"))
    monkeypatch.setattr(matrices, "COLUMNS", 2)
    assert soup_of(view, "matrix", {"All": ["older", "one"]}).select("tbody tr")
    monkeypatch.setattr(matrices, "COLUMNS", 1)
    with pytest.raises(MacroError, match="2 instruments are too many for 1 columns"):
        soup_of(view, "matrix", {"All": ["older", "one"]})


def test_a_history_is_told_where_something_changed_and_in_full_on_a_page_of_its_own(small: Site) -> None:
    question = small.catalog.get("question/doubt")
    records = {**small.catalog.records, question.key: copy_of(question, title="Was it so?")}
    before = replace(small, catalog=replace(small.catalog, records=records, _sorted={}, _indexes={}, _outgoing={}))

    def told(key: str, *, folded: bool, draft: bool = False) -> str:
        view = view_of(small, "lists.md")
        view.history = history_of(before, small, draft=draft)
        html = render_history(view, small.catalog.get(key), folded=folded)
        return " ".join(BeautifulSoup(html, "lxml").get_text(" ").split())

    assert told("term/wording", folded=False) == told("term/wording", folded=True) == "", "it is as it was"
    assert "changed" in told("question/doubt", folded=False)
    assert "changed" in told("question/doubt", folded=True)
    assert told("question/doubt", folded=True, draft=True) == "", "a draft has it on its page on changes"
    assert "changed" in told("question/doubt", folded=False, draft=True)
    alone = view_of(small, "lists.md")
    alone.history = history_of(small)
    assert render_history(alone, question, folded=False) == ""


def test_a_term_says_nothing_of_a_relation_that_is_told_already(small: Site) -> None:
    older = small.catalog.get("instrument/older")
    view = view_of(small, "lists.md")
    told = BeautifulSoup(render_connections(view, older, "related"), "lxml")
    assert [one.get_text() for one in told.select("a")].count("the Framework") == 1
    assert told.select(".cm-verb")[0].get_text() == "earlier than"
    without = BeautifulSoup(render_connections(view, older, "related", said={"comparison/both"}), "lxml")
    assert "Both papers" in {one.get_text() for one in told.select("a")}
    assert "Both papers" not in {one.get_text() for one in without.select("a")}
    sources = [one for one in told.select("a") if "#source-" in str(one["href"])]
    assert sources == [], "what it cites is no connection"


def test_features_stand_in_the_order_of_the_list(small: Site) -> None:
    view = view_with(small, "lists.md", papers(small, "one"))
    soup = soup_of(view, "features", ["older", "one"])
    assert len(soup.select("tbody tr")) == len(LISTS.all(Feature))
    assert [len(row.select("td")) for row in soup.select("tbody tr")] == [2] * len(LISTS.all(Feature))
