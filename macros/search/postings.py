"""Which words are in which finds, packed: numbers have seven bits a byte, the last byte of each below 128.

`overrides/assets/search-index.js` reads what is packed here: change both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

_TEXT = 3  # the last of a find's four fields
Fields = Sequence[Sequence[str]]  # the words of a find's name, of other words for it, its answer, and its whole text


def pack_lengths(found: Iterable[tuple[float, Fields]]) -> bytes:
    """Returns for each find how much it counts, in thousandths, and the lengths of its four fields."""
    packed = bytearray()
    for weight, fields in found:
        packed += _number(round(weight * 1000))
        for field in fields:
            packed += _number(len(field))
    return bytes(packed)


def pack_words(found: Iterable[Fields]) -> dict[str, bytes]:
    """Returns for each word where it is, in the order in which scripts sort words.

    First how many finds have it, and for each of them the step from the one before, doubled, plus one unless the word
    is there once and in the text alone. If so, a number follows whose lowest three bits say whether it is in the name,
    the other words and the answer, and whose rest is how often it is in the text.
    """
    places: dict[str, bytearray] = defaultdict(bytearray)
    last: dict[str, int] = defaultdict(lambda: -1)
    have: Counter[str] = Counter()
    for number, fields in enumerate(found):
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
    return {word: _number(have[word]) + places[word] for word in sorted(places, key=_as_scripts_sort)}


def split_words(packed: dict[str, bytes], parts: int) -> list[list[str]]:
    """Returns the words in so many parts of about the same size, in their order; the last ones may be empty."""
    split: list[list[str]] = [[] for _ in range(parts)]
    size = sum(len(word) + len(place) for word, place in packed.items()) / parts
    filled, part = 0, 0
    for word, place in packed.items():
        if split[part] and filled >= size * (part + 1):
            part += 1
        split[part].append(word)
        filled += len(word) + len(place)
    return split


def join_part(words: Sequence[str], packed: dict[str, bytes]) -> bytes:
    """Returns a part: how many bytes its words take, the words with spaces between, and where each of them is."""
    text = " ".join(words).encode()
    return b"".join([_number(len(text)), text, *(packed[word] for word in words)])


def _as_scripts_sort(word: str) -> bytes:
    return word.encode("utf-16-be")


@lru_cache(10_000)
def _number(number: int) -> bytes:
    packed = bytearray()
    while number > 127:  # noqa: PLR2004 - seven bits
        packed.append(number & 127 | 128)
        number >>= 7
    packed.append(number)
    return bytes(packed)
