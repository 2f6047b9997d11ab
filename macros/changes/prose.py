"""The pages of two editions: which came, which went, and how the words of the others changed, by paragraph."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from macros.changes.comparing import STATUSES, Status
from macros.changes.redlining import Redline, redline_paragraphs
from macros.components.page_context import PageContext
from macros.pages.page import Page, Pages
from macros.site.loading import Site
from macros.store.files import CHANGES

_TAG = re.compile(r"<[^>]*>|\{#[\w.-]+\}")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
# Where a paragraph ends: an empty line, or the next item of a list, row of a table or heading.
_BREAK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*#>|]|\d+\.\s))")
_SIGN = re.compile(r"\*\*|`|\||^\s*(?:[-*>]|#+|\d+\.)\s", re.MULTILINE)


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

    Numbers of sources are left out, for they move whenever a source comes in above them. What macros print on lines of
    their own are records, and those are compared by themselves; of the parts of a layout the headings stay.
    """
    return {page.source: list(_paragraphs(_prose(site, page))) for page in site.pages.pages}


def _prose(site: Site, page: Page) -> str:
    """Returns the page's Markdown without citations and without what stands on lines of its own."""
    view = PageContext(site.catalog, site.pages, page)
    dry = PageContext(site.catalog, site.pages, page, dry=True)
    written = []
    for part in site.pages.parts[page.source]:
        if isinstance(part, str):
            written.append(part)
        elif part.macro.name == "link":
            words = part.bound.get("text") or site.catalog.get(str(part.bound["record"])).name
            written.append(html.escape(words))  # a link is its words here, wherever it leads
        elif part.macro.inline and part.macro.name != "cite":
            written.append(view.call(part.macro, *part.arguments, **part.named))
        elif part.macro.composed:
            dry.call(part.macro, *part.arguments, **part.named)
            written += [f"\n\n{heading}\n\n" for heading in dry.headed[-1]]
    return "".join(written)


def _paragraphs(text: str) -> Iterator[str]:
    """Yields the words of each paragraph, item of a list and row of a table."""
    for block in _BREAK.split(_LINK.sub(r"\1", _TAG.sub("", text))):
        words = " ".join(html.unescape(_SIGN.sub(" ", block)).split())
        if words.strip("-: "):
            yield words


def compare_pages(before: PageSet, after: PageSet) -> list[PageChange]:
    """Returns the pages added, removed and changed, each group by address.

    A paragraph in which nothing but the as-at date moved has not changed.
    """
    old = {page.source: page for page in before.pages.pages if not _is_section(page)}
    new = {page.source: page for page in after.pages.pages if not _is_section(page)}
    found = [PageChange(new[source], "added") for source in new.keys() - old.keys()]
    found += [PageChange(old[source], "removed") for source in old.keys() - new.keys()]
    for source in new.keys() & old.keys() & before.words.keys() & after.words.keys():
        now, was = after.words[source], before.words[source]
        moved = {one: one.replace(before.as_at, after.as_at) for one in was}
        known = set(now)
        paragraphs = redline_paragraphs([moved[one] if moved[one] in known else one for one in was], now)
        if paragraphs:
            found.append(PageChange(new[source], "changed", tuple(paragraphs)))
    return sorted(found, key=lambda one: (STATUSES.index(one.status), one.page.url))


def _is_section(page: Page) -> bool:
    """Whether a page speaks of other editions itself."""
    return page.source.startswith(f"{CHANGES}/")
