"""The index in which readers search: two files, fetched when a reader turns to the search and not before.

`search/index.json` holds what is shown of each find and every word; `search/words.bin` says in which finds a word is.
`overrides/assets/search-index.js` reads both and puts them into MiniSearch, which ranks.

Measured in November 2026 on 1,811 finds. Pagefind 1.5 makes some 1,700 files of an edition, wants every word of a query
on one page, and takes an unknown word for the beginning of others; its weights cannot tell an answer from a source.
MiniSearch 7.2 takes any of the words, weighs fields and finds, and runs on two files and about 230 KB on the wire.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from macros.search.gathering import Find, gather_finds
from macros.search.words import EMPTY, stem, words_of
from macros.site.output import Files, Output, OutputContext, Reads, Stored
from macros.store.edition import FINDS

FOLDER = "search"
_TEXT = 3  # the last of a find's four fields
INDEX, WORDS = f"{FOLDER}/index.json", f"{FOLDER}/words.bin"


def index_finds(finds: Sequence[Find], as_at: str) -> Files:
    """Yields the two files for what can be found in a release; `as_at` is its as-at date in words."""
    empty = frozenset(map(stem, EMPTY))
    texts = [(find.title, "; ".join(find.also), find.answer, find.text) for find in finds]
    counts = [[_told_in(text, empty) for text in fields] for fields in texts]
    words = sorted({word for fields in counts for field in fields for word in field})
    index = json.dumps(_describe(as_at, finds, words, sorted(empty)), ensure_ascii=False, separators=(",", ":"))
    yield INDEX, index.encode()
    yield WORDS, _pack(counts, words)


@lru_cache(50_000)
def _told_in(text: str, empty: frozenset[str]) -> Sequence[str]:
    """Returns the words of a text that tell something; most texts of an edition stand in the next one too."""
    return [word for word in words_of(text) if word not in empty] if text else []


def _describe(as_at: str, finds: Sequence[Find], words: Sequence[str], empty: Sequence[str]) -> dict[str, object]:
    kinds = sorted({find.kind for find in finds})
    rows = [[one.url, one.title, kinds.index(one.kind), one.answer, one.date, round(one.weight, 3)] for one in finds]
    return {
        "as_at": as_at,
        "empty": " ".join(empty),
        "kinds": kinds,
        "finds": rows,
        "words": " ".join(words),
    }


def _pack(found: Sequence[Sequence[Sequence[str]]], words: Iterable[str]) -> bytes:
    """Returns words.bin for the words of each find's four fields: name, other words for it, answer, whole text.

    Its numbers have seven bits a byte, the last byte of each below 128. First the lengths of each find's four fields.
    Then for each word: how many finds have it, and for each of them the step from the one before, doubled, plus one
    unless the word is there once and in the text alone. If so, a number follows whose lowest three bits say whether it
    is in the name, the other words and the answer, and whose rest is how often it is in the text.
    """
    packed = bytearray()
    places: dict[str, bytearray] = {word: bytearray() for word in words}
    last = dict.fromkeys(places, -1)
    have = dict.fromkeys(places, 0)
    for number, fields in enumerate(found):
        for field in fields:
            packed += _number(len(field))
        times = Counter(fields[_TEXT])
        short: dict[str, int] = defaultdict(int)
        for bit, field in enumerate(fields[:_TEXT]):
            for word in set(field):
                short[word] |= 1 << bit
        for word in dict.fromkeys([*times, *short]):
            step, is_short = (number - last[word]) * 2, short.get(word, 0)
            if not is_short and times[word] == 1:
                places[word] += _number(step)
            else:
                places[word] += _number(step + 1) + _number(times[word] * 8 + is_short)
            last[word] = number
            have[word] += 1
    for word, place in places.items():
        packed += _number(have[word])
        packed += place
    return bytes(packed)


@lru_cache(10_000)
def _number(number: int) -> bytes:
    packed = bytearray()
    while number > 127:  # noqa: PLR2004 - seven bits
        packed.append(number & 127 | 128)
        number >>= 7
    packed.append(number)
    return bytes(packed)


def _gather(context: OutputContext) -> list[Find]:
    return list(gather_finds(context.release, context.read_article))


OUTPUT = Output(
    "search",
    lambda _: [INDEX, WORDS],
    lambda context: index_finds(_gather(context), str(context.release.catalog.as_at)),
    reads=frozenset({Reads.articles}),
    # The index of an edition may change its form with the scripts that read it; what can be found stays.
    stored=Stored(
        FINDS,
        lambda context: [one._asdict() for one in _gather(context)],
        lambda finds, as_at: index_finds([Find(**one) for one in finds], as_at),
    ),
)
