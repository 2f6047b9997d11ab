"""Two commands never write one folder at the same time."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from macros.locking import only_one
from macros.problems import UsageError
from tests.conftest import ROOT

HOLD = """
import sys, time
from pathlib import Path
from macros.locking import only_one
with only_one(Path(sys.argv[1]), "make publish"):
    print("held", flush=True)
    time.sleep(600)
"""


def test_a_second_one_says_that_another_is_running_until_the_first_is_killed(tmp_path: Path) -> None:
    lock = tmp_path / "new" / ".lock"
    line = [sys.executable, "-c", HOLD, str(lock)]
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        with (
            pytest.raises(UsageError, match="another make publish is running here: wait until it has ended"),
            only_one(lock, "make publish"),
        ):
            pytest.fail("both hold it")
        other.send_signal(signal.SIGKILL)
    with only_one(lock, "make publish"):
        assert lock.exists()


def test_the_lock_is_free_again_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(LookupError), only_one(tmp_path / ".lock", "make site"):
        raise LookupError
    with only_one(tmp_path / ".lock", "make site"):
        pass
