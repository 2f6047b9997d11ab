"""Where the lanes and the maps put each mark, which paragraphs two texts share, and where a text is cut."""

from __future__ import annotations

import datetime as dt

import pytest

from macros.changes.redlining import format_redline, redline_paragraphs
from macros.charts.binning import Panel, build_strip, place_columns
from macros.charts.markers import place_projects, spread
from macros.charts.marks import across, grid, line_colours, shape, spec, text, ticks_up_to
from macros.charts.points import points_of
from macros.charts.projections import Spot
from macros.charts.regions import Window
from macros.charts.years import Track
from macros.problems import ContentError, Problem, find_near, show, suggest
from macros.schema.context_vocabularies import Lane
from macros.style.sentences import split_sentences
from tests.unit.test_lanes import DATES, entries_of, panels_of
from tests.unit.test_maps import REGIONS, project_of
from tests.unit.test_pictures import series_of


def days_of(panel: Panel) -> list[tuple[str, str, str]]:
    return [(one.first.isoformat(), one.last.isoformat(), one.label) for one in panel.periods]


def test_columns_begin_and_end_with_the_calendar() -> None:
    before, after = panels_of(DATES)
    assert days_of(before) == [
        ("1969-01-01", "2021-12-31", "earlier"),
        ("2022-01-01", "2022-06-30", "2022"),
        ("2022-07-01", "2022-12-31", ""),
        ("2023-01-01", "2023-06-30", "2023"),
        ("2023-07-01", "2023-12-31", ""),
        ("2024-01-01", "2024-06-30", "2024"),
        ("2024-07-01", "2024-12-31", ""),
        ("2025-01-01", "2025-06-30", "2025"),
        ("2025-07-01", "2025-09-30", ""),
    ]
    assert days_of(after)[0] == ("2025-10-01", "2025-10-31", "Oct")
    assert days_of(after)[-1] == ("2026-09-01", "2026-09-30", "Sep")
    assert (before.begins, before.ends) == ("January 2022", "September 2025")
    assert [one.share for one in before.periods] == [1.6, *[1] * 8]


def test_what_is_due_later_has_a_column_from_the_day_after() -> None:
    (panel,) = panels_of(["2025-10-28", "2026-04-26"], dt.date(2025, 10, 28))
    assert days_of(panel) == [("2025-10-01", "2025-10-28", "Oct"), ("2025-10-29", "2026-04-26", "later")]
    assert panel.periods[1].name == "after October 28, 2025"


def test_an_opening_within_a_year_is_named_by_its_month() -> None:
    (panel,) = panels_of(["2026-03-05", "2026-09-30"])
    assert (panel.begins, len(panel.periods)) == ("March 2026", 7)
    assert [one.name for one in panel.periods][::6] == ["March 2026", "September 2026"]


def test_columns_share_the_width_but_for_the_gap_between_scales() -> None:
    columns = place_columns(panels_of(DATES), 700)
    assert [(one.left, one.width) for one in columns][:3] == [(0, 50.52), (50.52, 31.57), (82.09, 31.57)]
    assert [(one.left, one.right) for one in columns][8:10] == [(271.54, 303.11), (321.11, 352.68)]
    assert columns[9].place(dt.date(2025, 10, 1)) == 321.1
    assert columns[9].place(dt.date(2025, 10, 16)) == 336.4


def test_marks_stand_in_rows_as_wide_as_their_column_from_the_bottom_up() -> None:
    strip = build_strip(entries_of(DATES), place_columns(panels_of(DATES), 700))
    assert strip.height == 123
    places = [[(x, y) for _, x, y in stack.marks] for stack in strip.stacks]
    assert places[0] == [(5.4, 116.6), (14.2, 116.6)]
    assert places[5][:5] == [(326.5, 116.6), (335.3, 116.6), (344.1, 116.6), (326.5, 107.8), (335.3, 107.8)]
    assert places[5][-1] == (335.3, 28.6)
    few = build_strip(entries_of(["2025-10-01"]), place_columns(panels_of(DATES), 700))
    assert few.height == 54, "a stack of one is a target too"
    assert build_strip([], place_columns(panels_of(DATES), 700)).height == 54


@pytest.mark.parametrize(
    ("spots", "ats"),
    [
        ([(50, 50), (50, 50)], [(58.5, 42.2), (41.5, 57.8)]),
        ([(50, 50), (60, 50)], [(43.5, 50.0), (66.5, 50.0)]),
        ([(50, 50), (73, 50)], [(50, 50), (73, 50)]),
        ([(0, 0)], [(10.5, 10.5)]),
        ([(100, 90)], [(89.5, 69.5)]),
        ([(50, 50), (50, 60), (200, 20)], [(50.0, 43.5), (50.0, 66.5), (89.5, 20)]),
        ([(50, 50)] * 3, [(67.0, 34.5), (33.0, 65.5), (50.0, 50.0)]),
        ([], []),
    ],
)
def test_numbers_move_apart_by_their_own_size_and_stay_on_the_map(spots: list[Spot], ats: list[Spot]) -> None:
    assert spread(spots, 100, 80) == ats


def test_a_project_has_one_number_on_all_maps_and_a_line_where_it_moved() -> None:
    projects = [
        project_of("state", "Ohio"),
        project_of("sea", "Louisiana", (-93.3, 29.8)),
        project_of("coast", "Texas", (-94, 29.7)),
        project_of("capital", "Japan", (139.7, 35.7)),
        project_of("two", "Ohio and Texas"),
        project_of("nowhere", "Ohio and Mars"),
    ]
    placing = place_projects(projects, REGIONS)
    states, japan = placing.maps
    assert [(one.number, one.project.id, one.at, one.sure, one.moved) for one in states.markers] == [
        (1, "sea", (231.7, 213.3), True, True),
        (2, "coast", (209.1, 217.6), True, True),
        (4, "state", (288.7, 99.1), False, True),
        (5, "two", (302.7, 117.3), False, True),
        (5, "two", (174.2, 198.9), False, False),
    ]
    assert states.states == ["Ohio", "Texas"]
    assert [(one.number, one.at, one.moved) for one in japan.markers] == [(3, (198.0, 174.3), False)]
    assert japan.states == []
    assert [(number, one.id) for number, one in placing.by_state] == [(4, "state"), (5, "two")]
    assert [one.id for one in placing.nowhere] == ["nowhere"]


@pytest.mark.parametrize(
    ("longitude", "latitude", "held"),
    [
        *((170, 0, True), (190, 0, True), (-170, 0, True), (-190, 0, True), (530, 0, True)),
        *((169.9, 0, False), (190.1, 0, False), (-169.9, 0, False)),
        *((180, -5, True), (180, 5, True), (180, -5.1, False), (180, 5.1, False)),
    ],
)
def test_a_window_holds_its_edges_however_the_globe_is_counted(
    longitude: float, latitude: float, *, held: bool
) -> None:
    assert Window(170, -5, 190, 5).holds(longitude, latitude) is held


@pytest.mark.parametrize(
    ("top", "ticks"),
    [
        (0.05, [0, 0.1]),
        (0.9, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (1, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (1.1, [0, 0.25, 0.5, 0.75, 1.0, 1.25]),
        (5, [0, 1, 2, 3, 4, 5]),
        (25, [0, 5, 10, 15, 20, 25]),
        (26, [0, 10, 20, 30]),
        (250_000, [0, 50_000, 100_000, 150_000, 200_000, 250_000]),
    ],
)
def test_ticks_are_ones_twos_and_fives_of_every_size(top: float, ticks: list[float]) -> None:
    assert ticks_up_to(top) == pytest.approx(ticks)


def test_a_layer_says_nothing_that_vega_would_have_to_measure() -> None:
    along = across((0, 5), (34, 218))
    scale = {"domain": [0, 5], "range": [34, 218], "nice": False, "zero": False, "padding": 0}
    assert along == {"field": "x", "type": "quantitative", "scale": scale, "axis": None}
    words = text([{"x": 1, "y": 2, "text": "a"}], along)
    assert words["encoding"]["y"] == {"field": "y", "type": "quantitative", "scale": None, "axis": None}
    assert text([], 3)["encoding"]["x"] == {"value": 3}
    assert shape("rule", [], along)["encoding"].keys() == {"x", "y"}
    assert shape("rule", [], along, ends=True)["encoding"].keys() == {"x", "y", "x2"}
    assert shape("rule", [], along, tall=True)["encoding"].keys() == {"x", "y", "y2"}
    lines, numbers = grid([0, 2.5], along, 7, 90)
    assert lines["data"]["values"] == [{"x": 0, "y": 7, "y2": 90}, {"x": 2.5, "y": 7, "y2": 90}]
    assert numbers["data"]["values"] == [{"x": 0, "y": 2, "text": "0"}, {"x": 2.5, "y": 2, "text": "2.5"}]
    chart = spec(328, 90, [words, text([], 3)], top=18)
    assert chart["layer"] == [words], "a layer without values is left out"
    assert chart["padding"] == {"left": 0, "right": 0, "top": 18, "bottom": 0}
    assert chart["config"] == {"background": None, "aria": False, "view": {"stroke": None, "fill": None}}


def test_lines_take_the_colours_of_the_stories_that_have_a_place() -> None:
    lanes = [Lane("a", line=2), Lane("b"), Lane("c", line=1)]
    assert line_colours(lanes) == ["var(--cm-lane-c)", "var(--cm-lane-a)"]


def test_a_range_of_two_columns_is_one_point() -> None:
    (point,) = points_of(series_of(["At least", "At most"], [{"label": "Far", "values": [7, 10], "note": "A guess."}]))
    assert (point.low, point.high, point.words, point.note, point.elsewhere) == (7, 10, "7 to 10", "A guess.", False)
    one = points_of(series_of(["At least", "At most"], [{"label": "Far", "values": [7, 10]}]), "At most")
    assert [(found.low, found.high) for found in one] == [(10, 10)]


def test_a_track_without_a_value_reaches_to_nought() -> None:
    assert Track("None", {2024: None}).most == 0
    assert Track("Some", {2023: 2, 2024: None}).found == [(2023, 2)]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            ["one two three", "four five six"],
            ["one two four", "seven eight nine"],
            ["one two [-three-] [+four+]", "[-four five six-]", "[+seven eight nine+]"],
        ),
        (["a b c d"], ["x", "a b c e"], ["[+x+]", "a b c [-d-] [+e+]"]),
        (["x", "a b c d"], ["a b c e"], ["[-x-]", "a b c [-d-] [+e+]"]),
        (["a b c", "d e f"], ["d e g", "a b h"], ["[-a b c-]", "d e [-f-] [+g+]", "[+a b h+]"]),
        (
            ["a b", "c d", "e f"],
            ["c d x", "a b x", "e f y"],
            ["[-a b-]", "c d [+x+]", "[+a b x+]", "e f [+y+]"],
        ),
        (["kept", "a b c"], ["kept", "A b c"], ["[-a-] [+A+] b c"]),
        ([" ".join("abcdefghijklmnopqrst")], [" ".join("abcdefg")], ["a b c d e f g [-h i j k l m n o p q r s t-]"]),
        ([" ".join("abcdefghijklmnopqrstu")], ["a b c d e f g"], ["[-a b c d e f g h i j k l m n o p q r s t u-]"]),
    ],
)
def test_paragraphs_that_share_a_third_of_their_words_are_one(
    before: list[str], after: list[str], told: list[str]
) -> None:
    found = [format_redline(one) for one in redline_paragraphs(before, after)]
    assert found[: len(told)] == told


def test_a_passage_that_is_far_too_long_to_compare_is_another_text() -> None:
    before = [f"a b c {number}" for number in range(640)]
    after = [f"a b d {number}" for number in range(640)]
    found = redline_paragraphs(before, after)
    assert [format_redline(one) for one in (found[0], found[640])] == ["[-a b c 0-]", "[+a b d 0+]"]
    assert len(found) == 1280


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("He came to Art. 5 of it.", ["He came to Art. 5 of it."]),
        ("It is No. The end.", ["It is No.", "The end."]),
        ("See plan B. Then go.", ["See plan B. Then go."]),
        ("See plan B. It goes.", ["See plan B.", "It goes."]),
        ("See plan b. Then go.", ["See plan b.", "Then go."]),
        ("Is it No? Then go.", ["Is it No?", "Then go."]),
        ("(See the U.S.) Then go.", ["(See the U.S.) Then go."]),
        ("One. two.", ["One. two."]),
        ("", []),
        (" One. ", ["One."]),
    ],
)
def test_a_short_form_ends_a_sentence_only_where_one_clearly_begins(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("offtke", "offtake"),
        ("offtakee", "offtake"),
        ("fofttake", "offtake"),
        ("offtakxyz", ""),
        ("lmg", "lng"),
        ("xyg", ""),
        ("o" * 400, ""),
        ("ofttkae", "offtake"),
    ],
)
def test_a_word_is_near_another_by_a_slip_or_two(word: str, near: str) -> None:
    assert find_near(word, ["offtake", "lng", "other-thing"]) == near


@pytest.mark.parametrize(
    ("word", "known", "near"),
    [
        ("singde", "signed", ""),
        ("sgined", "signed", "signed"),
        ("sineds", "signed", ""),
        ("fnidnig", "finding", "finding"),
        ("fnidnigs", "finding", ""),
        ("abcd", "badc", ""),
        ("lngg", "lng", "lng"),
        ("xlng", "lng", "lng"),
        ("lg", "lng", "lng"),
        ("caba", "cabs", "cabs"),
        ("x" * 300, "x" * 299, "x" * 299),
        ("x" * 301, "x" * 300, ""),
    ],
)
def test_a_short_word_may_have_one_slip_and_a_longer_one_two(word: str, known: str, near: str) -> None:
    assert find_near(word, [known]) == near


def test_a_hint_names_the_word_that_was_meant_or_the_few_that_there_are() -> None:
    assert suggest("lmg", ["lng", "oil"]) == "did you mean 'lng'?"
    assert suggest("zzz", ["oil", "lng"]) == "allowed: lng, oil"
    assert suggest("zzz", ["oil", "lng"], what="kinds") == "kinds: lng, oil"
    assert suggest("zzz", []) == ""
    assert suggest("zzz", ["oil"]) == "allowed: oil"
    assert suggest("zzz", map(str, range(30))).startswith("allowed: 0, 1, 10")
    assert suggest("zzz", map(str, range(31))) == ""


def test_what_a_terminal_would_not_show_is_shown() -> None:
    assert show("a\nb\u200bc\x1b") == "a b<U+200B>c<U+001B>"
    assert show("x" * 300) == "x" * 300
    assert show("x" * 301) == f"{'x' * 250} [...] {'x' * 40}"


def test_problems_are_told_once_and_in_their_order() -> None:
    one, other = Problem("b.yml", 1, 2, "it is wrong"), Problem("a.yml", 9, 1, "it is wrong", "mend it")
    assert str(ContentError([one, other, one])) == (
        "a.yml:9:1: it is wrong\n    hint: mend it\nb.yml:1:2: it is wrong\n2 problems in 2 files"
    )
    assert str(ContentError([one])).endswith("\n1 problem in 1 file")
    assert Problem("", 1, 1, "no record 'a/b' at c/d.yml 12").kind == "no record ... at ... ..."
    assert Problem("", 1, 1, "it has 12 of c/d.yml").kind == "it has ... of ..."
