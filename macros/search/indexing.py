"""The index in which readers search: files that are fetched when a reader turns to the search and not before.

`search/index.json` says what there is and `search/lengths.bin` how long and how important each find is.
`search/words-<n>.bin` say in which finds a word is, and `search/finds-<n>.json` hold what is shown of a find: one of
each for up to `WHOLE` finds, fetched at once. Of more finds there are many parts, each fetched when a query needs it,
so that the first query costs about the same however large a site is.
`overrides/assets/search-index.js` reads them and puts them into MiniSearch, which ranks.

Measured in November 2026 on 1,811 finds. Pagefind 1.5 makes some 1,700 files of an edition, wants every word of a query
on one page, and takes an unknown word for the beginning of others; its weights cannot tell an answer from a source.
MiniSearch 7.2 takes any of the words, weighs fields and finds, and runs on four files and about 230 KB on the wire.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache

from macros.search.gathering import Find, count_places, gather_finds
from macros.search.postings import join_part, pack_lengths, pack_words, split_words
from macros.search.words import EMPTY, stem, words_of
from macros.site.output import Files, Output, OutputContext, Reads, Stored
from macros.store.edition import FINDS

FOLDER = "search"
INDEX, LENGTHS = f"{FOLDER}/index.json", f"{FOLDER}/lengths.bin"
WHOLE = 2500  # so many finds are one part: some 250 KB on the wire
PART = 256  # finds in each part of more


def list_paths(count: int) -> list[str]:
    """Returns the paths of the index of a release in which so many things may be found."""
    numbers = range(1, _count_parts(count) + 1)
    return [INDEX, LENGTHS, *(_words(number) for number in numbers), *(_finds(number) for number in numbers)]


def index_finds(finds: Sequence[Find], as_at: str, count: int | None = None) -> Files:
    """Yields the files for what can be found in a release; `as_at` is its as-at date in words.

    `count` is how many finds there may be, which decides into how many parts they are put; without it, how many there
    are.
    """
    parts = _count_parts(len(finds) if count is None else count)
    each = PART if parts > 1 else max(len(finds), 1)
    empty = frozenset(map(stem, EMPTY))
    texts = [(find.title, "; ".join(find.also), find.answer, find.text) for find in finds]
    fields = [[_told_in(text, empty) for text in one] for one in texts]
    packed = pack_words(fields)
    split = split_words(packed, parts)
    kinds = sorted({find.kind for find in finds})
    index = {
        "as_at": as_at,
        "empty": " ".join(sorted(empty)),
        "kinds": kinds,
        "count": len(finds),
        "each": each,  # finds in a part
        "finds": [_finds(number) for number in range(1, parts + 1)],
        "starts": [words[0] for words in split if words],  # the first word of each part
        "words": [_words(number) for number in range(1, parts + 1)],
    }
    yield INDEX, _compact(index)
    yield LENGTHS, pack_lengths((find.weight, one) for find, one in zip(finds, fields, strict=True))
    for number, words in enumerate(split, 1):
        yield _words(number), join_part(words, packed)
    rows = [[one.url, one.title, kinds.index(one.kind), one.answer, one.date] for one in finds]
    for number in range(1, parts + 1):
        yield _finds(number), _compact(rows[(number - 1) * each : number * each])


def _count_parts(count: int) -> int:
    return 1 if count <= WHOLE else -(-count // PART)


def _words(number: int) -> str:
    return f"{FOLDER}/words-{number}.bin"


def _finds(number: int) -> str:
    return f"{FOLDER}/finds-{number}.json"


@lru_cache(50_000)
def _told_in(text: str, empty: frozenset[str]) -> Sequence[str]:
    """Returns the words of a text that tell something; most texts of an edition stand in the next one too."""
    return [word for word in words_of(text) if word not in empty] if text else []


def _compact(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _gather(context: OutputContext) -> list[Find]:
    return list(gather_finds(context.release, context.read_article))


OUTPUT = Output(
    "search",
    lambda context: list_paths(count_places(context.release)),
    lambda context: index_finds(_gather(context), str(context.release.catalog.as_at), count_places(context.release)),
    reads=frozenset({Reads.articles}),
    # The index of an edition may change its form with the scripts that read it; what can be found stays.
    stored=Stored(
        FINDS,
        lambda context: [one._asdict() for one in _gather(context)],
        lambda finds, as_at: index_finds([Find(**one) for one in finds], as_at),
    ),
)
