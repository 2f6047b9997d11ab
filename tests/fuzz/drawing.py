"""What bad input is drawn from: texts of the small tree with edits that people and programs make, and nonsense."""

from __future__ import annotations

import faulthandler
import os
import time
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from macros.tree import LISTS
from tests.conftest import SPECIMENS

SMALL = SPECIMENS / "small"
CLOSED = sorted(SMALL.glob(f"data/{LISTS}/*.yml"))
RECORDS = sorted({*SMALL.glob("data/*/*.yml")} - {*CLOSED})
PAGES = sorted(SMALL.glob("docs/*.md"))
HUNG = 60

# What breaks texts: signs of YAML, Markdown and macros, line ends, and characters that are not what they seem.
FRAGMENTS = st.sampled_from(
    [
        *"\"'[]{}()|>&*!%@`#:-?,~=+<\\/ \n\t\r.0_^$",
        *"\0\x07\x1b\x7f\x85\u00a0\u00ad\u0301\u043e\u200b\u200d\u2028\u202e\u2066\ue000\ufeff\uff11\uff5b\ufffd\U000e0041",
        *(
            ": ",
            " #",
            "- ",
            "---\n",
            ">-\n",
            "|\n",
            "[[",
            "]]",
            "{{",
            "}}",
            "{##",
            "##}",
            "{%",
            "%}",
            "{#",
            "](",
            "![",
            "**",
        ),
        *(
            "[" * 600,
            "{" * 600,
            "(" * 600,
            "{{ link(" + "[" * 600,
            "9" * 5000,
            "1e999",
            ".inf",
            "nan",
            "0x1F",
            "a: " * 50,
        ),
        *(
            "&a [*a]",
            "!!python/name:os.system ",
            "<<: ",
            "? ",
            "%YAML 9.9\n",
            "null",
            "true",
            "2025-02-30",
            "99999 years",
        ),
        *("{{ sources() }}", "{{ link('') }}", "{{ entries(none) }}", "{{ value('provision/one', '__class__') }}"),
        *("[[provision/one|", "[[ | ]]", "<b>", "&nbsp;", "javascript:alert(1)", "\n  ", "\n\n\n", "x" * 3000),
    ]
)
EDIT = st.tuples(st.floats(0, 1), st.integers(0, 40), st.one_of(FRAGMENTS, st.text(max_size=8), st.just("")))


@st.composite
def edited(draw: st.DrawFn, texts: list[str]) -> str:
    """Draws one of the texts with some of its parts replaced."""
    text = draw(st.sampled_from(texts))
    for place, length, new in draw(st.lists(EDIT, max_size=5)):
        start = int(place * len(text))
        text = text[:start] + new + text[start + length :]
    return text


def as_bytes(texts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """Draws the bytes of texts, sometimes with other line ends, in another encoding, or no text at all."""
    plain = texts.map(lambda text: text.encode("utf-8", "surrogatepass"))
    ends = plain.map(lambda data: data.replace(b"\n", b"\r\n"))
    wide = texts.map(lambda text: text.encode("utf-16", "surrogatepass"))
    return st.one_of(plain, plain, plain, ends, wide, st.binary(max_size=200))


def explore(check: Callable[[Any], None], strategy: st.SearchStrategy[Any], share: float) -> int:
    """Calls `check` with what is drawn, for this share of the time that is wanted; returns how often it did.

    One call that does not end stops everything, with the place at which it hangs.
    """
    end = time.monotonic() + share * float(os.environ.get("FUZZ_SECONDS", "60"))
    count = 0

    def guarded(drawn: Any) -> None:
        nonlocal count
        count += 1
        faulthandler.dump_traceback_later(HUNG, exit=True)
        try:
            check(drawn)
        finally:
            faulthandler.cancel_dump_traceback_later()

    number = int(os.environ.get("FUZZ_SEED", "0"))
    while time.monotonic() < end:
        phases = (Phase.generate, Phase.shrink)
        quiet = settings(
            max_examples=50, deadline=None, database=None, phases=phases, suppress_health_check=list(HealthCheck)
        )
        seed(number)(quiet(given(strategy)(guarded)))()
        number += 1
    return count
