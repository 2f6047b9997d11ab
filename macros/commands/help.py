"""`help`: what each macro does and how it is written, from the macros' own docstrings."""

from __future__ import annotations

import argparse

from macros.components.registry import MACROS
from macros.tree import Tree


def run(_tree: Tree, _options: argparse.Namespace) -> int:
    """Prints every macro, those that stand within a sentence first."""
    for inline, heading in ((True, "Within a sentence"), (False, "On a line of its own")):
        print(f"{heading}\n")
        for macro in sorted(MACROS.values(), key=lambda one: one.name):
            if macro.inline is inline:
                print(f"  {macro.usage}")
                print("".join(f"      {line}\n" if line else "\n" for line in macro.summary.splitlines()))
    return 0
