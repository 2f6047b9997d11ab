"""Tables of plain Markdown: each cell knows its column, each row begins with its heading."""

from __future__ import annotations

import markdown
from bs4 import BeautifulSoup

from macros.building.cards import TableCards

TABLE = "| Mark | It *means* <b>x</b> | So |\n| --- | --- | --- |\n| yes | a text | it is there |\n| no | none | |\n"


def test_cells_have_the_heading_of_their_column() -> None:
    soup = BeautifulSoup(markdown.markdown(TABLE, extensions=["tables", TableCards()]), "lxml")
    assert [
        (cell.name, cell.get("scope"), cell.get("data-label")) for cell in soup.select("tbody tr")[0].select("*")
    ] == [
        ("th", "row", None),
        ("td", None, "It means x"),
        ("td", None, "So"),
    ]
    assert [cell["scope"] for cell in soup.select("thead th")] == ["col", "col", "col"]


def test_an_empty_cell_stays_empty() -> None:
    soup = BeautifulSoup(markdown.markdown(TABLE, extensions=["tables", TableCards()]), "lxml")
    last = soup.select("tbody tr")[1].select("td")[-1]
    assert (last.get_text(), last["data-label"]) == ("", "So")
