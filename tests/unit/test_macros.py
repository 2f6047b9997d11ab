"""One test for each macro, on the small tree: what it prints, where it links, what it cites."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import markdown
import pytest
from bs4 import BeautifulSoup, Tag

from macros.calls.scanning import SYNTAX
from macros.components.citing import expand_page
from macros.components.page_context import PageContext
from macros.components.registry import MACROS, MacroError
from macros.components.relating import render_connections
from macros.components.timeline_entries import Moment, group_by_year
from macros.history.history import History
from macros.schema.context_vocabularies import Lane
from macros.schema.dates import PartialDate
from macros.schema.instruments import Instrument
from macros.schema.subjects import Implication, Question
from macros.site.loading import Site
from tests.conftest import SPECIMENS, Alter, history_of

Call = Callable[..., BeautifulSoup]


def view_of(site: Site, source: str, history: History | None = None) -> PageContext:
    """Returns a fresh view of a page of the small tree."""
    page = site.pages.at(source)
    assert page is not None
    return PageContext(site.catalog, site.pages, page, history=history)


def crowded(view: PageContext, kind: str) -> PageContext:
    """Returns the view of a page that is the home of seven more records of a kind."""
    more = {f"{kind}/more-{number}": view.page for number in range(7)}
    return replace(view, pages=replace(view.pages, entries={**view.pages.entries, **more}))


@pytest.fixture
def view(small: Site) -> PageContext:
    return view_of(small, "one.md")


@pytest.fixture
def call(view: PageContext) -> Call:
    """Returns a function that writes a macro into Markdown as the builder does, and parses the result."""

    def write(name: str, *args: Any, **kwargs: Any) -> BeautifulSoup:
        text = view.call(MACROS[name], *args, **kwargs)
        body = f"Before {text} after." if MACROS[name].inline else f"Before.\n{text}\nAfter."
        return BeautifulSoup(markdown.markdown(body, extensions=["attr_list", "tables"]), "lxml")

    return write


def links(soup: Tag) -> dict[str, str]:
    return {" ".join(a.get_text().split()): str(a["href"]) for a in soup.find_all("a")}


def words(soup: Tag) -> str:
    for block in soup.find_all(["li", "dt", "dd", "p", "th", "td", "sup"]):
        block.insert_after(" ")
    return " ".join(soup.get_text().replace("\u2060", "").split())


def test_every_macro_has_a_test_and_a_docstring_with_an_example() -> None:
    for name, macro in MACROS.items():
        assert f"test_{name}" in globals(), name
        assert f"{{{{ {name}(" in macro.summary, name


def test_digests(call: Call) -> None:
    assert "<!-- slot: digests -->" in str(call("digests")), "the frame puts them in"


def test_link(call: Call) -> None:
    assert links(call("link", "provision/two")) == {"I.1(a) Second": "../two/"}
    assert links(call("link", "provision/two", "the *second*")) == {"the *second*": "../two/"}
    assert links(call("link", "term/wording")) == {"wording": "../lists/#term-wording"}
    assert links(call("link", "provision/first")) == {}, "a page does not link to itself"


def test_cite(call: Call, view: PageContext) -> None:
    assert links(call("cite", "report")) == {"1": "#note-report"}
    assert links(call("cite", "text", "recital 1")) == {"2": "#note-text"}
    assert links(call("cite", "source/report")) == {"1": "#note-report"}, "a source keeps its number"
    with pytest.raises(MacroError, match="the pinpoint is missing"):
        view.call(MACROS["cite"], "text")


def test_value(call: Call, view: PageContext) -> None:
    assert "April 26, 2026" in words(call("value", "deadline/meeting", "due"))
    assert "Sunday" in words(call("value", "deadline/meeting", "weekday"))
    assert "no public evidence found" in words(call("value", "deadline/meeting", "state"))
    assert "By notice." in words(call("value", "instrument/framework", "exit"))
    assert "A Framework on <minerals> & more" in words(call("value", "instrument/framework", "title"))
    with pytest.raises(MacroError, match="has no 'duu'"):
        view.call(MACROS["value"], "deadline/meeting", "duu")
    with pytest.raises(MacroError, match="has no value for 'place'"):
        view.call(MACROS["value"], "instrument/older", "place")
    assert "up to 1,550 million marks" in words(call("value", "figure/pledge", "words"))
    assert "8.6 to 9 per cent" in words(call("value", "figure/share", "amount"))
    assert "about" not in words(call("value", "figure/share", "amount"))
    assert "180 days" in words(call("value", "deadline/meeting", "clock.length"))
    with pytest.raises(MacroError, match=r"has no 'clock.lenght'"):
        view.call(MACROS["value"], "deadline/meeting", "clock.lenght")
    with pytest.raises(MacroError, match="is a group of values"):
        view.call(MACROS["value"], "deadline/meeting", "clock")


def test_cell(call: Call, view: PageContext) -> None:
    assert "60.2 million tonnes" in words(call("cell", "series/imports", "2023", "North"))
    with pytest.raises(MacroError, match="has no row '2022'"):
        view.call(MACROS["cell"], "series/imports", "2022", "North")
    with pytest.raises(MacroError, match="has no column 'Nort'"):
        view.call(MACROS["cell"], "series/imports", "2023", "Nort")
    with pytest.raises(MacroError, match="has several columns"):
        view.call(MACROS["cell"], "series/imports", "2023")
    with pytest.raises(MacroError, match="has no value there"):
        view.call(MACROS["cell"], "series/imports", "2024", "South")


def test_count(call: Call, view: PageContext) -> None:
    assert "Before two after" in words(call("count", "figure"))
    assert "Before one after" in words(call("count", "figure", topic="energy"))
    with pytest.raises(MacroError, match="no kind of record 'figures'"):
        view.call(MACROS["count"], "figures")


def test_as_at(call: Call) -> None:
    assert "September 30, 2026" in words(call("as_at"))


def test_facts(call: Call, view: PageContext, small: Site) -> None:
    soup = call("facts")
    assert "The first paragraph, on a word." in words(soup)
    assert "intend" in words(soup)
    assert links(soup)["A meeting"] == "../lists/#deadline-meeting"
    assert "verified" not in words(soup), "a reading of a primary text bears no mark"
    assert view.notes["text"].pinpoints == ["Section I, para. 1"]
    chosen = call("facts", "instrument/framework", only=["exit"])
    assert "By notice." in words(chosen)
    assert "reported" in words(chosen)
    assert "Open-ended" not in words(chosen)
    home = view_of(small, "index.md").call(MACROS["facts"])
    assert "Open-ended" in home
    assert "&lt;minerals&gt; &amp; more" in home
    with pytest.raises(MacroError, match="has no fact 'nothing'"):
        view.call(MACROS["facts"], "instrument/framework", only=["nothing"])


def test_deadlines(call: Call) -> None:
    soup = call("deadlines")
    assert "October 28, 2025" in words(soup)
    assert "180 days" in words(soup)
    assert "Sunday" in words(soup)
    assert "no public evidence found" in words(soup)
    assert links(soup)["A fair"] == "../lists/#event-fair"
    assert "sets no date" in words(call("deadlines", "provision/two"))


def test_clocks(call: Call, view: PageContext) -> None:
    soup = call("clocks")
    bar = soup.select(".cm-clocks__bar")[0]
    assert (bar["x"], bar["width"]) == ("7.4%", "49.31%"), "October 28, 2025 to April 26, 2026, on twelve months"
    assert "as of September 30, 2026" in words(soup.select(".cm-clocks__now")[0])
    assert links(soup.select(".cm-clocks__undated")[0]) == {
        "What has no date": "../lists/#deadline-undated",
        "I.1(a)": "../two/",
    }
    cells = [words(cell) for cell in soup.select("tbody tr")[0].select("td")]
    assert cells[:3] == ["date of the Framework: October 28, 2025", "180 days", "April 26, 2026"]
    assert "no public evidence found" in cells[3]
    assert "August 21, 2026" in cells[3]
    assert "no date" in words(soup.select("tbody tr")[1])
    assert set(view.notes) == {"text", "report"}


def test_meaning(call: Call, view: PageContext) -> None:
    soup = call("meaning")
    assert "Prices may rise." in words(soup)
    assert "our reading" in words(soup)
    assert links(soup)["Buyers"] == "../buyers/"
    assert "Prices may rise." in words(call("meaning", audience="buyers"))
    assert "Prices may rise." in words(call("meaning", "instrument/framework"))
    assert "Prices may rise." in words(call("meaning", audience="buyers", type="risk"))
    assert "Prices may rise." not in words(call("meaning", audience="buyers", type="watch"))
    with pytest.raises(MacroError, match="no type of point 'wach'"):
        view.call(MACROS["meaning"], audience="buyers", type="wach")


def test_questions(call: Call) -> None:
    soup = call("questions")
    assert "We do not know." in words(soup)
    assert links(soup)["Is it so?"] == "../lists/#question-doubt"


def test_what_is_long_folds_and_says_its_first_sentence_without_a_link(view: PageContext) -> None:
    """Points, questions and facts alike: what the summary leaves out, links and sources among it, is in the fold."""
    text = "It rests on [[provision/two|No. 2]] alone. See [[instrument/older|the older paper]]."
    point = view.chosen_as("implication/point", Implication).model_copy(update={"statement": text})
    doubt = view.chosen_as("question/doubt", Question).model_copy(update={"wording": text})
    fact = view.chosen_as("instrument/framework", Instrument).facts[0].model_copy(update={"value": text})
    given = {"about": point, "typed": True, "own": False}
    for name, whole, few in (("meaning", point, 3), ("questions", doubt, 5), ("facts", fact, 8)):
        plural = "points" if name == "meaning" else name
        short = BeautifulSoup(view.render(name, **given, **{plural: [whole] * few}), "lxml")
        assert not short.select("details"), name
        assert "No. 2" in links(short), name
        long = BeautifulSoup(view.render(name, **given, **{plural: [whole] * (few + 1)}), "lxml")
        folds = long.select("details.cm-fold")
        assert len(folds) == few + 1, name
        for summary in long.select("summary"):
            assert "It rests on No. 2 alone." in words(summary), name
            assert "older" not in words(summary), name
            assert not summary.select("a"), name
        assert {"I.1(a) Second", "the older paper"} <= set(links(folds[0])), name
        assert folds[0].select(".cm-cites"), name
        if name == "facts":
            assert folds[0]["id"] == f"fact-{fact.id}"


def test_signposts(call: Call) -> None:
    soup = call("signposts", "question")
    assert links(soup)["Is it so?"] == "../lists/#question-doubt"
    assert words(soup.select("#question-doubt")[0]) == "Is it so? We do not know. open"
    assert "Prices may rise" not in words(call("signposts", "implication")), "its title says it"


def test_compare(call: Call) -> None:
    soup = call("compare", "comparison/both")
    assert [cell.get_text() for cell in soup.select("tbody tr > *")] == ["Money", "none", "some"]
    assert links(soup)["the Framework"] == "../"
    assert "our reading" in words(soup)


def test_silences(call: Call, view: PageContext) -> None:
    assert "No amount." in words(call("silences", "instrument/framework"))
    with pytest.raises(MacroError, match="has no silences"):
        view.call(MACROS["silences"], "instrument/older")


def test_entries(small: Site, view: PageContext) -> None:
    soup = BeautifulSoup(view_of(small, "lists.md").call(MACROS["entries"], "material"), "lxml")
    assert [entry["id"] for entry in soup.select("section.cm-entry")] == ["material-magnets"]
    assert soup.select("details.cm-entry") == [], "a short list stands open"
    assert soup.select("h3#material-magnets-name > a.headerlink") != []
    assert links(soup)["I.1(a) Second"] == "../two/"
    with pytest.raises(MacroError, match="have no 'colour'"):
        view.call(MACROS["entries"], "material", colour="red")
    with pytest.raises(MacroError, match="no record of the kind material fits"):
        view.call(MACROS["entries"], "material", type="stage")


def test_an_entry_of_a_long_list_is_closed_to_its_first_sentence(alter: Alter) -> None:
    said = "answer: Nothing in [[instrument/framework|the text]] binds. A law may. See [[provision/two]]."
    edit = "answer: No; see [[provision/one]].", said
    sure = "certainty: verified", "certainty: reported"
    site = alter({"data/answer/binding.yml": edit, "data/term/wording.yml": sure})
    lists = [crowded(view_of(site, "lists.md"), kind).call(MACROS["entries"], kind) for kind in ("answer", "term")]
    soup = BeautifulSoup("".join(lists), "lxml")
    (entry,) = soup.select("details.cm-entry#answer-binding:not([open])")
    summary, body = entry.select("summary")[0], entry.select(".cm-entry__body")[0]
    assert summary.select("h3#answer-binding-name") != []
    assert words(summary).endswith("Nothing in the text binds.")
    assert summary.select("a, sup") == [], "what opens an entry holds nothing else to press"
    assert body.select("p")[0].get_text().startswith("A law may. See I.1(a) Second.")
    assert "Nothing in the text binds" not in words(body), "it is said once"
    assert body.select(".cm-cites") != []
    assert body.select("a.headerlink")[0]["href"] == "#answer-binding"
    assert links(body)["the Framework"] == "../", "the link of the first sentence is kept"
    assert words(soup.select("#term-wording > summary")[0]).endswith("reported"), "a closed entry says how sure we are"
    assert "reported" not in words(soup.select("#term-wording > .cm-entry__body > p")[0])


def test_entries_stand_in_groups_and_letters_lead_to_them_where_they_are_many(small: Site, alter: Alter) -> None:
    def grouped(site: Site) -> BeautifulSoup:
        view = view_of(site, "lists.md")
        return BeautifulSoup(view.call(MACROS["entries"], "source", grouped_by="publisher"), "lxml")

    few = grouped(small)
    assert len(few.select("h3.cm-entries__group")) == 2
    assert len(few.select("h4[id^=source-]")) == 2
    assert few.select("h3[id^=source-], .cm-jumps") == []
    publishers = "Alpha", "alpine", "Beta", "7 Days", "Gamma", "(Delta)", "Zeta"
    report = (SPECIMENS / "small" / "data" / "source" / "report.yml").read_text(encoding="utf-8")
    made = {
        f"data/source/made-{number}.yml": ("", re.sub("publisher: .*", f'publisher: "{name}"', report))
        for number, name in enumerate(publishers)
    }
    many = grouped(alter({**made}))
    jumps = {a.get_text(): str(a["href"])[1:] for a in many.select(".cm-jumps a")}
    assert {"0-9", "A", "B", "D", "G", "Z"} <= jumps.keys()
    for letter, target in jumps.items():
        (head,) = many.select(f"h3[id='{target}']")
        assert letter in ("0-9", next(sign for sign in head.get_text() if sign.isalnum()).upper())
    assert jumps["B"] == "from-source-made-2"
    with pytest.raises(MacroError, match="has no 'colour'"):
        view_of(small, "lists.md").call(MACROS["entries"], "source", grouped_by="colour")


def test_index(call: Call, view: PageContext) -> None:
    assert links(call("index", "term", topic="law")) == {"wording": "../lists/#term-wording"}
    with pytest.raises(MacroError, match="no record of the kind term fits"):
        view.call(MACROS["index"], "term", topic="lng")


def test_table(call: Call, view: PageContext) -> None:
    soup = call("table", "provision", ["name", "verb", "parent"], heading="Second")
    assert [cell.get_text(strip=True) for cell in soup.select("thead th")] == ["Title", "Verb", "Parent"]
    assert [cell.get_text(strip=True) for cell in soup.select("tbody tr > *")] == [
        "I.1(a) Second",
        "intend",
        "I.1 First",
    ]
    assert [str(a["href"]) for a in soup.select(".cm-file a")] == ["../data/provision.csv"]
    assert not soup.select(".cm-table--long"), "no long text in its last column"
    assert call("table", "measure", ["name", "target", "covers"]).select("table")
    with pytest.raises(MacroError, match="have no 'colour'"):
        view.call(MACROS["table"], "provision", ["name"], colour="red")


def test_figures(small: Site, view: PageContext) -> None:
    lists = view_of(small, "lists.md")
    soup = BeautifulSoup(lists.call(MACROS["figures"], {"Money": "vehicle", "Imports": "energy"}), "lxml")
    assert [words(one) for one in soup.select(".cm-ledger__group th")] == ["Money 1", "Imports 1"]
    rows = soup.select("tbody tr.cm-entry")
    assert [row["id"] for row in rows] == ["figure-pledge", "figure-share"]
    first, second = ([words(cell) for cell in row.select(":scope > td")[:5]] for row in rows)
    assert first == ["up to", "1,550 million marks", "2025", "reported", "1"]
    assert second == ["about", "8.6 to 9 per cent", "Dec. 2024", "reported", "1"]
    amount = rows[0].select_one(".cm-amount")
    assert amount is not None
    assert (amount["data-unit"], amount["data-size"]) == ("marks", "1550000000.0")
    fold = rows[1].select_one("details")
    assert fold is not None
    assert "Imports." in words(fold)
    assert links(fold)["the Framework"] == "../", "what it is about is among its connections"
    with pytest.raises(MacroError, match="no record of the kind figure fits"):
        view.call(MACROS["figures"], {"Nothing": "nothing"})


def test_measures(small: Site, alter: Alter) -> None:
    soup = BeautifulSoup(view_of(small, "lists.md").call(MACROS["measures"]), "lxml")
    row = soup.select_one("tr#measure-control")
    assert row is not None
    assert "pause ends Nov. 10, 2026" in words(row), "the day has not come"
    assert not soup.select("fieldset"), "one measure needs no narrowing"
    control = "data/measure/control.yml"
    added = (
        "state: suspended",
        "goods: [graphite, rare-earths]\napplies_to: [every-country, military]\nstate: suspended",
    )
    soup = BeautifulSoup(view_of(alter({control: added}), "lists.md").call(MACROS["measures"]), "lxml")
    boxes = {words(label): label.input["value"] for label in soup.select("label") if label.input}
    assert boxes == {
        "All": "0",
        "Rare earths 1": "1",
        "Graphite 1": "2",
        "Every country 1": "1",
        "Japan 1": "2",
        "The United States 1": "3",
        "Military users 1": "4",
    }
    row = soup.select_one("tr#measure-control")
    assert row is not None
    assert [row[f"data-facet-{one}"] for one in (1, 2, 3)] == ["2 1", "1 4 2 3", "1"]


def test_where_figures_and_measures_are_printed_is_their_home(small: Site, alter: Alter) -> None:
    lists = "docs/lists.md"
    tables = alter({lists: ("{{ entries('measure') }}", "{{ measures() }}")})
    assert tables.problems == ()
    assert tables.pages.home("measure/control") == small.pages.home("measure/control") == "lists/#measure-control"
    twice = alter(
        {lists: ("{{ entries('figure') }}", "{{ entries('figure') }}\n\n{{ figures({'Money': 'vehicle'}) }}")}
    )
    assert [one.message for one in twice.problems] == ["'figure/pledge' is printed in full already"]


def test_a_measure_of_which_the_end_has_passed_was_set_to_end(small: Site, alter: Alter) -> None:
    def said(site: Site) -> str:
        return words(BeautifulSoup(view_of(site, "lists.md").call(MACROS["entries"], "measure"), "lxml"))

    assert "to November 10, 2026, by its terms" in said(small)
    later = alter({"data/catalog.yml": ("as_at: 2026-09-30", "as_at: 2026-12-01")})
    assert ", set to end November 10, 2026, by its terms" in said(later)


def test_structure(call: Call) -> None:
    soup = call("structure")
    nested = soup.select("ul ul li")
    assert ["I.1(a) Second" in words(li) for li in nested] == [True]
    assert "180 days" in words(soup)


def test_anatomy(call: Call) -> None:
    soup = call("anatomy")
    boxes = {words(box) for box in soup.select(".cm-anatomy__whole .cm-anatomy__box")}
    assert any(one.startswith("I.1(a) Second") for one in boxes), "a point stands within its paragraph"
    assert any("180 days, due April 26, 2026" in one for one in boxes)
    assert links(soup)["Second"] == "../two/"
    assert "none is a legal category" in words(soup.select("figcaption")[0])


def test_timeline(call: Call, view: PageContext, small: Site) -> None:
    soup = call("timeline")
    dates = [moment.select("time")[0]["datetime"] for moment in soup.select("li:has(time)")]
    assert dates == ["2026-04-26", "2026-03", "2025-10-28", "2025-04-04", "2023-03"], "newest first"
    boxes = {box["value"]: words(box.parent) for box in soup.select(".cm-lanes input") if box.parent}
    assert len(boxes) > 1
    for lane, label in boxes.items():
        assert label.endswith(f" {len(soup.select(f'li.cm-lane--{lane}'))}"), "each box says how many lines it governs"
    other = view_of(small, "one.md")
    assert "A fair" not in other.call(MACROS["timeline"], until="2025")
    other = view_of(small, "one.md")
    numbered = BeautifulSoup(other.call(MACROS["timeline"], sources="line"), "lxml")
    number = numbered.select(".cm-moment .cm-from a")[0]
    assert words(number) == "1"
    assert "sources/#source-" in str(number["href"]), "a number in a line leads to what we say of the source"
    assert not other.notes, "a source with a number in its line needs no note"
    with pytest.raises(MacroError, match="is not a date"):
        view.call(MACROS["timeline"], since="spring")
    with pytest.raises(MacroError, match="no way to show sources"):
        view.call(MACROS["timeline"], sources="lines")


def test_timeline_is_open_from_the_month_of_the_signing(call: Call, small: Site) -> None:
    soup = call("timeline")
    folded = {words(one.select("summary")[0]): one for one in soup.select("details.cm-earlier")}
    assert list(folded) == ["Earlier in 2025 1 entry", "2023 1 entry"]
    assert not [one for one in soup.select("details") if one.has_attr("open")]
    opened = [words(one).rstrip("¶") for one in soup.select("h2[id], h3[id]")]
    assert opened == [
        "2026 2 entries",
        "April 2026 1 entry",
        "March 2026 1 entry",
        "2025 2 entries",
        "October 2025 1 entry",
    ]
    for a in soup.select(".cm-years a"):
        target = soup.find(id=str(a["href"])[1:])
        assert isinstance(target, Tag)
        inside = target.find_parent("details")
        assert (target.name == "ol") == bool(inside), "what is folded has its address inside, so that it unfolds"
    before = view_of(small, "one.md").call(MACROS["timeline"], until="2024")
    assert not BeautifulSoup(before, "lxml").select("h3"), "a year that is folded whole has no months"


def test_the_newest_months_stay_open(small: Site) -> None:
    event = small.catalog.get("event/fair")
    dates = ["2026-03-02", "2026-03", "2026-01-05", "2026", "2025-10-29", "2025-10-28", "2025-09-30", "2024-01"]
    moments = [Moment(PartialDate(date), event, "meeting", "It met.", Lane("framework")) for date in dates]
    years = group_by_year(moments, dt.date(2025, 10, 1), most=4)
    assert [(one.number, len(one.months), len(one.earlier)) for one in years] == [
        (2026, 3, 0),
        (2025, 1, 1),
        (2024, 0, 1),
    ]
    months = [month for year in years for month in year.months]
    assert {month.date.text: month.folded for month in months} == {
        "2026-03": False,
        "2026-01": False,
        "2026": False,
        "2025-10": True,
    }
    assert [one for year in years for one in year.moments] == moments


def test_timeline_in_lanes(call: Call) -> None:
    soup = call("timeline")
    lines = {str(line["id"]): line for line in soup.select("li.cm-moment[id]")}
    for size in ("narrow", "wide"):
        marks = "".join(str(path["d"]) for path in soup.select(f".cm-drawing--{size} a path"))
        assert marks.count("M") == len(soup.select("li.cm-moment")), "each entry is one mark"
        leads = {str(a["href"])[1:] for a in soup.select(f".cm-drawing--{size} a")}
        assert leads == set(lines)
    for lane in soup.select(".cm-sheet > [class^=cm-lane]"):
        for a in lane.select("a"):
            assert set(lines[str(a["href"])[1:]]["class"]) & set(lane["class"]), "a stack leads to a line of its lane"
    assert "(a due date)" in words(soup.select("a[href='#framework-2026-04-26'] title")[0])
    assert words(soup.select("text.cm-scale__named")[0]) == "as of September 30, 2026"
    assert soup.select(".cm-picture")[0].find_parent(attrs={"data-words": "no"}), "no words of an edition change"
    assert not call("timeline", since="2026-04").select(".cm-picture"), "one lane needs no picture"
    with pytest.raises(MacroError, match="stands twice"):
        call("timeline")


def test_latest(call: Call, view: PageContext) -> None:
    shown = [words(item) for item in call("latest", 2).select("li")]
    assert [one.split(" ")[0] for one in shown] == ["March", "October"], "newest first; a due date has not happened"
    assert [words(item) for item in call("latest", 5, lane="ipef").select("li")] == []
    with pytest.raises(MacroError, match="no lane 'chin'"):
        view.call(MACROS["latest"], lane="chin")


def test_glance(call: Call) -> None:
    soup = call("glance")
    due = {words(one.select("dt")[0]): [words(dd) for dd in one.select("dd")] for one in soup.select("dl > div")}
    assert due == {"April 26, 2026": ["no public evidence found", "A meeting 1"]}
    new = [words(one) for one in soup.select("li")]
    assert new[0] == "March 2026: A fair"
    assert new[1].startswith("Oct. 28, 2025"), "newest first; no due date among it"
    assert [words(one) for one in call("glance", number=1).select("li")] == ["March 2026: A fair"]
    small_clock = soup.select("dt [aria-hidden=true]")[0]
    drawn = small_clock.find_all(True, recursive=False)
    (starts, width), (due, seen), (diamond, _), (as_at,) = [re.findall(r'="([\d.]+)%"', str(one))[:2] for one in drawn]
    assert 0 <= float(starts) < float(due) < float(as_at) <= 100
    assert float(starts) + float(width) == pytest.approx(float(due))
    assert (due, as_at) == (diamond, seen)


def test_the_news_are_short_on_home(alter: Alter) -> None:
    news = "news:\n  - date: 2026-09-01\n    says: It is long.\n    short: 'A [[provision/two|short]] one.'\n"
    news += "  - {date: 2026-08-01, says: No other.}\n"
    site = alter({"data/catalog.yml": ("as_at: 2026-09-30\n", f"as_at: 2026-09-30\n{news}")})
    soup = BeautifulSoup(view_of(site, "index.md").call(MACROS["glance"]), "lxml")
    assert [words(one) for one in soup.select("li")] == ["Sept. 1, 2026: A short one.", "Aug. 1, 2026: No other."]
    assert links(soup)["short"] == "two/"
    gone = alter({"data/catalog.yml": ("as_at: 2026-09-30\n", f"as_at: 2026-09-30\n{news.replace('/two', '/tow')}")})
    assert [(one.path, one.line, one.message) for one in gone.problems] == [
        ("data/catalog.yml", 5, "no record 'provision/tow'")
    ]


def test_roles(call: Call, alter: Alter) -> None:
    assert links(call("roles")) == {"Buyers": "../buyers/"}
    named = alter({"data/audience/buyers.yml": ("title: Buyers", "title: Those who buy\nshort_title: Buyers")})
    soup = BeautifulSoup(view_of(named, "index.md").call(MACROS["roles"]), "lxml")
    assert links(soup) == {"Buyers": "buyers/"}


def test_original(call: Call, view: PageContext) -> None:
    assert links(call("original", "text")) == {"The text": "https://government.example/text"}
    assert links(call("original", "source/text", "where *it* is")) == {
        "where *it* is": "https://government.example/text"
    }
    with pytest.raises(MacroError, match="'report' has no address"):
        view.call(MACROS["original"], "report")


def test_opening(view: PageContext) -> None:
    assert view.call(MACROS["opening"]) == replace(view, notes={}, called=[]).call(MACROS["facts"])
    with pytest.raises(MacroError, match="it is on the page already"):
        view.call(MACROS["opening"])


def test_part(call: Call, view: PageContext) -> None:
    soup = call("part", "meaning")
    assert "A point" in links(soup)
    assert "What it means for you" in soup.get_text()
    assert "What is unclear" not in call("part", "questions", heading=False).get_text()
    with pytest.raises(MacroError, match="the part 'deadlines' comes before 'meaning'"):
        view.call(MACROS["part"], "deadlines")


def test_ending(small: Site) -> None:
    """What has nothing to show is left out, unless the page asks for it."""
    view = view_of(small, "two.md")
    view.call(MACROS["opening"])
    view.call(MACROS["part"], "deadlines")
    assert "No point for companies" in view.call(MACROS["part"], "meaning")
    written = view.call(MACROS["ending"])
    assert re.findall("^## (.*)$", written, re.MULTILINE) == ["Connections", "Sources"]
    assert "No open question" not in written
    with pytest.raises(MacroError, match="the page is not a record's own"):
        view_of(small, "lists.md").call(MACROS["ending"])


def test_related(call: Call, small: Site) -> None:
    soup = call("related")
    assert {"A meeting", "Is it so?", "A point", "I.1(a) Second"} <= set(links(soup))
    assert "A point" not in links(call("related", without=["implication"]))
    with pytest.raises(MacroError, match="no kind of record 'implications'"):
        view_of(small, "one.md").call(MACROS["related"], without=["implications"])
    home = BeautifulSoup(view_of(small, "index.md").call(MACROS["related"]), "lxml")
    assert "later than" in words(home)
    assert "from the text" not in words(home), "what the text itself says bears no mark"
    older = BeautifulSoup(view_of(small, "lists.md").call(MACROS["related"], "instrument/older"), "lxml")
    assert "earlier than" in words(older), "a relation reads both ways"


def test_many_connections_fold_by_kind(view: PageContext) -> None:
    named = view.catalog.of_kind("provision")
    for times, folds in ((1, 0), (13, 2)):
        groups = [("provisions", named * times)]
        shown: dict[str, object] = {"connections": [], "groups": groups, "pages": [view.page]}
        shown["count"] = len(named) * times + 1
        soup = BeautifulSoup(view.render("related", **shown), "lxml")
        assert len(soup.select("details.cm-fold")) == folds
        assert "I.1(a) Second" in links(soup)
        listed = BeautifulSoup(view.render("connections", record=named[0], by_page=[], **shown), "lxml")
        assert [one["class"] for one in listed.select("details")] == [["cm-more"]], "an entry folds them once"


def test_very_many_connections_are_told_by_page(small: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    view = view_of(small, "lists.md")
    source = view.catalog.get("source/text")
    monkeypatch.setattr("macros.components.relating.MOST_NAMED", 3)
    listed = BeautifulSoup(render_connections(view, source, "connections"), "lxml")
    monkeypatch.setattr("macros.components.relating.MOST_NAMED", 1000)
    whole = BeautifulSoup(render_connections(view, source, "connections"), "lxml")
    assert [words(one) for one in listed.select("dt")] == ["On these pages, with the number of entries"]
    assert words(listed.select(".cm-count")[0]) == words(whole.select(".cm-count")[0]), "the count is of all"
    pages = {url.partition("#")[0] or "./" for url in links(whole).values()}
    assert {url.partition("#")[0] for url in links(listed).values()} == pages, "no page is lost"


def test_history_of_a_record(small: Site, alter: Alter) -> None:
    """Printed by `related`, and folded by `entries`."""
    earlier = alter({"data/question/doubt.yml": ("status: open", "status: debated"), "data/event/fair.yml": None})
    view = view_of(small, "one.md", history_of(earlier, small))
    own = BeautifulSoup(view.call(MACROS["related"]), "lxml").select(".cm-history[data-words=no]")
    assert own == [], "nothing is said where nothing changed"
    changed = BeautifulSoup(view.call(MACROS["related"], "question/doubt"), "lxml").select(".cm-history li")
    assert "In this edition: changed" in words(changed[0])
    assert "Status debated → became open" in words(changed[0])
    assert links(changed[1]) == {"In the edition as of September 30, 2026": "../../2026-09-30/lists/#question-doubt"}
    lists = view_of(small, "lists.md", history_of(earlier, small))
    folded = BeautifulSoup(lists.call(MACROS["entries"], "event"), "lxml").select("p.cm-history")
    assert [words(one) for one in folded] == ["Added in this edition."]
    alone = view_of(small, "one.md", history_of(small))
    assert "cm-history" not in alone.call(MACROS["related"]), "no other edition, no history"


def test_editions(call: Call, small: Site, alter: Alter) -> None:
    assert "no earlier edition" in words(call("editions"))
    other = alter({"data/event/fair.yml": None, "docs/buyers.md": None})
    index = view_of(small, "changes/index.md", history_of(other, small)).call(MACROS["editions"])
    soup = BeautifulSoup(index, "lxml")
    assert [words(one) for one in soup.select("h2")] == [
        "As of September 30, 2026, correction 1",
        "As of September 30, 2026",
    ]
    assert "Number 2. Candidate edition, not yet published; the edition you are reading." in words(soup)
    assert "as of September 30, 2026: 1 record added; 1 page added." in words(soup)
    assert links(soup) == {"As of September 30, 2026": "../../2026-09-30/"}
    draft = view_of(small, "changes/index.md", history_of(other, small, draft=True)).call(MACROS["editions"])
    assert "What this draft would change" in draft
    assert links(BeautifulSoup(draft, "lxml")) == {
        "Events": "#changed-event",
        "Pages": "#changed-pages",
        "A fair": "../lists/#event-fair",
        "Buyers": "../buyers/",
    }


def test_news(small: Site, alter: Alter) -> None:
    assert view_of(small, "one.md").call(MACROS["news"]).strip() == ""
    says = "news:\n  - {date: 2026-09-01, says: \"A [[provision/two|second]] thing 'happened'.\"}\n"
    site = alter({"data/catalog.yml": ("as_at: 2026-09-30\n", f"as_at: 2026-09-30\n{says}")})
    soup = BeautifulSoup(view_of(site, "one.md").call(MACROS["news"]), "lxml")
    (item,) = soup.select("li")
    assert words(item).startswith("September 1, 2026: A second thing \u2018happened\u2019.")
    assert links(soup) == {"second": "../two/", "1": "#note-text"}
    assert [one["data-at"] for one in soup.select(".cm-cites a")] == ["Section I, para. 1"], "its record's source"


def test_the_news_name_a_source_once_with_every_place(alter: Alter) -> None:
    says = 'news:\n  - {date: 2026-09-01, says: "On [[provision/two]], and on [[deadline/meeting]]."}\n'
    other = ("Section I, para. 1", "Section I, para. 9")
    site = alter(
        {"data/catalog.yml": ("as_at: 2026-09-30\n", f"as_at: 2026-09-30\n{says}"), "data/provision/two.yml": other}
    )
    soup = BeautifulSoup(view_of(site, "one.md").call(MACROS["news"]), "lxml")
    first, outcome = soup.select(".cm-cites a")
    assert first["data-at"] == "Section I, para. 9; Section I, para. 1"
    assert outcome["href"] == "#note-report", "what is known of the time since has sources too"


def test_changes(call: Call, small: Site, alter: Alter) -> None:
    assert "no earlier edition" in words(call("changes", "2026-08-31"))
    other = alter(
        {
            "data/question/doubt.yml": ("status: open", "status: debated"),
            "data/event/fair.yml": ("summary: Many met.", "summary: Many <b>met</b> there."),
            "data/term/spare.yml": ("", (SPECIMENS / "small/data/term/wording.yml").read_text(encoding="utf-8")),
        }
    )
    view = view_of(small, "changes/index.md", history_of(other, small))
    soup = BeautifulSoup(view.call(MACROS["changes"], "2026-09-30"), "lxml")
    assert soup.select_one(".cm-changes[data-words=no]")
    assert [one.get_text(" ", strip=True) for one in soup.select("h2")] == ["Terms 1", "Events 1", "Open questions 1"]
    event, question = soup.select(".cm-change")
    assert "Many removed: [-<b>met</b> there.-] added: [+met.+]" in words(event)
    assert [words(one) for one in event.select("del, ins")] == ["removed: [-<b>met</b> there.-]", "added: [+met.+]"]
    assert "Status debated → became open" in words(question)
    assert links(soup)["wording"] == "../../2026-09-30/lists/#term-spare", "what is gone stands in the older edition"
    assert "no earlier edition" in view.call(MACROS["changes"], "2020-01-01")
    part = BeautifulSoup(view.call(MACROS["changes"], "2026-09-30", ["event"]), "lxml")
    assert [one.get_text(" ", strip=True) for one in part.select("h2")] == ["Events 1"]


def test_changes_that_stand_on_another_page_are_led_to(alter: Alter) -> None:
    part = "---\ntitle: P\ndescription: D.\n---\n\n{{ changes('2026-09-30', ['event']) }}\n\n{{ sources() }}\n"
    now = alter({"docs/changes/2026-09-30/event.md": ("", part)})
    other = alter({"data/event/fair.yml": ("Many met.", "Few met."), "data/term/wording.yml": ("title: ", "title: a ")})
    view = view_of(now, "changes/index.md", history_of(other, now))
    soup = BeautifulSoup(view.call(MACROS["changes"], "2026-09-30"), "lxml")
    assert [one.get_text(" ", strip=True) for one in soup.select("h2")] == ["Terms 1"], "only what has no page"
    led = soup.select("#changed-event")[0]
    assert links(led) == {"Events": "2026-09-30/event/#changed-event"}
    assert "1 changed" in words(led)


def test_sources(call: Call, view: PageContext) -> None:
    call("cite", "text", "recital 1")
    call("cite", "text", "recital 2")
    call("cite", "report")
    soup = call("sources")
    notes = soup.select("ol > li")
    assert [note["id"] for note in notes] == ["note-text", "note-report"]
    assert "recital 1; recital 2" in words(notes[0])
    assert "date not shown" in words(notes[1])
    assert [cite["lang"] for cite in notes[1].find_all("cite")] == ["ja"]
    assert not soup.select("details"), "a short list stays open"
    with pytest.raises(MacroError, match="below the list of sources"):
        view.call(MACROS["cite"], "report")
    with pytest.raises(MacroError, match="stands twice"):
        view.call(MACROS["sources"])


def test_sources_say_what_the_terms_mean_that_another_page_explains(small: Site) -> None:
    for source, told in (("one.md", ["here-term-wording"]), ("lists.md", [])):
        view = view_of(small, source)
        view.call(MACROS["link"], "term/wording")
        soup = BeautifulSoup(view.call(MACROS["sources"]), "lxml")
        assert [part["id"] for part in soup.select(".cm-terms dl > div")] == told, source
        assert all(part["data-words"] == "no" for part in soup.select(".cm-terms"))


def test_ratifications(call: Call) -> None:
    soup = call("ratifications")
    assert [cell.get_text(" ", strip=True) for cell in soup.select("thead th")] == ["Partner", "the older paper"]
    assert links(soup)["North"] == "../lists/#party-north"
    assert "in force March 2023" in words(soup)


def test_chart(call: Call, view: PageContext) -> None:
    soup = call("chart", "series/imports", says="Imports fell", shape="columns")
    figure = soup.find("figure", id="picture-imports")
    assert isinstance(figure, Tag)
    assert "Imports fell" in words(figure)
    table = figure.find("table")
    assert isinstance(table, Tag)
    assert "not found" in words(table)
    assert [len(row.find_all(["th", "td"])) for row in table.find_all("tr")] == [5, 5, 5]
    drawings = figure.find_all("svg")
    assert [one["class"] for one in drawings] == [
        ["cm-drawing", "cm-drawing--narrow"],
        ["cm-drawing", "cm-drawing--wide"],
    ]
    for drawing in drawings:
        assert {"60.2", "2024", "North"} <= {one.get_text() for one in drawing.find_all("text")}
    assert "report" in view.notes
    with pytest.raises(MacroError, match="stands twice on this page"):
        view.call(MACROS["chart"], "series/imports", says="Again", shape="lines")
    with pytest.raises(MacroError, match="has several columns"):
        view.call(MACROS["chart"], "series/imports", says="Imports")
    with pytest.raises(MacroError, match="there is no shape 'pie'"):
        view.call(MACROS["chart"], "series/imports", says="Imports", shape="pie")
    with pytest.raises(MacroError, match="a record of the kind figure"):
        view.call(MACROS["chart"], "figure/share", says="A share")


def test_bound(call: Call, view: PageContext) -> None:
    soup = call("bound")
    assert [words(cell) for cell in soup.select("tbody td")] == ["in force Mar 2023"]
    assert [words(cell) for cell in soup.select("tfoot td")] == ["1 of 1"]
    assert links(soup)["North"] == "../lists/#party-north"
    assert "does not show that there was no deposit" in words(soup.select("figcaption")[0])
    assert set(view.notes) == {"report"}


def test_project_map(call: Call, view: PageContext) -> None:
    soup = call("project_map", says="One plant", topics=["lng"])
    figure = soup.find("figure", id="picture-projects")
    assert isinstance(figure, Tag)
    (drawing,) = figure.find_all("svg")
    (mark,) = drawing.find_all("a")
    assert mark["href"] == "../project/"
    assert mark["aria-label"] == "1: A plant"
    listed = figure.find("ol")
    assert isinstance(listed, Tag)
    assert words(listed) == "1 A plant Alaska"
    assert "approximate" in words(figure.find("table") or figure)
    assert "report" in view.notes
    with pytest.raises(MacroError, match="stands twice on this page"):
        view.call(MACROS["project_map"], says="Again", topics=["lng"])


def test_features(call: Call, view: PageContext) -> None:
    soup = call("features", ["older"])
    rows = {row.select("th")[0].get_text(strip=True): words(row.select("td")[0]) for row in soup.select("tbody tr")}
    assert rows["recycling"].startswith("yes")
    named = [str(a["aria-label"]) for a in soup.select('td a[href="#note-report"]')]
    assert named[0].endswith("page 2"), "a mark names its own source"
    assert rows["energy"].startswith("not seen")
    assert rows["permitting"] == "not seen", "what the record does not speak of is not a no"
    with pytest.raises(MacroError, match="has no features"):
        view.call(MACROS["features"], ["framework"])


def test_matrix(call: Call, view: PageContext) -> None:
    soup = call("matrix", {"A text": ["older"]})
    assert [box["value"] for box in soup.select("fieldset input[checked]")] == ["older"]
    assert [words(one) for one in soup.select("legend")] == ["A text"]
    row = soup.select("tbody tr")[0]
    assert len(row.select("td")) == len(soup.select("fieldset input"))
    rows = {row.select("th")[0].get_text(strip=True): words(row.select("td")[0]) for row in soup.select("tbody tr")}
    assert rows["recycling"].startswith("yes")
    assert rows["permitting"] == "not seen", "what the record does not speak of is not a no"
    with pytest.raises(MacroError, match="has no features"):
        view.call(MACROS["matrix"], {"Texts": ["framework"]})
    with pytest.raises(MacroError, match="in the matrix twice"):
        view.call(MACROS["matrix"], {"Texts": ["older"], "Again": ["older"]})
    with pytest.raises(MacroError, match="'instrument/older' has features and is in no group"):
        view.call(MACROS["matrix"], {})
    assert "groups: {" in MACROS["matrix"].find_misfit([["older"]], {})


def test_data_cannot_become_html_or_markdown(small: Site) -> None:
    framework = small.catalog.get("instrument/framework")
    page = view_of(small, "one.md")
    hostile = '<script>alert("x")</script> *stars* [brackets](x) `ticks` | bars'
    inline = page.call(MACROS["link"], framework.key, hostile)
    html = markdown.markdown(f"A {inline} b.")
    assert "<script>" not in html
    assert "<em>" not in html
    assert list(links(BeautifulSoup(html, "lxml"))) == [hostile.replace('("x")', "(\u201cx\u201d)")]


def test_a_page_is_the_same_whoever_reads_its_calls(small: Site) -> None:
    for page in small.pages.pages:
        view = PageContext(small.catalog, small.pages, page)
        calls = {name: functools.partial(view.call, macro) for name, macro in MACROS.items()}
        by_jinja = SYNTAX.overlay(autoescape=False).from_string(page.file.body).render(calls)
        assert expand_page(PageContext(small.catalog, small.pages, page)).rstrip("\n") == by_jinja.rstrip("\n"), (
            page.source
        )


def test_download(call: Call, view: PageContext) -> None:
    assert links(call("download", "deadlines.ics")) == {"deadlines.ics": "../deadlines.ics"}
    assert links(call("download", "data/index.json", "the list")) == {"the list": "../data/index.json"}
    with pytest.raises(MacroError, match=r"no file 'deadline.ics'") as caught:
        view.call(MACROS["download"], "deadline.ics")
    assert "deadlines.ics" in caught.value.hint


def test_take_along(small: Site, call: Call) -> None:
    files = {"Due dates calendar file": "../deadlines.ics", "Client brief PDF": "../brief.pdf"}
    draft = links(call("take_along"))
    assert draft == files | {"Follow changes editions": "../changes/"}, "a draft has no feed"
    edition = view_of(small, "one.md", history_of(small)).call(MACROS["take_along"])
    assert links(BeautifulSoup(edition, "lxml")) == files | {"Follow changes feed": "../../feed.xml"}


def test_downloads(call: Call) -> None:
    table = call("downloads")
    row = next(one for one in table.select("tbody tr") if "deadlines" in one.get_text())
    assert words(row) == "deadlines 2 JSON, CSV, JSON Schema"
    assert [str(a["href"]) for a in row.select("a")] == [
        f"../data/deadline.{form}" for form in ("json", "csv", "schema.json")
    ]
