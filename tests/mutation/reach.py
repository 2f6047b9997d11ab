"""Which test runs which line of our code, by coverage; kept for each module of tests until it or the code changes."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import coverage
import pytest

from macros.cache import digest, digest_code, keep_alone, list_files, write_whole
from macros.tree import Tree
from tests.conftest import ROOT
from tests.mutation.forks import fork

Lines = dict[str, list[int]]  # by file, below the project
# Their lines run in processes of their own, or when they are loaded.
_APART = ("macros/benchmarks/*", "macros/__main__.py")
_SHARED = "fixture "


@dataclass(frozen=True)
class Reach:
    """The lines that each test runs, by its id; the modules for which there was no time, and those that fail.

    `own` are those that it runs itself, `shared` those that only a fixture runs that it shares with other tests.
    """

    own: dict[str, Lines]
    shared: dict[str, Lines]
    left: list[str]
    failing: list[str]

    def tests(self) -> dict[str, dict[int, list[str]]]:
        """Returns the tests of each line of each file; those that run the fewest lines, and ask most of each, first.

        Those for which only a shared fixture runs the line come last: hundreds read the small tree, and most look at
        something else in it.
        """
        found: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        for lines in (self.own, self.shared):
            for test in sorted(lines, key=lambda one: sum(map(len, self.own[one].values()))):
                for file, numbers in lines[test].items():
                    for number in numbers:
                        found[file][number].append(test)
        return found


def find_reach(items: list[pytest.Item], seconds: float) -> Reach:
    """Returns what was kept for the modules of these tests; runs the others, each in a fork, until the time is over."""
    folder = Tree(ROOT).cache / "reach"
    own: dict[str, Lines] = {}
    shared: dict[str, Lines] = {}
    left: list[str] = []
    failing: list[str] = []
    beside = _digest_beside()
    ends = time.monotonic() + seconds
    for path, group in groupby(items, key=lambda one: one.path):
        kept = folder / path.stem / f"{digest(beside, path)}.json"
        if not kept.is_file() and time.monotonic() < ends:
            keep_alone(kept.parent, kept.name)
            failing += [] if _record_apart(list(group), kept) else [path.name]
        if kept.is_file():
            for test, (mine, others) in json.loads(kept.read_text(encoding="utf-8")).items():
                own[test], shared[test] = mine, others
        elif path.name not in failing:
            left.append(path.name)
    return Reach(own, shared, left, failing)


def _digest_beside() -> str:
    """Returns a digest of all that decides what a module of tests runs, but for the module itself."""
    modules = [*(ROOT / "tests").glob("*.py"), Path(__file__)]
    return digest(digest_code(), *sorted(modules), *list_files(ROOT / "tests" / "specimens", ROOT / "overrides"))


def _record_apart(items: list[pytest.Item], kept: Path) -> bool:
    """Writes down what the tests of a module run; returns False when one fails."""

    def run() -> int:
        recorder = _Recorder(items)
        recorder.record()
        if recorder.failed:
            return 1
        write_whole(kept, json.dumps(recorder.list_lines()).encode())
        return 0

    return fork(run) == 0


class _Recorder:
    """A plugin of pytest that gives each test and each shared fixture a context of coverage."""

    def __init__(self, items: list[pytest.Item]) -> None:
        self.failed = False
        self._items = items
        self._now = ""
        pattern = [str(ROOT / "macros" / "*")]
        self._coverage = coverage.Coverage(
            data_file=None, config_file=False, include=pattern, omit=[str(ROOT / one) for one in _APART]
        )

        self._coverage.set_option("run:disable_warnings", ["no-data-collected"])  # some tests read code and run none

    def record(self) -> None:
        self._items[0].config.pluginmanager.register(self, "recorder")
        self._coverage.start()
        for item, following in zip(self._items, [*self._items[1:], None], strict=True):
            self._switch(item.nodeid)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        self._coverage.stop()

    def _switch(self, name: str) -> None:
        self._now = name
        self._coverage.switch_context(name)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed |= report.failed

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
        """What a shared fixture runs is run for every test that uses it, though only one sets it up."""
        before = self._now
        if fixturedef.scope != "function":
            self._switch(f"{_SHARED}{fixturedef.argname}")
        try:
            return (yield)
        finally:
            self._switch(before)

    def list_lines(self) -> dict[str, tuple[Lines, Lines]]:
        """Returns the lines that each test runs itself, and those that only its shared fixtures run."""
        data = self._coverage.get_data()
        found: dict[str, tuple[Lines, Lines]] = {}
        by_context: dict[str, Lines] = defaultdict(dict)
        for file in data.measured_files():
            name = Path(file).relative_to(ROOT).as_posix()
            for line, contexts in data.contexts_by_lineno(file).items():
                for context in contexts:
                    by_context[context].setdefault(name, []).append(line)
        for item in self._items:
            own = by_context.get(item.nodeid, {})
            used = [f"{_SHARED}{one}" for one in getattr(item, "fixturenames", [])]
            found[item.nodeid] = own, _join([by_context[one] for one in used if one in by_context], without=own)
        return found


def _join(parts: list[Lines], without: Lines) -> Lines:
    joined: dict[str, set[int]] = defaultdict(set)
    for part in parts:
        for file, lines in part.items():
            joined[file].update(lines)
    return {file: sorted(lines - set(without.get(file, []))) for file, lines in joined.items()}
