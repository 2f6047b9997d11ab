"""One page of a tree as the builder would write it: the same steps of MkDocs, for that page alone.

What does not change with the words of a page is kept: the configuration, the list of files with the navigation, and
the compiled templates of the frame. MkDocs writes into its pages while it renders, so one page is rendered at a time.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page as BuilderPage
from mkdocs.utils import get_relative_url

from macros.builder.registering import compose_page, shelve
from macros.cache import keep_bytecode
from macros.components.page_context import PageContext
from macros.configuration.config import list_links
from macros.history.history import History, Stage
from macros.security.policy import page_policy
from macros.site.loading import Site
from macros.store.files import CHANGES
from macros.text.memory import Memory, stamp
from macros.tree import COMPONENTS, LOCK, Tree

_COPIED = (InclusionLevel.INCLUDED, InclusionLevel.NOT_IN_NAV)
_NOT_FOUND = "404.html"
_LOG = logging.getLogger("mkdocs")


def is_comparison(source: str) -> bool:
    """Whether a page, by its path under docs/, is one of those that compare whole editions."""
    return source.startswith(f"{CHANGES}/")


class Frame(NamedTuple):
    """What MkDocs knows of a tree before it reads a page.

    `warnings` are its own on the navigation; `assets` are the files that it copies as they are, by their address.
    """

    config: MkDocsConfig
    env: Environment
    files: Files
    navigation: Navigation
    warnings: list[str]
    assets: dict[str, Path]


class Framer:
    """Keeps the parts of the last frame, and makes anew those whose files have changed."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._memory = Memory()

    def frame(self) -> Frame:
        """Returns the frame of the tree as it is now. Raises what MkDocs raises when its configuration is at fault."""
        settings = stamp(self.tree.config)
        config = self._memory.recall("config", settings, lambda: load_config(str(self.tree.config), plugins=[]))
        overrides = COMPONENTS.parent
        templates = {path: stamp(path) for path in sorted(overrides.rglob("*.html")) if COMPONENTS not in path.parents}
        env = self._memory.recall("templates", (settings, templates), lambda: _open_templates(self.tree, config))
        names = (*_names(self.tree.docs), *_names(overrides))
        listed = self._memory.recall("files", (settings, names), lambda: _list_files(config, env))
        frame = Frame(config, env, *listed)
        addresses = {page.url for page in frame.navigation.pages}
        config.extra.update(policy=page_policy(), links=list_links(config.extra, addresses))
        return frame


def _open_templates(tree: Tree, config: MkDocsConfig) -> Environment:
    """Returns the frame's templates, compiled once for each version of what they are compiled by."""
    env: Environment = config.theme.get_env()
    env.bytecode_cache = keep_bytecode(tree.cache, "frames", sys.version, LOCK)
    return env


def _names(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(str(path) for path in folder.rglob("*")))


def _list_files(config: MkDocsConfig, env: Environment) -> tuple[Files, Navigation, list[str], dict[str, Path]]:
    with hear_warnings() as warnings:
        files = get_files(config)
        files.add_files_from_theme(env, config)
        set_exclusions(files, config)
        navigation = get_navigation(files, config)
        for file in files.documentation_pages():
            if file.page is None:
                BuilderPage(None, file, config)
    assets = {
        file.dest_uri: Path(file.abs_src_path)
        for file in files
        if file.abs_src_path and not file.is_documentation_page() and file.inclusion in _COPIED
    }
    return files, navigation, warnings, assets


@contextmanager
def hear_warnings() -> Iterator[list[str]]:
    """Yields the list into which MkDocs' warnings go meanwhile, instead of to the terminal."""
    heard: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    propagate, _LOG.propagate = _LOG.propagate, False
    _LOG.addHandler(handler)
    try:
        yield heard
    finally:
        _LOG.removeHandler(handler)
        _LOG.propagate = propagate


class Renderer:
    """Writes the pages of one state of the tree."""

    def __init__(self, frame: Frame, site: Site, earlier: Sequence[Stage]) -> None:
        self.frame = frame
        self.site = site
        self.history = History([*earlier, Stage(None, site)])
        self.shelf = shelve(self.history.present, frame.config)
        self._pages = {page.source: page for page in site.pages.pages}
        self._built: dict[str, BuilderPage] = {}
        for file in frame.files.documentation_pages():
            page = self._pages.get(file.src_uri)
            if page and file.page:
                self._built[file.src_uri] = file.page
                # What other pages say of this one, in the navigation and at their foot.
                header = page.file.header.value
                file.page.markdown = ""
                file.page.update_date = str(site.catalog.as_at.first_day)
                file.page.meta = {**(header if isinstance(header, dict) else {}), "title": page.title}

    def prepare(self, source: str) -> None:
        """Compares the editions that the page will speak of: that takes long, and needs nothing of MkDocs."""
        if is_comparison(source):
            for _, changes in self.history.steps():
                if changes:
                    changes.counts  # noqa: B018 - worked out once, and kept

    def render(self, source: str) -> tuple[str, list[str]]:
        """Returns a page's HTML, by its path under docs/, and the builder's warnings. Raises what macros raise."""
        config, files = self.frame.config, self.frame.files
        page, built = self._pages[source], self._built[source]
        view = PageContext(self.site.catalog, self.site.pages, page, history=self.history)
        with hear_warnings() as warnings:
            markdown, said = compose_page(view, self.shelf.place(page))
            built.read_source(config)
            built.markdown = markdown
            built.meta = {**built.meta, **said}
            built.render(config, files)
            html = self._wrap(str(built.meta.get("template", "main.html")), built)
            built.markdown, built.content = "", None
        return html, warnings

    def _wrap(self, template: str, built: BuilderPage) -> str:
        config, env, files, navigation, *_ = self.frame
        built.active = True
        try:
            context: Any = get_context(navigation, files.documentation_pages(), config, built)
            return env.get_template(template).render(context)
        finally:
            built.active = False

    def render_template(self, name: str) -> str:
        """Returns one of the theme's files that are templates without a page: sitemap.xml, 404.html."""
        config, env, files, navigation, *_ = self.frame
        base = urlsplit(config.site_url or "/").path if name == _NOT_FOUND else get_relative_url(".", name)
        context: Any = get_context(navigation, files.documentation_pages(), config, base_url=base)
        return env.get_template(name).render(context)

    @property
    def templates(self) -> set[str]:
        """Returns the names that `render_template` knows."""
        return set(self.frame.config.theme.static_templates)
