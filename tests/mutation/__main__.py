"""Asks whether the unit tests notice faults: `python -m tests.mutation [--seed 0] [--count 200] [--seconds 600]`.

The tests are collected once. Which test runs which line is found in forks, and kept (`reach.py`). Then faults are drawn
from the seed on the lines that are run; each is planted in a fork of its own, which runs the tests of that line until
one fails. Ends with 1 when less than the wanted share of them is noticed, or a test fails without any fault.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from tests.conftest import ROOT
from tests.mutation.forks import fork
from tests.mutation.mutants import Mutant, list_mutants
from tests.mutation.reach import find_reach

Outcome = Literal["killed", "timed out", "survived", "not planted"]
_CODES: dict[int, Outcome] = {
    0: "survived",
    2: "not planted",
    -signal.SIGXCPU: "timed out",
    -signal.SIGALRM: "timed out",
}
_WANTED = 0.9
_LONGEST = 15  # seconds of processor: what has not been noticed by then has survived
_ENDLESS = 30  # seconds of processor: it goes on for ever, which is noticed


class Mutation:
    """A plugin of pytest that runs the collected tests for each fault, in place of once for all."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.failed = False
        self.share = 0.0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed |= report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        ends = time.monotonic() + self.options.seconds
        items = {item.nodeid: item for item in session.items}
        reach = find_reach(list(items.values()), self.options.seconds / 2)
        if reach.left:
            print(f"No time to see what these run; they are left out until next time: {', '.join(reach.left)}")
        for name in reach.failing:
            print(f"{name} fails without any fault: run it first")
        tests = reach.tests()
        outcomes: Counter[Outcome] = Counter()
        for mutant in self._draw(tests):
            if time.monotonic() > ends:
                print("The time is over.")
                break
            chosen = [items[one] for one in tests[_name(mutant.path)][mutant.line]]
            outcome = self._try(mutant, chosen)
            outcomes[outcome] += 1
            if outcome in {"survived", "timed out"}:
                print(f"{_name(mutant.path)}:{mutant.line}: {mutant.what}: {outcome} ({len(chosen)} tests)", flush=True)
        self._report(outcomes)
        if reach.failing:
            self.share = 0.0
        return True

    def _report(self, outcomes: Counter[Outcome]) -> None:
        noticed = outcomes["killed"] + outcomes["timed out"]
        tried = noticed + outcomes["survived"]
        self.share = noticed / tried if tried else 0.0
        said = ", ".join(f"{number} {outcome}" for outcome, number in outcomes.items())
        print(f"{noticed} of {tried} faults were noticed ({self.share:.0%}); seed {self.options.seed}: {said}")

    def _draw(self, tests: dict[str, dict[int, list[str]]]) -> Iterator[Mutant]:
        """Yields faults in the order of the seed; another bound of time ends the same order earlier."""
        found = [one for name in sorted(tests) for one in list_mutants(ROOT / name, set(tests[name]))]
        chance = random.Random(self.options.seed)  # noqa: S311 - no secret
        print(f"{len(found)} faults can be made on the lines that the unit tests run", flush=True)
        yield from chance.sample(found, min(self.options.count, len(found)))

    def _try(self, mutant: Mutant, items: list[pytest.Item]) -> Outcome:
        def plant_and_run() -> int:
            try:
                mutant.plant()
            except ValueError:
                return 2
            for item, following in zip(items, [*items[1:], None], strict=True):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if self.failed:
                    return 1
                if time.process_time() > _LONGEST:
                    break
            return 0

        return _CODES.get(fork(plant_and_run, seconds=_ENDLESS), "killed")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


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
