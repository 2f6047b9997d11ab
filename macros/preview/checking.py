"""The whole check, in a process of its own: it takes longer than a page, and no page waits for it."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import NamedTuple

from macros.problems import Problem
from macros.site.remembered import keep_memory, read_memory
from macros.tree import Tree


class Answer(NamedTuple):
    """What the check says of the state with this number: its problems, or the line that all is well."""

    number: int
    problems: tuple[Problem, ...]
    summary: str


class Checker:
    """Checks the tree when asked, and tells; of questions that come meanwhile only the last is answered."""

    def __init__(self, tree: Tree, tell: Callable[[Answer], None]) -> None:
        # Spawned, not forked: what has used Typst has threads.
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(tree, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self._tell = tell
        threading.Thread(target=self._listen, daemon=True).start()

    def ask(self, number: int) -> None:
        """Asks for a check of the tree as it is now."""
        with contextlib.suppress(OSError):
            self._connection.send(number)

    def stop(self) -> None:
        """Ends the process."""
        self._process.terminate()
        self._process.join()

    def _listen(self) -> None:
        with contextlib.suppress(EOFError, OSError):
            while True:
                self._tell(self._connection.recv())


def _work(tree: Tree, connection: Connection) -> None:
    gc.disable()  # as the server does
    if hasattr(os, "nice"):
        os.nice(10)  # before anything is loaded: somebody waits for the first page
    from macros.site.checked import summarize  # noqa: PLC0415 - the server does not need it
    from macros.site.loading import load_site  # noqa: PLC0415 - as above

    memory, kept = read_memory(tree), False
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            number = connection.recv()
            while connection.poll():
                number = connection.recv()
            site = load_site(tree, memory=memory)
            connection.send(Answer(number, site.problems, summarize(site)))
            if not kept:
                keep_memory(tree, memory)
                kept = True
                gc.freeze()
                gc.enable()
