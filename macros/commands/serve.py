"""`serve`: the working tree as a draft on this machine; what is saved is seen at once, and what is wrong, too."""

from __future__ import annotations

import argparse
import gc
import signal
import sys
import time

from macros.problems import UsageError
from macros.tree import Tree


def run(tree: Tree, options: argparse.Namespace) -> int:
    """Serves until it is stopped with Ctrl-C. Raises UsageError when the port is taken."""
    gc.disable()  # what is loaded and read stays: collections before the first page would find nothing
    from macros.builder.registering import YOUNG  # noqa: PLC0415 - so that it is loaded without collections, too
    from macros.preview.serving import Serving  # noqa: PLC0415 - as above

    try:
        serving = Serving(tree, options.port)
    except OSError as error:
        raise UsageError(
            f"port {options.port} cannot be used ({error.strerror}): choose another, --port 8001"
        ) from error
    print(f"Open {serving.address} in a browser; stop with Ctrl-C", flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that what was begun is ended
    with serving:
        gc.freeze()  # nor needs a later one to look at it
        gc.set_threshold(YOUNG)
        gc.enable()
        while True:
            time.sleep(3600)  # an event would wait on, whatever is pressed, on Windows
