"""Forks that say nothing, bounded by the seconds of processor that they may take."""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Callable


def fork(run: Callable[[], int], *, seconds: int | None = None) -> int:
    """Runs a function in a fork, and returns its code; below 0 the number of the signal that ended it.

    It is SIGXCPU where it took more than its seconds of processor, and SIGALRM where it waited ten times as long.
    """
    sys.stdout.flush()
    number = os.fork()
    if number == 0:
        code = 1
        try:
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nowhere, stream)
            if seconds is not None:
                resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
                signal.alarm(10 * seconds)
            code = run()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
