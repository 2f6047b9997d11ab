"""The preview: the newest state of the tree that can be shown, what is wrong with the tree, and who is looking on."""

from __future__ import annotations

import hashlib
import queue
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from macros.builder.rendering import Framer
from macros.components.templates import forget_templates
from macros.history.history import Stage, open_history
from macros.preview.checking import Answer, Checker
from macros.preview.state import State, frame_problem
from macros.problems import ContentError, Problem, format_problems
from macros.site.loading import Site, load_site
from macros.site.output import Reads
from macros.site.remembered import keep_memory, read_memory
from macros.tree import COMPONENTS, LISTS, Tree

_STARTING = b"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Not yet</title></head>
<body><h1>There is nothing to show yet</h1><p>The page comes by itself in some seconds.</p></body></html>
"""
_ASSETS = COMPONENTS.parent / "assets"
_LOADING = 10.0  # so many seconds a page may take from its style sheets to its first news


class News(NamedTuple):
    """What a page that is open in a browser is told: `changed`, `problems`, `again`, or `style` with a file's name."""

    name: str
    detail: str = ""


class Preview:
    """Serves one tree. `refresh` is called by one thread at a time; everything else by any."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.state: State | None = None
        self.ready = threading.Event()
        self.number = 0
        self._memory = read_memory(tree)
        self._framer = Framer(tree)
        self._earlier: list[Stage] | None = None
        self._lock = threading.RLock()
        self._good: dict[str, bytes] = {}
        self._found: tuple[Problem, ...] = ()  # in reading the tree
        self._checked: tuple[Problem, ...] = ()
        self._said = ""
        self._summary = ""  # of the whole check; empty until it has answered for the newest state
        self._saying = threading.Lock()
        self._listeners: set[queue.SimpleQueue[News]] = set()
        self._asked: set[object] = set()
        self._styled: dict[News, float] = {}
        self._checker: Checker | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="preview-", ignore_cleanup_errors=True)

    @property
    def problems(self) -> list[Problem]:
        """Returns everything that is wrong with the tree, sorted by place."""
        state = self.state
        return sorted({*self._found, *self._checked, *(state.problems if state else ())})

    @property
    def is_checked(self) -> bool:
        """Whether the whole check has answered for the newest state."""
        return bool(self._summary)

    def open(self) -> None:
        """Loads the tree for the first time; then begins to check it, and keeps what was read for the next run."""
        first = self._memory.is_empty
        self._load(())
        self.ready.set()
        if first:
            keep_memory(self.tree, self._memory)
        self._checker = Checker(self.tree, self._hear)
        self._checker.ask(self.number)

    def refresh(self, changes: Iterable[Path]) -> None:
        """Takes up what was saved: these files, which may be gone."""
        changed = set(changes)
        styles = {path for path in changed if path.suffix == ".css" and path.is_relative_to(_ASSETS)}
        scripts = {path for path in changed - styles if path.is_relative_to(_ASSETS)}
        if styles and self.state:
            self.state.beside.forget(Reads.styles)
        if changed - styles - scripts:
            if any(path.is_relative_to(COMPONENTS) for path in changed):
                forget_templates()
            retold = (self.tree.project / "editions", self.tree.data / LISTS)  # editions are told in today's words
            if any(path.is_relative_to(folder) for path in changed for folder in retold):
                self._earlier = None
            self._load(changed)
        for path in sorted(styles):
            news = News("style", path.relative_to(COMPONENTS.parent).as_posix())
            self._styled[news] = time.monotonic()
            self._tell(news)
        if scripts:
            self._tell(News("again"))

    def _load(self, changed: Collection[Path]) -> None:
        """Reads what changed; shows it when it can be shown, else the last good state with its problems on top."""
        self.number += 1
        self._summary = ""
        self._found = self._try_to_load()
        mended = {self.tree.shown(path) for path in changed if path.is_relative_to(self.tree.project)}
        # Until the whole check answers again, what it said of a file that was saved since does not count.
        kept = () if self._found else self._checked
        self._checked = tuple(one for one in kept if one.path not in mended)
        if self._checker:
            self._checker.ask(self.number)
        self._tell(News("changed"))
        self._tell(News("problems"))

    def _try_to_load(self) -> tuple[Problem, ...]:
        """Takes up a new state when nothing stands against it; returns what does."""
        site: Site | None = None
        try:
            site = load_site(self.tree, run=False, memory=self._memory)
            if self._earlier is None:
                self._earlier = open_history(self.tree, site).earlier
            if not site.problems or self.state is None:
                with self._lock:
                    folder = Path(self._folder.name)
                    shutil.rmtree(folder / str(self.number - 2), ignore_errors=True)
                    self.state = State(
                        self.tree,
                        site,
                        self._framer.frame(),
                        self._earlier,
                        lock=self._lock,
                        good=self._good,
                        folder=folder / str(self.number),
                    )
        except ContentError as error:
            return tuple(error.problems)
        except (Exception, SystemExit) as error:  # MkDocs ends the process over its configuration
            return (site and site.problems) or (frame_problem(self.tree, error),)
        return site.problems

    def _hear(self, answer: Answer) -> None:
        """Takes the answer of the whole check; one about an older state is of no use."""
        if answer.number != self.number:
            return
        self._checked, self._summary = answer.problems, answer.summary
        self._tell(News("problems"))
        self._say()

    def _say(self) -> None:
        """Prints what `check` would print, once the check has answered and when it is something else than before."""
        with self._saying:
            problems = self.problems
            said = format_problems(problems) if problems else self._summary
            if self._summary and said != self._said:
                print(said, file=sys.stderr if problems else sys.stdout, flush=True)
                self._said = said

    def find(self, path: str) -> tuple[int, bytes | Path]:
        """Returns status and contents of an address of the draft, without the slash that it begins with."""
        state = self.state
        if state is None:
            return 503, _STARTING
        asked = object()
        self._asked.add(asked)
        try:
            found = state.find(path)
            return (404, state.lost()) if found is None else (200, found)
        finally:
            self._asked.discard(asked)

    @property
    def is_asked(self) -> bool:
        """Whether somebody waits for an answer."""
        return bool(self._asked)

    def version(self, path: str) -> str:
        """Returns what tells the page at an address from what it was before; nothing while there is none."""
        if self.state is None:
            return ""
        _, found = self.find(path)
        return version_of(found) if isinstance(found, bytes) else ""

    def render_ahead(self) -> bool:
        """Renders a page that nobody has asked for yet; whether there was one."""
        state = self.state
        source = state.next_page() if state else None
        if state and source:
            known = len(state.problems)
            state.page(source)
            if len(state.problems) != known:
                self._tell(News("problems"))
                self._say()
        return source is not None

    def listen(self) -> queue.SimpleQueue[News]:
        """Returns a queue into which news come from now on, until it is given to `leave`."""
        news: queue.SimpleQueue[News] = queue.SimpleQueue()
        self._listeners = {*self._listeners, news}
        return news

    @property
    def fresh_styles(self) -> list[News]:
        """Returns the style sheets that were saved while a page that is only now open may have been loading."""
        return [news for news, when in self._styled.items() if time.monotonic() - when < _LOADING]

    def leave(self, news: queue.SimpleQueue[News]) -> None:
        """Ends what `listen` began."""
        self._listeners = self._listeners - {news}

    def close(self) -> None:
        """Ends the check's process, and drops the files that were made."""
        if self._checker:
            self._checker.stop()
        self._folder.cleanup()

    def _tell(self, news: News) -> None:
        for one in self._listeners:
            one.put(news)


def version_of(page: bytes) -> str:
    """Returns a short name for these bytes."""
    return hashlib.sha256(page).hexdigest()[:16]
