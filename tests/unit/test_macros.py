"""One test for each macro, on the small tree: what it prints, where it links, what it cites."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

import markdown
import pytest
from bs4 import BeautifulSoup, Tag

from macros.changes.history import History
from macros.pages.scanning import SYNTAX
from macros.site import Site
from macros.writing.expanding import expand_page
from macros.writing.registry import MACROS, MacroError
from macros.writing.view import View
from tests.conftest import SPECIMENS, Alter, history_of

Call = Callable[..., BeautifulSoup]


def view_of(site: Site, source: str, history: History | None = None) -> View:
    """Returns a fresh view of a page of the small tree."""
    page = site.pages.at(source)
    assert page is not None
    return View(site.catalog, site.pages, page, history=history)


@pytest.fixture
def view(small: Site) -> View:
    return view_of(small, "one.md")


@pytest.fixture
def call(view: View) -> Call:
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


def test_link(call: Call) -> None:
    assert links(call("link", "provision/two")) == {"I.1(a) Second": "../two/"}
    assert links(call("link", "provision/two", "the *second*")) == {"the *second*": "../two/"}
    assert links(call("link", "term/wording")) == {"wording": "../lists/#term-wording"}
    assert links(call("link", "provision/first")) == {}, "a page does not link to itself"


def test_cite(call: Call, view: View) -> None:
    assert links(call("cite", "report")) == {"1": "#note-report"}
    assert links(call("cite", "text", "recital 1")) == {"2": "#note-text"}
    assert links(call("cite", "source/report")) == {"1": "#note-report"}, "a source keeps its number"
    with pytest.raises(MacroError, match="the pinpoint is missing"):
        view.call(MACROS["cite"], "text")


def test_value(call: Call, view: View) -> None:
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


def test_cell(call: Call, view: View) -> None:
    assert "60.2 million tonnes" in words(call("cell", "series/imports", "2023", "North"))
    with pytest.raises(MacroError, match="has no row '2022'"):
        view.call(MACROS["cell"], "series/imports", "2022", "North")
    with pytest.raises(MacroError, match="has no column 'Nort'"):
        view.call(MACROS["cell"], "series/imports", "2023", "Nort")
    with pytest.raises(MacroError, match="has several columns"):
        view.call(MACROS["cell"], "series/imports", "2023")
    with pytest.raises(MacroError, match="has no value there"):
        view.call(MACROS["cell"], "series/imports", "2024", "South")


def test_count(call: Call, view: View) -> None:
    assert "Before two after" in words(call("count", "figure"))
    assert "Before one after" in words(call("count", "figure", topic="energy"))
    with pytest.raises(MacroError, match="no kind of record 'figures'"):
        view.call(MACROS["count"], "figures")


def test_as_at(call: Call) -> None:
    assert "September 30, 2026" in words(call("as_at"))


def test_facts(call: Call, view: View, small: Site) -> None:
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


def test_clocks(call: Call, view: View) -> None:
    soup = call("clocks")
    bar = soup.select(".cm-clocks__bar")[0]
    assert bar["style"] == "--at: 7.4%; --to: 56.71%", "October 28, 2025 to April 26, 2026, on an axis of twelve months"
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


def test_meaning(call: Call, view: View) -> None:
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


def test_silences(call: Call, view: View) -> None:
    assert "No amount." in words(call("silences", "instrument/framework"))
    with pytest.raises(MacroError, match="has no silences"):
        view.call(MACROS["silences"], "instrument/older")


def test_entries(small: Site, view: View) -> None:
    soup = BeautifulSoup(view_of(small, "lists.md").call(MACROS["entries"], "material"), "lxml")
    assert [section["id"] for section in soup.find_all("section")] == ["material-magnets"]
    assert links(soup)["I.1(a) Second"] == "../two/"
    with pytest.raises(MacroError, match="have no 'colour'"):
        view.call(MACROS["entries"], "material", colour="red")
    with pytest.raises(MacroError, match="no record of the kind material fits"):
        view.call(MACROS["entries"], "material", type="stage")


def test_index(call: Call, view: View) -> None:
    assert links(call("index", "term", topic="law")) == {"wording": "../lists/#term-wording"}
    with pytest.raises(MacroError, match="no record of the kind term fits"):
        view.call(MACROS["index"], "term", topic="lng")


def test_table(call: Call, view: View) -> None:
    soup = call("table", "provision", ["name", "verb", "parent"], heading="Second")
    assert [cell.get_text(strip=True) for cell in soup.select("thead th")] == ["Title", "Verb", "Parent"]
    assert [cell.get_text(strip=True) for cell in soup.select("tbody tr > *")] == [
        "I.1(a) Second",
        "intend",
        "I.1 First",
    ]
    with pytest.raises(MacroError, match="have no 'colour'"):
        view.call(MACROS["table"], "provision", ["name"], colour="red")


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


def test_timeline(call: Call, view: View, small: Site) -> None:
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
    assert "Source: <a" in other.call(MACROS["timeline"], sources="line")
    assert not other.notes, "a source named in its line needs no note"
    with pytest.raises(MacroError, match="is not a date"):
        view.call(MACROS["timeline"], since="spring")
    with pytest.raises(MacroError, match="no way to show sources"):
        view.call(MACROS["timeline"], sources="lines")


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


def test_latest(call: Call, view: View) -> None:
    shown = [words(item) for item in call("latest", 2).select("li")]
    assert [one.split(" ")[0] for one in shown] == ["March", "October"], "newest first; a due date has not happened"
    assert [words(item) for item in call("latest", 5, lane="ipef").select("li")] == []
    with pytest.raises(MacroError, match="no lane 'chin'"):
        view.call(MACROS["latest"], lane="chin")


def test_glance(call: Call) -> None:
    soup = call("glance")
    shown = {words(one.select("dt")[0]): words(one.select("dd")[0]) for one in soup.select("dl > div")}
    assert list(shown) == ["Due April 26, 2026", "New", "Binding?", "Signed"]
    assert shown["Due April 26, 2026"] == "A meeting 1 due date passed; no public evidence found"
    assert shown["New"].startswith("March 2026: A fair October 28, 2025"), "newest first; no due date among it"
    assert shown["Binding?"] == "Non-binding 1"
    assert "October 28, 2025" in shown["Signed"]
    assert "A leader, President, for North".lower() in shown["Signed"].lower()
    assert [words(one) for one in call("glance", number=1).select("li")] == ["March 2026: A fair"]
    small_clock = soup.select("dt [aria-hidden=true]")[0]
    places = [re.findall(r"--(?:at|to): ([\d.]+)%", str(one.get("style"))) for one in small_clock.find_all(["b", "i"])]
    (starts, due), (_, seen), (diamond,), (as_at,) = places
    assert 0 <= float(starts) < float(due) < float(as_at) <= 100
    assert (due, as_at) == (diamond, seen)


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
    assert [words(one) for one in soup.select("li")] == ["September 1, 2026: A second thing \u2018happened\u2019."]
    assert links(soup) == {"second": "../two/"}


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


def test_sources(call: Call, view: View) -> None:
    call("cite", "text", "recital 1")
    call("cite", "text", "recital 2")
    call("cite", "report")
    soup = call("sources")
    notes = soup.select("ol > li")
    assert [note["id"] for note in notes] == ["note-text", "note-report"]
    assert "recital 1; recital 2" in words(notes[0])
    assert "date not shown" in words(notes[1])
    assert [cite["lang"] for cite in notes[1].find_all("cite")] == ["ja"]
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


def test_chart(call: Call, view: View) -> None:
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


def test_bound(call: Call, view: View) -> None:
    soup = call("bound")
    assert [words(cell) for cell in soup.select("tbody td")] == ["in force Mar 2023"]
    assert [words(cell) for cell in soup.select("tfoot td")] == ["1 of 1"]
    assert links(soup)["North"] == "../lists/#party-north"
    assert "does not show that there was no deposit" in words(soup.select("figcaption")[0])
    assert set(view.notes) == {"report"}


def test_project_map(call: Call, view: View) -> None:
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


def test_features(call: Call, view: View) -> None:
    soup = call("features", ["older"])
    rows = {row.select("th")[0].get_text(strip=True): words(row.select("td")[0]) for row in soup.select("tbody tr")}
    assert rows["recycling"].startswith("yes")
    named = [str(a["aria-label"]) for a in soup.select('td a[href="#note-report"]')]
    assert named[0].endswith("page 2"), "a mark names its own source"
    assert rows["energy"].startswith("not seen")
    assert rows["permitting"] == "not seen", "what the record does not speak of is not a no"
    with pytest.raises(MacroError, match="has no features"):
        view.call(MACROS["features"], ["framework"])


def test_matrix(call: Call, view: View) -> None:
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
        view = View(small.catalog, small.pages, page)
        calls = {name: functools.partial(view.call, macro) for name, macro in MACROS.items()}
        by_jinja = SYNTAX.overlay(autoescape=False).from_string(page.file.body).render(calls)
        assert expand_page(View(small.catalog, small.pages, page)).rstrip("\n") == by_jinja.rstrip("\n"), page.source


def test_download(call: Call, view: View) -> None:
    assert links(call("download", "deadlines.ics")) == {"deadlines.ics": "../deadlines.ics"}
    assert links(call("download", "data/index.json", "the list")) == {"the list": "../data/index.json"}
    with pytest.raises(MacroError, match=r"no file 'deadline.ics'") as caught:
        view.call(MACROS["download"], "deadline.ics")
    assert "deadlines.ics" in caught.value.hint


def test_downloads(call: Call) -> None:
    table = call("downloads")
    row = next(one for one in table.select("tbody tr") if "deadlines" in one.get_text())
    assert words(row) == "deadlines 2 JSON, CSV, JSON Schema"
    assert [str(a["href"]) for a in row.select("a")] == [
        f"../data/deadline.{form}" for form in ("json", "csv", "schema.json")
    ]
