"""Asks whether the unit tests notice faults: `python -m tests.mutation [--seed 0] [--count 200] [--seconds 600]`.

The tests are collected once. A fork runs them all and says which test runs which line. Then faults are drawn from the
seed on the lines that were run; each is planted in a fork of its own, which runs the tests of that line until one
fails. Ends with 1 when less than the wanted share of them is noticed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, Literal

import pytest

from tests.conftest import ROOT
from tests.mutation.mutants import Mutant, list_mutants

Outcome = Literal["killed", "survived", "not planted"]
_CODES: dict[int, Outcome] = {0: "survived", 2: "not planted"}
_WANTED = 0.9
_LONGEST = 30  # seconds for the tests of one fault: what then goes on for ever is noticed
_FEW = 4  # calls of a function in one test whose lines are noted: more would take long
# Their lines run in processes of their own, or when they are loaded.
_APART = ("macros/benchmarks/", "macros/__main__.py")


class Mutation:
    """A plugin of pytest that runs the collected tests for each fault, in place of once for all."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.failed = False
        self.share = 0.0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed |= report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        tests = self._record(list(items.values()))
        ends = time.monotonic() + self.options.seconds
        outcomes: Counter[Outcome] = Counter()
        for mutant in self._draw(tests):
            if time.monotonic() > ends:
                print("The time is over.")
                break
            chosen = [items[one] for one in tests[mutant.path.as_posix()][mutant.line]]
            outcome = self._try(mutant, chosen)
            outcomes[outcome] += 1
            if outcome == "survived":
                print(f"{mutant.path.relative_to(ROOT)}:{mutant.line}: {mutant.what} ({len(chosen)} tests)", flush=True)
        tried = outcomes["killed"] + outcomes["survived"]
        self.share = outcomes["killed"] / tried if tried else 0.0
        print(f"{outcomes['killed']} of {tried} faults were noticed ({self.share:.0%}); seed {self.options.seed}")
        return True

    def _draw(self, tests: dict[str, dict[int, list[str]]]) -> list[Mutant]:
        found = [one for path in sorted(tests) for one in list_mutants(Path(path), set(tests[path]))]
        chance = random.Random(self.options.seed)  # noqa: S311 - no secret
        print(f"{len(found)} faults can be made on the lines that the unit tests run")
        return chance.sample(found, min(self.options.count, len(found)))

    def _try(self, mutant: Mutant, items: list[pytest.Item]) -> Outcome:
        def plant_and_run() -> int:
            try:
                mutant.plant()
            except ValueError:
                return 2
            signal.alarm(_LONGEST)
            for item, following in zip(items, [*items[1:], None], strict=True):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if self.failed:
                    return 1
            return 0

        return _CODES.get(_fork(plant_and_run), "killed")

    def _record(self, items: list[pytest.Item]) -> dict[str, dict[int, list[str]]]:
        """Returns the tests that run each line of each file, the quickest first."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "lines.json"

            def run() -> int:
                path.write_text(json.dumps(_trace(items)), encoding="utf-8")
                return int(self.failed)

            if _fork(run) != 0:
                raise pytest.UsageError("the unit tests fail without any fault: run them first")
            traced = json.loads(path.read_text(encoding="utf-8"))
        tests: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        for name, _, lines in sorted(traced, key=lambda one: one[1]):
            for file, numbers in lines.items():
                for number in numbers:
                    tests[file][number].append(name)
        return tests


def _trace(items: list[pytest.Item]) -> list[tuple[str, float, dict[str, list[int]]]]:
    """Runs the tests; returns the name of each, how long it took in seconds, and the lines of our files that it ran."""
    done: list[tuple[str, float, dict[str, list[int]]]] = []
    for item, following in zip(items, [*items[1:], None], strict=True):
        lines: dict[str, set[int]] = defaultdict(set)
        begun = time.monotonic()
        sys.settrace(_tracer(lines))
        try:
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        finally:
            sys.settrace(None)
        took = time.monotonic() - begun
        done.append((item.nodeid, took, {file: sorted(numbers) for file, numbers in lines.items()}))
    return done


def _tracer(lines: dict[str, set[int]]) -> Callable[..., Any]:
    ours = f"{(ROOT / 'macros').as_posix()}/"
    apart = tuple((ROOT / one).as_posix() for one in _APART)
    calls: Counter[CodeType] = Counter()

    def trace(frame: FrameType, _event: str, _value: object) -> Callable[..., Any] | None:
        file = frame.f_code.co_filename
        if not file.startswith(ours) or file.startswith(apart):
            return None
        calls[frame.f_code] += 1
        if calls[frame.f_code] > _FEW:
            return None
        found = lines[file]

        def count(inner: FrameType, event: str, _: object) -> Callable[..., Any]:
            if event == "line":
                found.add(inner.f_lineno)
            return count

        return count

    return trace


def _fork(run: Callable[[], int]) -> int:
    """Runs a function in a fork that says nothing, and returns its code; that of a fork that was killed is below 0."""
    sys.stdout.flush()
    number = os.fork()
    if number == 0:
        code = 1
        try:
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nowhere, stream)
            code = run()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def main() -> int:
    """Returns 0 when enough of the faults are noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("tests", nargs="*", default=["tests/unit"])
    mutation = Mutation(parser.parse_args())
    silent = ["-o", "addopts=", "-p", "no:terminal", "-p", "no:cacheprovider", "-p", "no:xdist", "--capture=no"]
    code = pytest.main([*mutation.options.tests, *silent], plugins=[mutation])
    return int(code) or int(mutation.share < _WANTED)


if __name__ == "__main__":
    sys.exit(main())
