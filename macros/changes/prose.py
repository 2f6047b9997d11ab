"""The pages of two editions: which came, which went, and how the words of the others changed, by paragraph."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import markdown

from macros.changes.comparing import STATUSES, Status
from macros.changes.redlining import Redline, redline_paragraphs
from macros.editions.succession import FOLDER
from macros.editions.words import read_words
from macros.pages.page import Page, Pages
from macros.site import Site
from macros.writing.view import View

# A word joiner stands before the numbers of sources; they move whenever a source comes in above them.
_NUMBERS = re.compile(r"\s*\u2060\d+(?:, \d+)*")


@dataclass(frozen=True)
class PageChange:
    """A page that differs; `paragraphs` are those whose words changed."""

    page: Page
    status: Status
    paragraphs: tuple[Redline, ...] = ()


@dataclass(frozen=True)
class PageSet:
    """The pages of one edition: `words` maps a page's path under docs/ to the paragraphs of its prose.

    `as_at` is the edition's date in words, as pages print it.
    """

    pages: Pages
    words: Mapping[str, list[str]]
    as_at: str


def write_prose(site: Site) -> dict[str, list[str]]:
    """Returns the paragraphs of each page's prose by its path under docs/, with what macros print within sentences.

    What macros print on lines of their own are records, and those are compared by themselves.
    """
    prose = {}
    for page in site.pages.pages:
        view = View(site.catalog, site.pages, page)
        parts = [part for part in site.pages.parts[page.source] if isinstance(part, str) or part.macro.inline]
        text = "".join(
            one if isinstance(one, str) else view.call(one.macro, *one.arguments, **one.named) for one in parts
        )
        html = markdown.markdown(text, extensions=["attr_list", "tables"])
        prose[page.source] = read_words(f"<article>{html}</article>".encode())
    return prose


def compare_pages(before: PageSet, after: PageSet) -> list[PageChange]:
    """Returns the pages added, removed and changed, each group by address.

    A paragraph in which nothing but the as-at date or the numbers of sources moved has not changed.
    """
    old = {page.source: page for page in before.pages.pages if not _is_section(page)}
    new = {page.source: page for page in after.pages.pages if not _is_section(page)}
    found = [PageChange(new[source], "added") for source in new.keys() - old.keys()]
    found += [PageChange(old[source], "removed") for source in old.keys() - new.keys()]
    for source in new.keys() & old.keys() & before.words.keys() & after.words.keys():
        now = [_NUMBERS.sub("", one) for one in after.words[source]]
        was = [_NUMBERS.sub("", one) for one in before.words[source]]
        moved = {one: one.replace(before.as_at, after.as_at) for one in was}
        known = set(now)
        paragraphs = redline_paragraphs([moved[one] if moved[one] in known else one for one in was], now)
        if paragraphs:
            found.append(PageChange(new[source], "changed", tuple(paragraphs)))
    return sorted(found, key=lambda one: (STATUSES.index(one.status), one.page.url))


def _is_section(page: Page) -> bool:
    """Whether a page speaks of other editions itself."""
    return page.source.startswith(f"{FOLDER}/")
