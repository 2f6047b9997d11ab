"""The command line: `python -m macros <verb>`. `make <verb>` is the same.

Exit codes: 0 done; 1 the content is at fault; 2 the command was misused or the machine lacks something.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from macros.commands.environment import ensure_environment
from macros.problems import ContentError, UsageError
from macros.tree import find_tree

# verb: (what it does, what it needs installed). Each is `run(tree, options)` in macros/commands/<verb>.py.
VERBS = {
    "site": ("build every frozen edition into site/", "site"),
    "draft": ("build the working tree into draft/, marked as a draft", "site"),
    "edition": ("freeze the working tree as an edition: edition AS_AT", "site"),
    "check": ("check every record and page", "site"),
    "serve": ("show the working tree as a draft, live, while you edit", "site"),
    "new": ("begin a record: new KIND ID", "site"),
    "help": ("print what each macro does and how it is written", "site"),
    "links": ("check every link and anchor of site/", "dev"),
    "test": ("lint, types, tests, browser and links", "dev"),
    "style": ("measure how the built pages read", "dev"),
    "reread": ("list what to read again before as_at is moved: reread AS_AT", "site"),
    "search-quality": ("ask the search a file of questions: hit@1, hit@3, misses", "dev"),
    "bench": ("measure checks and builds", "dev"),
    "weigh": ("measure what each page of site/ costs on the wire", "dev"),
    "lock": ("renew the lock files from requirements*.in", "dev"),
}


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Returns the verb and its options. Raises SystemExit(2) when they make no sense."""
    parser = argparse.ArgumentParser(prog="python -m macros", description="Build and check the explainer site.")
    parser.add_argument(
        "--tree", type=Path, default=Path(), help="the folder with mkdocs.yml and data/ (default: here)"
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    for name, (what, _) in VERBS.items():
        verb = verbs.add_parser(name, help=what, description=what)
        if name == "new":
            verb.add_argument("kind")
            verb.add_argument("id")
        if name == "edition":
            verb.add_argument("as_at", help="the as-at date, and the number of a correction: 2026-09-30, 2026-09-30.2")
            verb.add_argument("--again", action="store_true", help="freeze a candidate anew")
            for key in ("title", "note", "supersedes"):
                verb.add_argument(f"--{key}", help=f"the {key} in edition.yml")
        if name == "style":
            verb.add_argument("--built", type=Path, default=None, help="a built edition (default: draft/latest)")
        if name == "search-quality":
            verb.add_argument("--built", type=Path, default=None, help="a built site (default: draft)")
            verb.add_argument(
                "--queries", type=Path, default=Path("tests/site/queries.yml"), help="a file of questions"
            )
        if name == "reread":
            verb.add_argument("as_at", help="the day to which as_at is to be moved: 2026-11-29")
        if name == "serve":
            verb.add_argument("--port", type=int, default=8000)
        if name == "links":
            verb.add_argument("--site", type=Path, default=None, help="the built site (default: site/)")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Runs one verb in the project's own environment and returns the exit code."""
    options = parse(arguments)
    try:
        ensure_environment(VERBS[options.verb][1], arguments)
        command = importlib.import_module(f"macros.commands.{options.verb.replace('-', '_')}")
        return int(command.run(find_tree(options.tree), options))
    except ContentError as error:
        print(error, file=sys.stderr)
        return 1
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
