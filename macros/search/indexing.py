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
from collections.abc import Sequence
from functools import lru_cache

from macros.search.gathering import Find, gather_finds
from macros.search.words import EMPTY, stem, words_of
from macros.site.output import Files, Output, OutputContext, Reads, Stored
from macros.store.edition import FINDS

FOLDER = "search"
INDEX, WORDS = f"{FOLDER}/index.json", f"{FOLDER}/words.bin"


def index_finds(finds: Sequence[Find], as_at: str) -> Files:
    """Yields the two files for what can be found in a release; `as_at` is its as-at date in words."""
    empty = {stem(word) for word in EMPTY}
    counts = [_count(find, empty) for find in finds]
    words = sorted({word for fields in counts for field in fields for word in field})
    index = json.dumps(_describe(as_at, finds, words, sorted(empty)), ensure_ascii=False, separators=(",", ":"))
    yield INDEX, index.encode()
    yield WORDS, _pack(counts, words)


def _count(find: Find, empty: set[str]) -> list[Counter[str]]:
    """Returns how often each word is in the name, the other words for it, the answer and the whole text."""
    texts = (find.title, "; ".join(find.also), find.answer, find.text)
    return [Counter([word for word in _words_of(text) if word not in empty]) for text in texts]


@lru_cache(50_000)
def _words_of(text: str) -> tuple[str, ...]:
    """Returns the words of a text; most texts of an edition stand in the next one too."""
    return tuple(words_of(text)) if text else ()


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


def _pack(counts: Sequence[Sequence[Counter[str]]], words: Sequence[str]) -> bytes:
    """Returns words.bin: numbers of seven bits a byte, the last byte of each below 128.

    First the lengths of each find's four fields. Then for each word: how many finds have it, and for each of them the
    step from the one before, doubled, plus one unless the word is there once and in the text alone. If so, a number
    follows whose lowest three bits say whether it is in the name, the other words and the answer, and whose rest is how
    often it is in the text.
    """
    packed = bytearray()
    places: dict[str, list[tuple[int, tuple[int, ...]]]] = defaultdict(list)
    for number, fields in enumerate(counts):
        for field in fields:
            _add(packed, field.total())
        for word in dict.fromkeys(word for field in fields for word in field):
            places[word].append((number, tuple([field.get(word, 0) for field in fields])))
    for word in words:
        _add(packed, len(places[word]))
        last = -1
        for number, times in places[word]:
            plain = times == (0, 0, 0, 1)
            _add(packed, (number - last) * 2 + (not plain))
            if not plain:
                title, also, answer, text = times
                _add(packed, text * 8 + bool(answer) * 4 + bool(also) * 2 + bool(title))
            last = number
    return bytes(packed)


def _add(packed: bytearray, number: int) -> None:
    while number > 127:  # noqa: PLR2004 - seven bits
        packed.append(number & 127 | 128)
        number >>= 7
    packed.append(number)


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
