"""Wraps articles that were built before in today's frame: the theme's templates, with today's navigation and head.

No Markdown is read and no macro runs: what a page says comes from outside, as HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2
import mkdocs
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.toc import get_toc
from rcssmin import cssmin

from macros.cache import keep_bytecode
from macros.configuration.config import Nav, list_links, read_config
from macros.security.policy import page_policy
from macros.tree import BETWEEN, COMPONENTS, LATEST, Tree

_NOT_FOUND = "404.html"
_SHEET = "assets/site.css"  # what every page asks for: one request, and a third less to load than in its parts
_ICON = "assets/images/favicon.png"


@dataclass(frozen=True)
class Article:
    """A page to be framed: its path under docs/, as the navigation names it, its title, and its HTML.

    `meta` is what templates read of the page's metadata; `contents` are its headings, each a mapping of level, id, name
    and children.
    """

    source: str
    title: str
    html: str
    meta: Mapping[str, object]
    contents: Sequence[Any] = field(default_factory=list)


def wrap_articles(
    tree: Tree, articles: Sequence[Article], target: Path, *, nav: Nav, site_url: str, edition: Mapping[str, object]
) -> None:
    """Writes each article as a whole page into `target`, with the frame's style sheets and scripts beside them.

    `edition` is what templates say of the edition; the newest one brings the pages that stand outside all editions too.
    """
    extra = {**read_config(tree)["extra"], "edition": edition, "policy": page_policy()}
    config = load_config(
        str(tree.config),
        plugins=[],
        markdown_extensions=[],
        docs_dir=str(COMPONENTS),  # it must be there, and is not read
        site_dir=str(target),
        site_url=site_url,
        nav=nav,
        extra=extra,
    )
    env = config.theme.get_env()
    env.auto_reload = False  # no template changes while this runs
    env.bytecode_cache = keep_bytecode(tree.cache, "frame", jinja2.__version__, mkdocs.__version__)
    named = {one.source: one for one in articles}
    made = {
        source: File(source, None, str(target), use_directory_urls=True, inclusion=InclusionLevel.INCLUDED)
        for source in named
    }
    files = Files(list(made.values()))
    navigation = get_navigation(files, config)
    config.extra["links"] = list_links(config.extra, {page.url for page in navigation.pages})
    for source, article in named.items():
        page = made[source].page
        if page is None:
            raise LookupError(f"{source} is not in the navigation")
        page.markdown = ""
        page.meta = dict(article.meta)
        page.content = article.html
        page.toc = get_toc(list(article.contents))
    template = env.get_template("main.html")
    pages = files.documentation_pages()
    for page in navigation.pages:
        page.active = True
        html = template.render(get_context(navigation, pages, config, page))
        page.active = False
        _write(Path(page.file.abs_dest_path), html)
    if edition["newest"]:
        for name, base_url in ((_NOT_FOUND, urlsplit(site_url).path), (BETWEEN, f"../{LATEST}")):
            html = env.get_template(name).render(get_context(navigation, pages, config, base_url=base_url))
            _write(target / name, html)
    sheets = vars(env.get_template("partials/sheets.html").module)  # what it sets is what it is for
    common = [f"assets/{name}.css" for name in sheets["common"]]
    assets = dict(_list_assets(config.theme.dirs))
    _write(target / _SHEET, cssmin("".join(assets.pop(address).read_text(encoding="utf-8") for address in common)))
    for address, asset in assets.items():
        copy = target / address
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(asset.read_bytes())


def _list_assets(folders: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """Yields address and file of what the frame needs beside its pages: our own assets, and the theme's icon."""
    own = COMPONENTS.parent
    for path in sorted((own / "assets").rglob("*")):
        if path.is_file():
            yield path.relative_to(own).as_posix(), path
    icon = next((path for folder in folders if (path := Path(folder) / _ICON).is_file()), None)
    if icon:
        yield _ICON, icon


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
