"""`serve`: the working tree as a draft on this machine, built again whenever a file changes."""

from __future__ import annotations

import argparse
import subprocess
import sys

from macros.building.builder import LIVE, builder_environment
from macros.tree import Tree


def run(tree: Tree, options: argparse.Namespace) -> int:
    """Serves until it is stopped with Ctrl-C."""
    print(f"Open http://127.0.0.1:{options.port}/ in a browser; stop with Ctrl-C", flush=True)
    # MkDocs writes a script of its own into each page that it serves; the policy would stop it.
    environment = builder_environment() | {LIVE: "1", "SITE_URL": f"http://127.0.0.1:{options.port}/"}
    command = [sys.executable, "-m", "mkdocs", "serve", "--config-file", str(tree.config)]
    address = ["--dev-addr", f"127.0.0.1:{options.port}", "--livereload"]
    return subprocess.run([*command, *address], cwd=tree.root, env=environment, check=False).returncode
