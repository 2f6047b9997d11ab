"""The parts of the brief, one by one: what is chosen, in which order, and what is said of it.

They are told over the small tree with more points, questions, measures and events in it.
"""

from __future__ import annotations

import pytest

from macros.brief.audiences import list_open, tell_counsel, tell_questions, tell_roles, tell_widest
from macros.brief.context import tell_around
from macros.brief.dating import tell_dates
from macros.brief.figures import draw_charts, draw_clocks, draw_timeline
from macros.brief.notes import Notes
from macros.brief.points import Points
from macros.brief.sentences import first_questions, first_sentences
from macros.brief.sheets import create_sheet
from macros.brief.text import tell_bottom, tell_deadlines, tell_text
from macros.schema.actors import Audience
from macros.schema.dates import PartialDate
from macros.schema.instruments import Instrument
from macros.schema.subjects import Implication
from macros.schema.vocabularies import ImplicationType
from macros.site.loading import Site, load_site
from macros.site.release import Release, create_release
from macros.tree import Tree
from tests.conftest import copy_small

CONFIG = {
    "nav": ["index.md"],
    "site_url": "https://example.test/latest/",
    "site_name": "Explained",
    "site_description": "What it is.",
    "extra": {"notice": "No advice.", "content_use": "Share it."},
}
SOURCES = "sources:\n  - {id: report}\n"
# id: type, audiences, what it rests on, position
POINTS: dict[str, tuple[str, str, str, int]] = {
    "risk-sellers": ("risk", "sellers", "two", 2),
    "risk-both": ("risk", "buyers, sellers", "two", 3),
    "chance": ("opportunity", "buyers", "one", 4),
    "practice": ("practical", "sellers", "one", 5),
    "owe": ("obligation", "buyers, sellers", "one", 6),
    "owe-buyers": ("obligation", "buyers", "one", 7),
    "watch-one": ("watch", "buyers", "measure/first", 8),
    "watch-both": ("watch", "buyers, sellers", "measure/second", 9),
    "not-so": ("not-to-assume", "buyers", "measure/second", 10),
    "third": ("practical", "sellers", "measure/third", 20),
    "control": ("practical", "sellers", "measure/control", 21),
    "risk-late": ("risk", "buyers", "two", 30),
    "past": ("step", "buyers", "measure/past", 22),
    **{f"step-{number}": ("step", "buyers", "one", 10 + number) for number in range(1, 5)},
}


def write_point(name: str) -> str:
    kind, audiences, ground, position = POINTS[name]
    rests = f"about: [{ground}]" if "/" in ground else f"provisions: [{ground}]"
    said = f"May {name} be? Or not? It may." if kind == "step" else f"What {name} says. And more."
    return (
        f"title: Point {name}\ntype: {kind}\nstatement: {said}\nbasis: our-reading\n{rests}\n"
        f"audiences: [{audiences}]\nposition: {position}\n{SOURCES}"
    )


def write_question(position: int, status: str, about: str) -> str:
    return (
        f"title: Question {position}?\nwhy_it_matters: It does.\nwhat_sources_say: They differ.\n"
        f"wording: Not known {position}. Nor soon.\nstatus: {status}\nabout: [{about}]\nposition: {position}\n{SOURCES}"
    )


def write_event(date: str, lane: str, bears_on: str = "") -> str:
    bears = f"bears_on: [{bears_on}]\n" if bears_on else ""
    return (
        f"title: Event of {date}\ntype: meeting\ndate: {date}\nplace: Tokyo\nsummary: Some met on {date}.\n{bears}"
        f"does_not_show: More.\ncertainty: reported\n{SOURCES}lane: {lane}\n"
    )


def write_measure(by: str, announced: str, expires: str, state: str = "in-force") -> str:
    ends = f"expires: {expires}\n" if expires else ""
    return (
        f"title: Measure of {announced}\ninstrument: Order {announced}\nby: {by}\nlane: us\nannounced: {announced}\n"
        f"effective: {announced}\ncovers: Ore.\ntarget: all\nstate: {state}\nstate_note: It runs.\n"
        f"state_as_of: 2026-09\n{ends}certainty: verified\n{SOURCES}"
    )


FEATURES = """features:
  - {feature: recycling, seen: "yes", sources: [{id: report}]}
  - {feature: energy, seen: not-seen, note: Read in part.}
"""
SISTER = f"""title: A sister paper
short_title: the sister paper
type: agreement
role: sister
date: 2025-10-20
summary: What came with it.
legal_character: not seen
certainty: reported
{SOURCES}{FEATURES}"""
CHART = f"""title: Exports
unit: million tonnes
year: "2024"
basis: Calendar years. By ship.
topic: lng
in_brief: 1
columns: [{{title: Total}}]
rows:
  - {{label: North, values: [60], limit: up-to, sources: [{{id: report}}]}}
  - {{label: South, values: [~], sources: [{{id: report}}]}}
alternatives:
  - {{label: Another, value: 40 million tonnes, basis: By value., sources: [{{id: report}}]}}
caution: Not all. Not yet.
certainty: reported
{SOURCES}"""
MORE = {
    "instrument/sister": SISTER,
    "series/exports": CHART,
    "series/late": CHART.replace("in_brief: 1", "in_brief: 2").replace("Exports", "Late"),
    "audience/sellers": "title: Sellers\nsummary: Those who sell. They ship.\nposition: 2\n",
    **{f"implication/{name}": write_point(name) for name in POINTS},
    **{
        f"question/more-{n}": write_question(n, "settled-by-text" if n == 3 else "open", "provision/two")
        for n in range(2, 11)
    },
    "event/early": write_event("2025-06-01", "us"),
    **{f"event/bearing-{n}": write_event(f"2025-12-{n:02}", "framework", "provision/one") for n in range(1, 6)},
    "event/later": write_event("2026-09-01", "us"),
    "event/last": write_event("2026-09-20", "china", "deadline/meeting"),
    "measure/first": write_measure("West", "2025-05-01", "2026-12-31"),
    "measure/second": write_measure("West", "2025-06-01", "2027-01-31"),
    "measure/past": write_measure("East", "2025-08-01", "2026-03-31", "not-verified"),
    "measure/third": write_measure("West", "2025-07", "2027-02-28", "not-verified"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    top = copy_small(tmp_path_factory.mktemp("more") / "tree")
    for name, text in MORE.items():
        (top / "data" / f"{name}.yml").write_text(text, encoding="utf-8")
    framework = top / "data" / "instrument" / "framework.yml"
    framework.write_text(framework.read_text(encoding="utf-8") + FEATURES, encoding="utf-8")
    loaded = load_site(Tree(top), run=False)
    assert set(loaded.catalog.records) >= set(MORE), loaded.problems
    return loaded


@pytest.fixture
def release(site: Site) -> Release:
    return create_release(site, CONFIG, name="2026-09-30", title="Position")


@pytest.fixture
def points(site: Site) -> Points:
    return Points(Notes(site.catalog))


@pytest.fixture
def subject(site: Site) -> Instrument:
    return site.catalog.one(Instrument, "framework")


def test_who_has_the_least_to_choose_from_chooses_first_and_each_point_stands_once(
    points: Points, release: Release
) -> None:
    told = tell_roles(points, release)
    assert [(one.title, [point.title for point in one.points]) for one in told] == [
        ("Buyers", ["A point"]),
        ("Sellers", ["Point risk-sellers"]),
    ]
    assert told[1].sheet == "https://example.test/2026-09-30/brief-sellers.pdf"
    assert told[1].points[0].said.text == "What risk-sellers says. And more."
    assert points.used == {"point", "risk-sellers"}


def test_an_audience_without_a_risk_of_its_own_gets_what_it_can_do(site: Site, release: Release) -> None:
    points = Points(Notes(site.catalog), used={"risk-sellers", "risk-both"})
    assert [one.points[0].title for one in tell_roles(points, release)] == ["A point", "Point practice"]


def test_who_has_fewer_risks_takes_the_one_that_both_have(site: Site, release: Release) -> None:
    points = Points(Notes(site.catalog), used={"point", "risk-sellers"})
    assert [one.points[0].title for one in tell_roles(points, release)] == ["Point risk-late", "Point risk-both"]


def test_counsel_gets_three_questions_of_each_and_only_what_they_ask(points: Points, release: Release) -> None:
    (told,) = tell_counsel(points, release)
    assert told.title == "Buyers"
    assert [(one.title, one.said.text) for one in told.points] == [
        (f"Point step-{number}", f"May step-{number} be? Or not?") for number in (1, 2, 3)
    ]
    assert {one.said.sure for one in told.points} == {""}, "a question asserts nothing"


def test_what_concerns_most_readers_comes_first(points: Points) -> None:
    told = [(label, [(one.title, one.said.text) for one in found]) for label, found in tell_widest(points)]
    assert told == [
        (
            "what to watch",
            [("Point watch-both", "What watch-both says."), ("Point watch-one", "What watch-one says.")],
        ),
        ("what not to assume", [("Point not-so", "What not-so says.")]),
    ]
    assert tell_widest(points) == [], "each point stands once"


def test_the_first_seven_questions_that_are_not_settled_are_told(site: Site, subject: Instrument) -> None:
    told = tell_questions(Notes(site.catalog), subject)
    assert [one.title for one in told] == ["Is it so?", *(f"Question {number}?" for number in (2, 4, 5, 6, 7, 8))]
    assert (told[1].status, told[1].said.text) == ("open", "Not known 2. Nor soon.")


def test_points_are_chosen_by_how_many_they_concern_and_then_by_their_place(points: Points) -> None:
    kinds = (ImplicationType.watch, ImplicationType.obligation)
    chosen = points.choose(kinds, 3)
    assert [one.id for one in chosen] == ["owe-buyers", "watch-one", "owe"]
    assert [one.id for one in points.choose(kinds, 3)] == ["watch-both"]
    every = [*points.of()]
    kinds = (ImplicationType.not_to_assume, ImplicationType.risk)
    first = points.first(kinds, every)
    assert first is not None
    assert first.id == "not-so", "the first kind comes first"
    second = points.first(kinds, every)
    assert second is not None
    assert second.id == "risk-sellers", "what rests on one record comes before what rests on two"
    assert points.first((ImplicationType.watch,), every) is None


def test_the_three_latest_ends_stand_after_the_due_dates(points: Points) -> None:
    told = tell_dates(points)
    assert [(one.date, one.title, one.state, one.seen_until) for one in told] == [
        ("April 26, 2026", "A meeting", "", "Aug. 21, 2026"),
        ("Dec. 31, 2026", "Measure of 2025-05-01", "", ""),
        ("Jan. 31, 2027", "Measure of 2025-06-01", "", ""),
        ("Feb. 28, 2027", "Measure of 2025-07", "", ""),
    ]
    assert [[said.text for said in one.said] for one in told] == [["We found nothing."], *[["It runs."]] * 3]
    assert [one.meaning.title if one.meaning else "" for one in told] == [
        "A point",
        "Point watch-one",
        "Point not-so",
        "Point third",
    ]
    assert [one.readers for one in told] == [["Buyers"], ["Buyers"], ["Buyers"], ["Sellers"]]


def test_the_dates_of_an_audience_are_those_of_its_own_points_without_what_they_mean(
    site: Site, points: Points
) -> None:
    told = tell_dates(points, site.catalog.one(Audience, "sellers"))
    assert [one.date for one in told] == ["April 26, 2026", "Nov. 10, 2026", "Jan. 31, 2027", "Feb. 28, 2027"]
    assert {(one.meaning, *one.readers) for one in told} == {(None,)}
    told = tell_dates(points, site.catalog.one(Audience, "buyers"))
    assert [one.date for one in told] == ["March 31, 2026", "April 26, 2026", "Dec. 31, 2026", "Jan. 31, 2027"]


def test_the_bottom_line_names_one_duty_and_who_signed(points: Points, subject: Instrument) -> None:
    told = tell_bottom(points, subject)
    assert told.signed is not None
    assert (told.what.text, told.binding.text) == ("What two sides intend.", "Non-binding")
    assert told.signed.text == "Signed October 28, 2025, Tokyo."
    assert [one.title for one in told.companies] == ["Point owe"]
    assert [(one.name, one.office, one.side) for one in told.signatures] == [("A Leader", "President", "North")]


def test_the_bottom_line_of_a_sheet_has_the_duty_of_its_readers(site: Site, subject: Instrument) -> None:
    points = Points(Notes(site.catalog), used={"owe"})
    assert tell_bottom(points, subject, site.catalog.one(Audience, "sellers")).companies == []
    told = tell_bottom(points, subject, site.catalog.one(Audience, "buyers"))
    assert told.signed is None
    assert [one.title for one in told.companies] == ["Point owe-buyers"]


def test_the_text_is_told_by_its_parts_and_points_of_a_paragraph_are_inner(site: Site, subject: Instrument) -> None:
    (part,) = tell_text(Notes(site.catalog), subject)
    assert part.title.startswith("Section I:")
    assert [(one.number, one.heading, one.said.text, one.inner) for one in part.paragraphs] == [
        ("I.1", "First", "The first paragraph, on a word.", False),
        ("I.1(a)", "Second", "The second paragraph, on a word.", True),
    ]


def test_a_deadline_is_told_with_its_clock_or_without(site: Site) -> None:
    meeting, undated = tell_deadlines(Notes(site.catalog))
    assert (meeting.provisions, meeting.starts) == ("I.1", "date of the Framework: Oct. 28, 2025")
    assert (meeting.length, meeting.due, meeting.not_said) == ("180 days", "April 26, 2026", "Not a signing.")
    assert (undated.provisions, undated.starts, undated.length) == ("I.1(a)", "", "")
    assert (undated.due, undated.not_said, undated.what.text) == ("", "", "The second paragraph.")


def test_clocks_stand_on_an_axis_of_whole_months(site: Site) -> None:
    clocks = draw_clocks(Notes(site.catalog))
    assert clocks is not None
    assert clocks.ticks == [
        (0.0, "Oct. 2025"),
        (16.71, "Dec. 2025"),
        (33.7, "Feb. 2026"),
        (49.86, "April 2026"),
        (66.58, "June 2026"),
        (83.29, "Aug. 2026"),
    ]
    assert clocks.as_at == 99.73
    (row,) = clocks.rows
    assert (row.starts, row.due, row.seen, row.length) == (7.4, 56.71, 88.77, "180 days")


def test_numbered_marks_that_would_touch_stand_on_lines_below_one_another(site: Site, subject: Instrument) -> None:
    drawn = draw_timeline(Notes(site.catalog), subject)
    assert drawn is not None
    assert (drawn.since_signature, drawn.first, drawn.last) == (True, "October 28, 2025", "September 30, 2026")
    assert drawn.due == [(56.71, "April 26, 2026")]
    assert {row.colour: [(one.at, one.number, one.level) for one in row.marks] for row in drawn.lanes} == {
        "lane-framework": [
            (7.4, 0, 0),
            (16.71, 0, 0),
            (16.99, 0, 0),
            (17.26, 0, 0),
            (17.53, 1, 0),
            (17.81, 2, 1),
            (41.37, 3, 0),
        ],
        "lane-china": [(96.99, 5, 0)],
        "lane-us": [(91.78, 4, 0)],
    }
    assert [row.levels for row in drawn.lanes if row.colour == "lane-framework"] == [2]
    assert [(one.number, one.date) for one in drawn.listed] == [
        (1, "December 4, 2025"),
        (2, "December 5, 2025"),
        (3, "March 2026"),
        (4, "September 1, 2026"),
        (5, "September 20, 2026"),
    ]


def test_a_span_that_is_too_short_becomes_the_year_before(site: Site, subject: Instrument) -> None:
    def begins(signed: str) -> tuple[bool, str]:
        drawn = draw_timeline(Notes(site.catalog), subject.model_copy(update={"date": PartialDate(signed)}))
        assert drawn is not None
        return drawn.since_signature, drawn.first

    assert begins("2026-06-30") == (True, "June 30, 2026")
    assert begins("2026-07-01") == (False, "September 30, 2025")


def test_a_long_axis_has_eight_ticks_at_most(site: Site, subject: Instrument) -> None:
    drawn = draw_timeline(Notes(site.catalog), subject.model_copy(update={"date": PartialDate("2021-10-28")}))
    assert drawn is not None
    assert [words for _, words in drawn.ticks] == [
        *("Oct. 2021", "June 2022", "Feb. 2023", "Oct. 2023", "June 2024", "Feb. 2025", "Oct. 2025", "June 2026")
    ]


def test_a_question_is_told_by_its_own_name_too(site: Site) -> None:
    told = list_open(Notes(site.catalog), 9, named={"question/more-5", "question/more-3"})
    assert [one.title for one in told] == ["Question 5?"]
    assert list_open(Notes(site.catalog), 0, named={"question/more-5"}) == []


def test_a_draft_has_no_address_of_sheets(site: Site) -> None:
    draft = create_release(site, CONFIG)
    assert {one.sheet for one in tell_roles(Points(Notes(site.catalog)), draft)} == {""}


def test_what_stands_around_is_told_side_by_side(site: Site, subject: Instrument) -> None:
    told = tell_around(Notes(site.catalog), subject)
    assert [(one.title, one.paper, one.dated) for one in told.points] == [("Gas", "the older paper", "March 2023")]
    assert told.points_in_all == 1
    (agreement,) = told.agreements
    assert (agreement.pillar, agreement.agreement, agreement.bound) == (
        "Pillar II: Chains",
        "the older paper",
        "1 of 1",
    )
    assert (agreement.signed, agreement.in_force, agreement.status) == ("March 2023", "", "in force")
    assert [(side.by, [(one.title, one.until) for one in side.controls]) for side in told.sides] == [
        (
            "West",
            [
                ("Measure of 2025-05-01", "until Dec. 31, 2026"),
                ("Measure of 2025-06-01", "until Jan. 31, 2027"),
            ],
        ),
        ("South", [("A control", "until Nov. 10, 2026, by Announcement No. 2")]),
    ], "the side with the most first, and none of a state that is not verified"
    west = told.sides[0].controls[0]
    assert (west.act, west.announced, west.seen) == ("Order 2025-05-01", "May 1, 2025", "Sept. 2026")


def test_the_text_is_compared_with_its_sister_of_the_same_month(site: Site, subject: Instrument) -> None:
    matrix = tell_around(Notes(site.catalog), subject).matrix
    assert matrix is not None
    assert [(one.name, one.date) for one in matrix.texts] == [
        ("the Framework", "Oct. 28, 2025"),
        ("the sister paper", "Oct. 20, 2025"),
    ]
    rows = dict(matrix.rows)
    assert rows["recycling"] == ["yes", "yes"]
    assert set(map(tuple, (cells for name, cells in matrix.rows if name != "recycling"))) == {("not seen", "not seen")}


def test_charts_are_drawn_in_the_order_that_their_series_say(site: Site) -> None:
    first, second = draw_charts(Notes(site.catalog))
    assert (first.title, second.title) == ("Exports, million tonnes, 2024", "Late, million tonnes, 2024")
    assert (first.basis, first.caution, first.elsewhere) == ("Calendar years.", "Not all.", 1)
    assert first.words == ["North: up to 60 million tonnes", "South: not found"]
    assert (first.width, first.height, first.sure) == (640, 50, "reported")


@pytest.mark.parametrize(
    ("fullness", "affects", "most"),
    [
        (1, ["Risk: A point"], (1, 1, 1)),
        (3, ["Risk: A point"], (2, 2, 1)),
        (4, ["Risk: A point", "Opportunity: Point chance"], (2, 2, 1)),
        (
            8,
            ["Risk: A point", "Risk: Point risk-late", "Risk: Point risk-both", "Opportunity: Point chance"],
            (4, 2, 1),
        ),
    ],
)
def test_a_fuller_sheet_has_more_of_each_sort_in_turn(
    site: Site, release: Release, fullness: int, affects: list[str], most: tuple[int, int, int]
) -> None:
    sheet = create_sheet(release, site.catalog.one(Audience, "buyers"), "today", fullness)
    assert [f"{one.label}: {one.remark.title}" for one in sheet.affects] == affects
    assert (len(sheet.questions), len(sheet.watch), len(sheet.not_to_assume)) == most
    assert sheet.watch[0].said.text == "What watch-one says."
    assert sheet.questions[0].said.text == "May step-1 be? Or not?"
    assert (sheet.title, sheet.summary) == ("Buyers", "Those who buy.")
    assert sheet.page == "https://example.test/2026-09-30/buyers/"


@pytest.mark.parametrize(
    ("text", "room", "taken"),
    [
        ("One. Two. Three.", 0, "One."),
        ("One. Two. Three.", 8, "One."),
        ("One. Two. Three.", 9, "One. Two."),
        ("One. Two. Three.", 99, "One. Two. Three."),
        ("", 9, ""),
    ],
)
def test_sentences_are_taken_while_they_have_room(text: str, room: int, taken: str) -> None:
    assert first_sentences(text, room) == taken


@pytest.mark.parametrize(
    ("text", "room", "taken"),
    [
        ("May it? Must it? It may.", 99, "May it? Must it?"),
        ("May it? Must it? It may.", 15, "May it?"),
        ("May it? Must it? It may.", 16, "May it? Must it?"),
        ("It may. Must it?", 99, "It may. Must it?"),
        ("It may. It must.", 99, "It may."),
    ],
)
def test_questions_are_taken_while_they_have_room(text: str, room: int, taken: str) -> None:
    assert first_questions(text, room) == taken


def test_points_of_an_audience_stand_in_their_own_order(site: Site, points: Points) -> None:
    found = points.of(site.catalog.one(Audience, "sellers"))
    assert [one.position for one in found] == [2, 3, 5, 6, 9, 20, 21]
    assert len(points.of()) == len(site.catalog.all(Implication))
