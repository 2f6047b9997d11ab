"""Verbs run as a person runs them, each in a process of its own, which need not load the code again.

A verb that starts from nothing spends most of its time on loading what it is made of. So one process of each worker
loads everything and waits; for each verb it forks, and the fork goes to the folder, takes the variables and ends as a
process of its own would. Where there is no fork, and where the code itself is another, a verb starts from nothing.

Run as a program it is the process that waits: a line of JSON for each verb to run, answered by a line with its code.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import runpy
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO, Any, NoReturn

_ROOT = Path(__file__).resolve().parent.parent.parent
# These load what only they need.
_BUILDER = ("mkdocs.__main__", "mkdocs.commands.build", "mkdocs_macros.plugin", "material")
_APART = ("macros.__main__", "macros.benchmarks", "macros.commands.bench", "macros.commands.fuzz")


def run_verb(words: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs a verb of this project's code in a folder; returns its code and what it said."""
    if not hasattr(os, "fork"):
        command = [sys.executable, "-m", "macros", *words]
        return subprocess.run(
            command, cwd=folder, env=own_code(os.environ), capture_output=True, text=True, check=False
        )
    waiting = _start()
    assert waiting.stdin is not None
    assert waiting.stdout is not None
    with tempfile.NamedTemporaryFile() as said, tempfile.NamedTemporaryFile() as told:
        job = {
            "module": "macros",
            "words": words,
            "folder": str(folder),
            "env": own_code(os.environ),
            "out": said.name,
            "err": told.name,
        }
        waiting.stdin.write(json.dumps(job) + "\n")
        waiting.stdin.flush()
        answer = waiting.stdout.readline()
        assert answer, "the process that waits for verbs has ended"
        out, err = (Path(one.name).read_text(encoding="utf-8") for one in (said, told))
        return subprocess.CompletedProcess(list(words), int(answer), out, err)


def own_code(variables: Mapping[str, str]) -> dict[str, str]:
    """Returns the variables with which a process finds this project's code from any folder."""
    return {**variables, "PYTHONPATH": str(_ROOT)}


@cache
def _start() -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.site.warm"]
    waiting = subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(_stop, waiting)
    return waiting


def _stop(waiting: subprocess.Popen[str]) -> None:
    waiting.communicate()  # it ends when nothing more can be asked of it


def _load() -> None:
    """Loads all that verbs and the builder are made of."""
    for found in pkgutil.walk_packages([str(_ROOT / "macros")], "macros."):
        if not found.name.startswith(_APART):
            importlib.import_module(found.name)
    for name in _BUILDER:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()


def _wait(jobs: IO[str], answers: IO[str]) -> None:
    """Forks for each job that is read, and writes the code with which the fork ended."""
    for line in jobs:
        # A fork has one thread alone, and would wait for ever for what another one holds.
        threads = len(list(Path("/proc/self/task").iterdir())) if sys.platform == "linux" else 1
        assert threads == 1, "something that was loaded has started a thread"
        number = os.fork()
        if number == 0:
            _become(json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]), file=answers, flush=True)


def _become(job: Mapping[str, Any]) -> NoReturn:
    """Does what a process of its own does, and ends as it ends."""
    for number, path in enumerate((os.devnull, job["out"], job["err"])):
        opened = os.open(path, os.O_RDWR | os.O_APPEND)
        os.dup2(opened, number)
        os.close(opened)
    os.environ.clear()
    os.environ.update(job["env"])
    time.tzset()
    os.chdir(job["folder"])
    sys.argv = [job["module"], *job["words"]]
    if job["module"] == "macros":
        _keep_a_builder()
    runpy.run_module(job["module"], run_name="__main__", alter_sys=True)
    sys.exit(0)


def _keep_a_builder() -> None:
    """Lets a process of its own wait for what this one asks of MkDocs: this one will have threads, and cannot fork."""
    (jobs_read, jobs_write), (answers_read, answers_write) = os.pipe(), os.pipe()
    if os.fork() == 0:
        os.close(jobs_write)
        with open(jobs_read, encoding="utf-8") as jobs, open(answers_write, "w", encoding="utf-8") as answers:  # noqa: PTH123
            _wait(jobs, answers)
        os._exit(0)
    os.close(jobs_read)
    os.close(answers_write)
    jobs, answers = open(jobs_write, "w", encoding="utf-8"), open(answers_read, encoding="utf-8")  # noqa: PTH123, SIM115
    start = subprocess.run

    def run(command: Sequence[str], **options: Any) -> subprocess.CompletedProcess[str]:
        if list(command[:3]) != [sys.executable, "-m", "mkdocs"]:
            return start(command, **options)
        with tempfile.NamedTemporaryFile() as said:
            folder, env = str(options["cwd"]), dict(options["env"])
            job = {"module": "mkdocs", "words": command[3:], "folder": folder, "env": env}
            print(json.dumps(job | {"out": said.name, "err": said.name}), file=jobs, flush=True)
            code = int(answers.readline())
            return subprocess.CompletedProcess(command, code, Path(said.name).read_text(encoding="utf-8"), None)

    subprocess.run = run  # type: ignore[assignment]


if __name__ == "__main__":
    _load()
    _wait(sys.stdin, sys.stdout)
