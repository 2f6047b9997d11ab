"""The preview at work: server, watcher and idle time, each in a thread of its own."""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType

from macros.preview.preview import Preview
from macros.preview.routes import ROUTES
from macros.preview.server import HOST, create_server
from macros.preview.watching import run_watchers
from macros.tree import Tree

_MOMENT = 0.1  # seconds
_CALM = 2.0  # seconds without a change after which pages are rendered that nobody has asked for yet


class Serving:
    """Listens from its making on; answers, watches and checks from `with` on. Raises OSError when the port is taken."""

    def __init__(self, tree: Tree, port: int = 0) -> None:
        self.preview = Preview(tree)
        try:
            self._server = create_server(self.preview, port, ROUTES)
        except OSError:
            self.preview.close()
            raise
        self.address = f"http://{HOST}:{self._server.server_address[1]}/"
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=work, daemon=True) for work in (self._server.serve_forever, self._watch, self._idle)
        ]

    def __enter__(self) -> Serving:
        for thread in self._threads:
            thread.start()
        self.preview.open()
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._server.shutdown()
        self._server.server_close()
        self.preview.close()

    def _watch(self) -> None:
        def take(changes: set[Path]) -> None:
            self.preview.ready.wait()  # what is saved while the tree is read the first time is read again
            self.preview.refresh(changes)

        run_watchers(self.preview.tree, take, self._stop)

    def _idle(self) -> None:
        """Renders, one by one and while nothing changes, what the search will ask for."""
        self.preview.ready.wait()
        while not self._stop.is_set():
            number = self.preview.number
            calm = not self._stop.wait(_CALM) and number == self.preview.number
            while calm and number == self.preview.number and not self._stop.is_set():
                if self.preview.is_asked:
                    self._stop.wait(_MOMENT)  # whoever asks comes first
                elif not self.preview.render_ahead():
                    break
