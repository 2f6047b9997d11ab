"""Which files were saved: the operating system says so, and files that editors keep for themselves are left out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

from macros.tree import CODE, COMPONENTS, Tree

_STEP = 20  # milliseconds without another change after which what was saved is taken up
_RESTART = "the code has changed: stop the preview with Ctrl-C and start it again"


class _Content(DefaultFilter):
    """What is content: not what editors keep beside it, nor the folders of Python."""

    ignore_entity_patterns = (*DefaultFilter.ignore_entity_patterns, r"^~\$", r"\.tmp$", r"^\.#", r"^4913$")

    def __init__(self, tree: Tree) -> None:
        super().__init__()
        self._folders = [str(folder) for folder in folders_of(tree)]
        self._config = str(tree.config)

    def __call__(self, change: Change, path: str) -> bool:
        inside = path == self._config or any(path.startswith(folder) for folder in self._folders)
        return inside and super().__call__(change, path)


def folders_of(tree: Tree) -> list[Path]:
    """Returns the folders whose files decide what the preview shows."""
    folders = [tree.data, tree.docs, COMPONENTS.parent, tree.project / "editions", CODE]
    return [folder.resolve() for folder in folders if folder.is_dir()]


def run_watchers(tree: Tree, take: Callable[[set[Path]], None], stop: threading.Event) -> None:
    """Calls `take` with what was saved, one call after the other, until `stop` is set. Does not return before.

    The configuration's folder is watched by itself: beside it stand folders with many files that are no content.
    """
    lock = threading.Lock()
    said: list[str] = []

    def follow(paths: list[Path], recursive: bool) -> None:
        for changes in watch(
            *paths,
            watch_filter=_Content(tree),
            step=_STEP,
            stop_event=stop,
            raise_interrupt=False,
            recursive=recursive,
            rust_timeout=1000,
        ):
            found = {Path(path) for _, path in changes}
            content = {path for path in found if not (path.is_relative_to(CODE) and path.suffix == ".py")}
            if found - content and not said:
                said.append(_RESTART)
                print(_RESTART, flush=True)
            if content:
                with lock:
                    take(content)

    beside = threading.Thread(target=follow, args=([tree.root], False), daemon=True)
    beside.start()
    follow(folders_of(tree), True)
    beside.join()
