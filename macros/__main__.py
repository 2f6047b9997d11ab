"""The command line: `python -m macros <verb>`. `make <verb>` is the same.

Exit codes: 0 done; 1 the content is at fault; 2 the command was misused or the machine lacks something.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
from collections.abc import Sequence

from macros.commands.arguments import VERBS, parse
from macros.machine.environment import ensure_environment
from macros.problems import ContentError, UsageError
from macros.tree import find_tree


def main(arguments: Sequence[str]) -> int:
    """Runs one verb in the project's own environment and returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a console that is not UTF-8 shows what it can
    options = parse(arguments)
    # We have no plugins of pydantic's, and to look for some, it reads what every installed package says of itself.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
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
    code = main(sys.argv[1:])
    if sys.argv[-1] == "check":  # letting go of each record, one by one, would take longer than checking one
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)
