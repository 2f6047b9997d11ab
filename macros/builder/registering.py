"""Hands the macros to the builder. The only module that knows mkdocs-macros."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from macros.components.citing import expand_page
from macros.components.page_context import PageContext
from macros.components.registry import MACROS, Macro
from macros.components.templates import forget_templates
from macros.configuration.config import list_links
from macros.history.history import History, Stage, open_history
from macros.metadata.graph import print_graph
from macros.metadata.heading import annotate_page
from macros.metadata.location import Place, SiteContext, create_site_context
from macros.problems import ContentError
from macros.security.policy import page_policy
from macros.site.checked import load_checked
from macros.site.loading import Site
from macros.site.release import create_release
from macros.tree import tree_of

# So many new objects before Python looks for garbage: a build makes trees of HTML and drops them whole.
YOUNG = 50_000
# Every page ends with this call, or with one that makes it, for the check asks for it: what a page says of itself is
# known then.
_LAST = "sources"
_PAGES_ALONE = (
    "Pages alone are written here. `make draft` also writes the search, the brief, the data files, the calendar and "
    "the pictures of cards; `make site` puts the editions together."
)


class BuildRefusedError(Exception, SystemExit):
    """Ends a build with the list of problems and no traceback; a builder that serves drafts goes on serving.

    Both an Exception, which a live server catches, and a SystemExit, which ends a plain build with exit code 1.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.code = message


def register_macros(env: Any) -> None:
    """Registers every macro with the builder's environment, each bound to the page being written.

    Ends the build with the list of problems when the tree is not fit to be published.
    """
    tree = tree_of(Path(env.conf["docs_dir"]))
    forget_templates()
    gc.disable()  # catalogs live to the end: no collection needs to look at them
    try:
        site = load_checked(tree)
        writer = Writer(site, open_history(tree, site), env)
    except ContentError as error:
        raise BuildRefusedError(str(error)) from None
    finally:
        gc.freeze()
        gc.set_threshold(YOUNG)
        gc.enable()
    for macro in MACROS.values():
        env.macro(writer.bind(macro), macro.name)
    addresses = {page.url for page in site.pages.pages}
    env.conf["extra"].update(policy=page_policy(), links=list_links(env.conf["extra"], addresses))
    env.writer = writer
    logging.getLogger("mkdocs.macros").info(_PAGES_ALONE)


def write_page(env: Any) -> None:
    """Runs the page's calls as the check has read them: the builder need not read the page, nor what it became."""
    view = env.writer.view_of_page()
    env.markdown, said = compose_page(view, env.writer.shelf.place(view.page))
    env.page.meta |= said


def compose_page(view: PageContext, place: Place) -> tuple[str, dict[str, Any]]:
    """Returns a page's Markdown with its calls run, and what its metadata then says besides its header."""
    markdown = expand_page(view)
    return markdown, _describe(view, place) | {"render_macros": False}


def _describe(view: PageContext, place: Place) -> dict[str, Any]:
    """Returns what the metadata of a page whose calls have run says besides its header."""
    said = annotate_page(view, place)
    return said | {"linked": print_graph(said["graph"]), "title": view.page.title}


class Writer:
    """Keeps one view for each page while the builder writes it; a page written again begins with a fresh one."""

    def __init__(self, site: Site, history: History, env: Any) -> None:
        self.site = site
        self.history = history
        self.shelf = shelve(history.present, env.conf)
        self.env = env
        self.current: Any = None
        self.view: PageContext | None = None

    def bind(self, macro: Macro) -> Callable[..., str]:
        """Returns the macro as pages call it."""

        def call(*args: object, **kwargs: object) -> str:
            view = self.view_of_page()
            written = view.call(macro, *args, **kwargs)
            if _LAST in view.called:  # where the builder itself runs the calls, nothing else is called after them
                self.env.page.meta |= _describe(view, self.shelf.place(view.page))
            return written

        call.__doc__ = macro.summary
        return call

    def view_of_page(self) -> PageContext:
        """Returns the view of the page that the builder is writing now."""
        if self.view is None or self.env.page is not self.current:
            self.current = self.env.page
            page = self.site.pages.at(self.current.file.src_uri)
            if page is None:
                raise LookupError(f"{self.current.file.src_uri} is not under docs/")
            self.view = PageContext(self.site.catalog, self.site.pages, page, history=self.history)
        return self.view


def shelve(stage: Stage, config: Mapping[str, Any]) -> SiteContext:
    """Returns what is built, an edition or a draft, as the builder's configuration has it."""
    edition, record = stage.edition, stage.record
    said = {"name": edition.id, "title": record.title, "published": record.published} if edition and record else {}
    return create_site_context(create_release(stage.site, config, **said), stage.as_at, config["extra"].get("edition"))
