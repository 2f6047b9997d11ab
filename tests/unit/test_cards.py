"""Tables of plain Markdown: each part says what it is, each row begins with its heading."""

from __future__ import annotations

import markdown
from bs4 import BeautifulSoup

from macros.builder.responsive_tables import TableCards

TABLE = "| Mark | It *means* <b>x</b> | So |\n| --- | --- | --- |\n| yes | a text | it is there |\n| no | none | |\n"


def test_each_part_says_what_it_is_for_a_phone_sets_rows_otherwise() -> None:
    soup = BeautifulSoup(markdown.markdown(TABLE, extensions=["tables", TableCards()]), "lxml")
    row = soup.select("tbody tr")[0]
    assert [(cell.name, cell.get("scope"), cell["role"]) for cell in row.select("th, td")] == [
        ("th", "row", "rowheader"),
        ("td", None, "cell"),
        ("td", None, "cell"),
    ]
    assert [(cell["scope"], cell["role"]) for cell in soup.select("thead th")] == [("col", "columnheader")] * 3
    assert [part["role"] for part in soup.select("table, thead, tbody, tr")] == [
        *("table", "rowgroup", "row", "rowgroup", "row", "row")
    ]
    assert soup.select("table")[0]["class"] == ["cm-table", "cm-table--plain"]


def test_an_empty_cell_stays_empty() -> None:
    soup = BeautifulSoup(markdown.markdown(TABLE, extensions=["tables", TableCards()]), "lxml")
    assert soup.select("tbody tr")[1].select("td")[-1].get_text() == ""
