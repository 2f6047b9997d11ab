"""`style`: how each built page reads, the ten longest sentences of the site, and what is left of avoided words."""

from __future__ import annotations

import argparse
from collections import Counter
from statistics import median

from macros.problems import ContentError, UsageError
from macros.style.measuring import Reading, read_pages
from macros.style.rules import load_rules
from macros.style.sentences import count_words
from macros.tree import Tree

_WORST = 10


def run(tree: Tree, options: argparse.Namespace) -> int:
    """Prints the measures of every page of the draft, or of another built folder. Raises UsageError without one."""
    folder = options.built or tree.root / "draft" / "latest"
    if not folder.is_dir():
        raise UsageError(f"{folder} is not built: run make draft first")
    rules, problems = load_rules(tree)
    if problems:
        raise ContentError(problems)
    readings: list[Reading] = []
    avoided: Counter[str] = Counter()
    for reading, text in read_pages(folder):
        readings.append(reading)
        avoided.update(one.words.lower() for one in (rules.find(text) if rules else ()))
    print(f"{'words':>6} {'median':>6} {'longest':>7} {'ease':>5}  page")
    for one in sorted(readings, key=lambda reading: reading.ease):
        print(f"{one.words:6} {one.median:6.0f} {one.longest:7} {one.ease:5.0f}  {one.address or 'home'}")
    print(f"\nThe {_WORST} longest sentences:")
    sentences = {(count_words(text), text, one.address) for one in readings for text in one.sentences}
    for words, text, address in sorted(sentences, reverse=True)[:_WORST]:
        print(f"{words:6}  {address}: {text}")
    print("\nAvoided words left (titles and quotations among them):", end=" ")
    print(", ".join(f"{words} {count}" for words, count in avoided.most_common(20)) or "none")
    whole = (median(one.median for one in readings), median(one.ease for one in readings))
    print(
        f"{len(readings)} pages: median sentence {whole[0]:.0f} words, reading ease {whole[1]:.0f} at the median page"
    )
    return 0
