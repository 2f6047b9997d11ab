"""A small page at each earlier address, which leads on to the page that is there no more."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from macros.components.templates import render
from macros.pages.page import relative_url
from macros.security.policy import page_policy
from macros.site.output import Output, OutputContext
from macros.site.release import Release


def export_moved(release: Release) -> Iterator[tuple[str, bytes]]:
    """Yields path and bytes of a page for each earlier address that a page's header names with `also_at`."""
    policy = Markup(page_policy())  # noqa: S704 - its own quotation marks stay straight
    for page in release.pages.pages:
        for address in page.moved_from:
            html = render("moved", page=page, url=relative_url(page.url, address), policy=policy)
            yield _file(address), f"{html}\n".encode()


def _file(address: str) -> str:
    return f"{address}index.html"


def _paths(context: OutputContext) -> list[str]:
    return [_file(address) for page in context.release.pages.pages for address in page.moved_from]


OUTPUT = Output("moved", _paths, lambda context: export_moved(context.release))
