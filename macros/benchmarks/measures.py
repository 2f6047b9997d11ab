"""Commands timed from outside, taking turns, and the figures that come of it."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from macros.builder.builder import builder_environment
from macros.problems import UsageError


class Run(NamedTuple):
    """One run of a command: seconds on the clock and of processor, megabytes of its largest process at its peak."""

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True)
class Action:
    """A command that is measured; `before` puts its place into the state that it starts from, unmeasured."""

    name: str
    command: Sequence[str]
    before: Callable[[], None] = lambda: None


@dataclass
class Measures:
    """What was found so far, by name: medians of `seconds` and `cpu`, `ratio` of two, `megabytes`, `files`."""

    seconds: dict[str, float] = field(default_factory=dict)
    cpu: dict[str, float] = field(default_factory=dict)
    ratio: dict[str, float] = field(default_factory=dict)
    megabytes: dict[str, float] = field(default_factory=dict)
    files: dict[str, float] = field(default_factory=dict)

    def measure(self, rounds: int, *actions: Action) -> None:
        """Runs each command so many times, in turn, so that a busy machine slows all alike."""
        runs: dict[str, list[Run]] = {one.name: [] for one in actions}
        for _ in range(rounds):
            for one in actions:
                one.before()
                runs[one.name].append(run_timed(one.command))
        for name, found in runs.items():
            wall = [one.wall for one in found]
            self.seconds[name] = round(statistics.median(wall), 3)
            self.cpu[name] = round(statistics.median(one.cpu for one in found), 3)
            self.megabytes[name] = round(max(one.peak for one in found), 1)
            spread = f"from {min(wall):.2f} to {max(wall):.2f}"
            print(f"{name}: {self.seconds[name]:.2f} s ({spread}), processor {self.cpu[name]:.2f} s", flush=True)

    def add(self, name: str, times: Sequence[float]) -> None:
        """Adds what was timed elsewhere, in seconds."""
        self.seconds[name] = round(statistics.median(times), 3)
        print(f"{name}: {self.seconds[name]:.2f} s (from {min(times):.2f} to {max(times):.2f})", flush=True)

    def compare(self, name: str, upper: str, lower: str) -> None:
        """Notes the ratio of two commands that took turns, on the clock; prints that of the processor beside it."""
        self.ratio[name] = round(self.seconds[upper] / self.seconds[lower], 3)
        print(f"{name}: {self.ratio[name]:.2f} (processor {self.cpu[upper] / self.cpu[lower]:.2f})", flush=True)

    def as_json(self) -> Mapping[str, object]:
        """Returns the figures as bench.json has them."""
        return {name: dict(sorted(found.items())) for name, found in vars(self).items()}


def measured_environment() -> dict[str, str]:
    """Returns the variables with which all is measured: Python keeps what it has compiled, as it does by itself."""
    return {name: value for name, value in builder_environment().items() if name != "PYTHONDONTWRITEBYTECODE"}


def run_timed(command: Sequence[str]) -> Run:
    """Runs a command to its end. Raises UsageError with what it said when it fails."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, env=measured_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    with process:
        said = process.stdout.read() if process.stdout else ""
        cpu, peak = _wait(process)
    wall = time.perf_counter() - begun
    if process.returncode != 0:
        raise UsageError(f"{' '.join(command)} failed:\n{said}")
    return Run(wall, cpu or wall, peak)


def _wait(process: subprocess.Popen[str]) -> tuple[float, float]:
    """Waits for a process, and returns its seconds of processor and its peak in megabytes; zeros on Windows."""
    if not hasattr(os, "wait4"):
        process.wait()
        return 0.0, 0.0
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def measure_folder(folder: Path) -> tuple[int, float]:
    """Returns how many files a folder holds, and their megabytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), round(sum(sizes) / 1e6, 2)
