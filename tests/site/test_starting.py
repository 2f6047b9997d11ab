"""Processes: each loads what it needs and no more, and says what it has to say on any console."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from macros.site.checked import summarize
from macros.site.loading import load_site
from macros.site.remembered import keep_memory
from macros.text.memory import Memory
from macros.tree import Tree
from tests.conftest import ROOT


def start(program: str, *words: str) -> list[str]:
    """Returns what a program says that starts in an interpreter of its own."""
    command = [sys.executable, "-c", program, *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


def check_and_list(names: tuple[str, ...], tree: Path) -> list[str]:
    """Returns what a check of the tree says, and last which of these modules it has loaded."""
    program = (
        "import sys; from pathlib import Path; from macros.commands.check import run; from macros.tree import Tree\n"
        "run(Tree(Path(sys.argv[1])), None)\n"
        f"print([name for name in {names} if name in sys.modules])"
    )
    return start(program, str(tree))


def test_an_answer_that_is_known_loads_no_classes(tree: Path) -> None:
    said = [check_and_list(("pydantic", "yaml"), tree) for _ in range(2)]
    assert [one[-1] for one in said] == ["['pydantic', 'yaml']", "[]"]
    assert said[0][0] == said[1][0]


def test_a_changed_record_is_checked_without_what_fills_in_pages(tree: Path) -> None:
    memory = Memory()
    load_site(Tree(tree), memory=memory)
    memory.spent = 60.0  # what takes so long is kept
    keep_memory(Tree(tree), memory)
    names = ("pydantic", "jinja2", "markdown", "lxml")
    check_and_list(names, tree)  # compares with stored editions, once
    record = tree / "data" / "implication" / "point.yml"
    record.write_text(record.read_text(encoding="utf-8").replace("Prices", "Some prices"), encoding="utf-8")
    said = check_and_list(names, tree)
    assert said[-1] == "['pydantic']"
    assert said[0] == summarize(load_site(Tree(tree)))


def test_the_preview_loads_what_makes_files_when_one_is_asked_for() -> None:
    names = ("macros.outputs", "macros.admin.serving", "icalendar", "typst")
    program = f"import sys, macros.preview.serving\nprint([name for name in {names} if name in sys.modules])"
    assert start(program) == ["[]"]


def test_the_library_of_projections_is_loaded_only_where_a_map_is_drawn() -> None:
    modules = "macros.commands.check, macros.site.loading, macros.components.mapping"
    assert start(f"import sys, {modules}\nprint('pyproj' in sys.modules)") == ["False"]


def test_a_console_that_is_not_utf_8(tree: Path) -> None:
    term = tree / "data" / "term" / "wording.yml"
    said = term.read_text(encoding="utf-8")
    assert "[provision/one]" in said
    term.write_text(said.replace("[provision/one]", "[provision/\u539f\u5b50\u529b]"), encoding="utf-8")
    line = [sys.executable, "-m", "macros", "--tree", str(tree), "check"]
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    done = subprocess.run(line, cwd=ROOT, capture_output=True, check=False, env=environment)
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == rb"data/term/wording.yml:5:11: no provision '\u539f\u5b50\u529b'"
