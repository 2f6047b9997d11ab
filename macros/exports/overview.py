"""llms.txt: the site in short for language models and for people in a hurry, with links to pages and data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from macros.configuration.config import Nav
from macros.site.output import Output
from macros.site.release import Release
from macros.store.files import OVERVIEW, list_files

_SIGNS = re.compile(r"[\\`*_\[\]<]")
_BESIDE = "Optional"  # by the convention, the section that may be left out where room is scarce


def export_overview(release: Release) -> str:
    """Returns llms.txt: name, summary, the pages of each part of the navigation, the files, then every deeper page."""
    lines = [f"# {release.site_name}", "", f"> {release.site_description}", ""]
    state = f"published {release.published}" if release.published else "not published"
    said = [f"Position as of {release.catalog.as_at}, {state}.", release.note, release.notice, release.content_use]
    lines += [escape_words(" ".join(one for one in said if one)), ""]
    deeper: list[str] = []
    for title, sources, below in _parts(release.nav, release.site_name):
        lines += [f"## {title}", "", *_list_pages(release, sources), ""]
        deeper += below
    listed = list_files(release.catalog).values()
    files = (f"- [{file.path}]({release.link(file.path)}): {escape_words(file.about)}" for file in listed)
    lines += ["## Data", "", *(line for line in files if f"[{OVERVIEW}]" not in line), ""]
    if deeper:
        lines += [f"## {_BESIDE}", "", *_list_pages(release, deeper), ""]
    return "\n".join(lines)


def escape_words(words: str) -> str:
    """Returns words for Markdown: nothing in them becomes a link, a tag or a mark."""
    return _SIGNS.sub(r"\\\g<0>", words)


def _parts(nav: Nav, name: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yields the title of each part of the navigation, its own pages, and those of the parts inside it."""
    alone = [source for item in nav for source in _own([item])]
    if alone:
        yield name, alone, []
    for item in nav:
        for title, inner in item.items() if isinstance(item, dict) else ():
            if isinstance(inner, list):
                own = _own(inner)
                yield title, own, [source for source in _walk(inner) if source not in own]


def _own(items: Nav) -> list[str]:
    """Returns the pages that stand in a part of the navigation itself."""
    named = (next(iter(item.values())) if isinstance(item, dict) else item for item in items)
    return [one for one in named if isinstance(one, str)]


def _walk(items: Nav) -> Iterator[str]:
    for item in items:
        inner = next(iter(item.values())) if isinstance(item, dict) else item
        yield from [inner] if isinstance(inner, str) else _walk(inner)


def _list_pages(release: Release, sources: Iterable[str]) -> Iterator[str]:
    for source in sources:
        page = release.pages.at(source)
        if page and page.header:
            yield f"- [{escape_words(page.title)}]({release.link(page.url)}): {escape_words(page.header.description)}"


OUTPUT = Output(
    "overview", lambda _: [OVERVIEW], lambda context: [(OVERVIEW, export_overview(context.release).encode())]
)
