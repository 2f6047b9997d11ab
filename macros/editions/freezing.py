"""Freezes a draft as an edition: the article of every page as built now, the files beside them, and their digests.

All or nothing: everything is written into hidden folders beside the editions and put in its place by one renaming.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import yaml
from lxml import html

from macros.builder.builder import run_builder
from macros.catalog.date_rules import check_embargo
from macros.changes.prose import write_prose
from macros.changes.sections import fill_pages
from macros.changes.wording import word_records
from macros.configuration.config import Nav, read_config
from macros.editions.recovering import put_in_place
from macros.exports.upgrades import SCHEMA_VERSION
from macros.history.history import Changes, Stage, open_stage
from macros.history.restoring import describe_compared
from macros.outputs import store_outputs
from macros.pages.page import Page, page_url
from macros.problems import ContentError, Problem, UsageError
from macros.site.checked import load_checked
from macros.site.loading import Site
from macros.site.output import OutputContext
from macros.site.release import Release, open_release
from macros.store.digests import check_chain, check_manifest, hash_file, read_ledger, write_ledger, write_manifest
from macros.store.edition import (
    COMPARED,
    MANIFEST,
    NAV,
    RECORD,
    Edition,
    EditionRecord,
    Link,
    load_editions,
    plain_record,
)
from macros.store.stored import ROOT, Heading, PageHead, join_page, page_path
from macros.store.succession import add_change_pages
from macros.text.files import ignore_editors_own
from macros.tree import LATEST, Tree

THEME = Path(__file__).with_name("theme")
# What an edition is made of; the editions themselves are not.
_MADE_OF = ("data", "docs", "macros", "overrides", "mkdocs.yml", "requirements.txt")
# What a page's header says for the making of the page, or what its head has by another name.
_SAID = {
    "title",
    "description",
    "record",
    "also",
    "also_at",
    "head",
    "cite",
    "graph",
    "linked",
    "render_macros",
    "review",
}


def freeze_edition(draft: Tree, top: Path, record: EditionRecord, name: str, today: dt.date, *, again: bool) -> Edition:
    """Freezes the draft under editions/<name>/ of the project at `top`; with `again` a candidate is replaced.

    Raises ContentError when the draft may not be frozen, UsageError when there is such an edition already.
    """
    edition = Edition(top, name, record)
    older = _check_place(edition, today, again=again)
    site = load_checked(draft)
    if site.catalog.as_at != record.as_at:
        message = f"as_at is {site.catalog.as_at.text}, and an edition as of {record.as_at.text} is wanted"
        raise ContentError([Problem(draft.shown(draft.data / "catalog.yml"), 1, 1, message, "make the two the same")])
    if embargoed := list(check_embargo(site.catalog, draft)):
        raise ContentError(embargoed)
    ledger = read_ledger(top)
    follows = None
    if record.published and ledger:
        last, digest = list(ledger.items())[-1]
        follows = Link(edition=last, sha256=digest)
    compared = [Link(edition=one.id, sha256=hash_file(one.folder / MANIFEST)) for one in older]
    update = {
        "compared": compared,
        "sources": find_commit(draft),
        "news": list(site.catalog.news),
        "schema_version": SCHEMA_VERSION,
        "follows": follows,
    }
    edition = Edition(top, name, record.model_copy(update=update))
    work, part = (edition.folder.with_name(f".{what}-{name}") for what in ("freezing", "storing"))
    for folder in (work, part):
        shutil.rmtree(folder, ignore_errors=True)
    tree, nav = _copy_sources(draft, work, edition, older, site)
    _store(tree, nav, edition, older, part)
    shutil.rmtree(work)
    put_in_place(part, edition.folder)
    if edition.is_published:
        write_ledger(top, {**ledger, name: hash_file(edition.folder / MANIFEST)})
    return edition


def _check_place(edition: Edition, today: dt.date, *, again: bool) -> list[Edition]:
    """Returns the editions before this one, oldest first."""
    others, problems = load_editions(edition.top, today)
    problems += [one for other in others if other.id != edition.id for one in check_manifest(other)]
    problems += check_chain(edition.top, others)
    problems = [one for one in problems if not one.path.startswith(f"editions/{edition.id}/")]
    if problems:
        raise ContentError(problems)
    found = next((one for one in others if one.id == edition.id), None)
    # One that is not in the list was cut off before it was published.
    if found and found.is_published and found.id in read_ledger(edition.top):
        message = f"the edition {edition.id} is published and never changes"
        following = f"{edition.record.as_at.text}.{found.record.number + 1}"
        raise UsageError(f"{message}: a correction is a new edition, {following}")
    if found and not again:
        raise UsageError(f"the edition {edition.id} exists; it is a candidate: AGAIN=1 freezes it anew")
    if not found and again:
        raise UsageError(f"there is no edition {edition.id} to freeze again: leave AGAIN out")
    older = [one for one in others if one.order < edition.order]
    waiting = [one.id for one in older if not one.is_published]
    if edition.is_published and waiting:
        message = f"{waiting[0]} is a candidate still, and {edition.id} says what changed since it"
        raise UsageError(f"{message}: publish {waiting[0]} first")
    return older


def _copy_sources(draft: Tree, work: Path, edition: Edition, older: Sequence[Edition], site: Site) -> tuple[Tree, Nav]:
    """Puts the draft's records and pages into `work`, with the pages on what changed; returns tree and navigation."""
    work.mkdir(parents=True)
    shutil.copytree(draft.data, work / "data", ignore=ignore_editors_own)
    shutil.copytree(draft.docs, work / "docs", ignore=ignore_editors_own)
    last = older[-1:]  # any others are compared in the reader's browser
    plans = {one.id: _plan_pages(one, site, draft) for one in last}
    nav = add_change_pages(work / "docs", list(read_config(draft)["nav"]), last, plans)
    text = yaml.safe_dump(plain_record(edition.record), allow_unicode=True, sort_keys=False, width=100)
    (work / RECORD).write_text(text, encoding="utf-8")
    return Tree(work, top=edition.top), nav


def _plan_pages(older: Edition, site: Site, draft: Tree) -> list[list[tuple[str, str]]]:
    """Returns the pages needed for what a draft changed against an edition: the sections of each, id and title.

    None are needed when all of it fits on the page that sets the two side by side.
    """
    sections = Changes(open_stage(older, draft.cache), Stage(None, site)).sections
    filled = fill_pages(sections)
    return [[(one.id, one.title) for one in page] for page in filled] if len(filled) > 1 else []


def _store(tree: Tree, nav: Nav, edition: Edition, older: Sequence[Edition], part: Path) -> None:
    """Builds the tree once and writes what is kept of it into `part`. Raises ContentError."""
    part.mkdir()
    shutil.copyfile(tree.root / RECORD, part / RECORD)
    built = tree.cache / "freezing"
    shutil.rmtree(built, ignore_errors=True)
    run_builder(tree, built, _write_config(tree, nav, edition))
    site = load_checked(tree)
    articles = {page.source: _store_page(built, page, part) for page in site.pages.pages}
    shutil.rmtree(built)
    release = _open_release(tree, nav, edition, older)
    store_outputs(OutputContext(release, edition.dated, tree.cache, lambda page: _parse(articles[page.source])), part)
    _write_json(part / NAV, nav)
    _write_json(part / COMPARED, describe_compared(site, write_prose(site), word_records(site.catalog)), None)
    write_manifest(part)


def _write_config(tree: Tree, nav: Nav, edition: Edition) -> Path:
    """Writes the builder's configuration: the project's own with a theme that prints what is kept of a page."""
    folder = tree.cache / "editions" / edition.id
    folder.mkdir(parents=True, exist_ok=True)
    config = {
        "INHERIT": os.path.relpath(tree.config, folder),
        "docs_dir": str(tree.docs),
        "site_url": f"{ROOT}{LATEST}/",
        "nav": nav,
        "theme": {"name": None, "custom_dir": str(THEME)},
        "plugins": {"macros": {"module_name": os.path.relpath(THEME.parents[2] / "macros", folder)}},
        "watch": [],
        "extra": {"edition": {"id": edition.id}},
    }
    path = folder / "mkdocs.yml"
    path.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def _store_page(built: Path, page: Page, part: Path) -> str:
    """Writes what is kept of a built page, and returns its article."""
    text = (built / page_url(page.source) / "index.html").read_text(encoding="utf-8")
    line, _, article = text.partition("\n")
    said = json.loads(line)
    meta = said["meta"]
    head = PageHead(
        source=said["source"],
        url=said["url"],
        title=meta["title"],
        description=meta["description"],
        header={name: value for name, value in meta.items() if name not in _SAID},
        head=meta["head"],
        cite=meta["cite"],
        graph=meta["graph"],
        contents=[Heading.model_validate(one) for one in said["contents"]],
    )
    path = page_path(part, page.url)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(join_page(head, article), encoding="utf-8", newline="\n")
    return article


def _parse(article: str) -> html.HtmlElement:
    return html.fragment_fromstring(article, create_parent="article")


def _open_release(tree: Tree, nav: Nav, edition: Edition, older: Sequence[Edition]) -> Release:
    record = edition.record
    return open_release(
        tree,
        [open_stage(one, tree.cache).site.catalog for one in older],
        name=edition.id,
        title=record.title,
        note=record.note or "",
        published=record.published,
        nav=nav,
    )


def _write_json(path: Path, value: object, indent: int | None = 1) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=indent, separators=None if indent else (",", ":"))
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")


def find_commit(draft: Tree) -> str | None:
    """Returns the commit that holds the draft as it lies; None without Git, or when something is not committed yet."""
    git = shutil.which("git")
    if git is None:
        return None

    def ask(*words: str) -> str | None:
        done = subprocess.run([git, *words], cwd=draft.root, capture_output=True, text=True, check=False)
        return done.stdout.strip() if done.returncode == 0 else None

    top = ask("rev-parse", "--show-toplevel")
    if top is None or not draft.root.samefile(top) or ask("status", "--porcelain", "--", *_MADE_OF):
        return None
    return ask("rev-parse", "HEAD")
