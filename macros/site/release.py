"""What is exported: one edition or a draft, its catalog and pages, its address, and the editions before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from macros.catalog.catalog import Catalog
from macros.configuration.config import PLACEHOLDER, Nav, read_config
from macros.configuration.publisher import Publisher, find_publisher
from macros.pages.page import Pages, relative_url
from macros.schema.base import Record
from macros.schema.dates import PartialDate
from macros.site.checked import load_checked
from macros.site.loading import Site
from macros.tree import LATEST, Tree

# The identities of what we give away are made below this one; it was drawn once.
IDENTITIES = UUID("3d7f2c1e-9a64-4c1b-8f0e-5b2d9e6a7c10")


@dataclass(frozen=True)
class Release:
    """An edition, or a draft (its `name` is then empty), and what the project's configuration says of the site.

    `address` is that of the release and ends in a slash; `nav` is the navigation as mkdocs.yml has it; `earlier` are
    the catalogs of the editions before it, oldest first; `notice` and `content_use` are said to readers of the files.
    `publisher` is None when the configuration names none.
    """

    catalog: Catalog
    pages: Pages
    address: str
    nav: Nav
    site_name: str
    site_description: str
    notice: str
    content_use: str
    name: str = ""
    title: str = ""
    note: str = ""
    published: PartialDate | None = None
    publisher: Publisher | None = None
    earlier: tuple[Catalog, ...] = ()

    @property
    def root(self) -> str:
        """Returns the address under which all editions stand; it ends in a slash."""
        return self.address.removesuffix(f"{self.name or LATEST}/")

    @property
    def is_placed(self) -> bool:
        """Whether it is known where the site will stand: files can then name whole addresses."""
        return urlsplit(self.address).hostname != PLACEHOLDER

    @property
    def state(self) -> str:
        """Returns in words whether an edition is published."""
        return f"published {self.published}" if self.published else "candidate edition, not yet published"

    def url(self, path: str) -> str:
        """Returns the full address of a page or a file of the release."""
        return f"{self.address}{path}"

    def link(self, path: str, origin: str = "") -> str:
        """Returns the address of a page or a file as a file in the folder `origin` gives it.

        It is whole where the host is known, and else the way from there: an edition is kept for ever, and must not
        name a host that does not exist.
        """
        return self.url(path) if self.is_placed else relative_url(path, origin)

    def home(self, record: Record) -> str:
        """Returns where in the release a record is at home: the path of a page, with or without an anchor."""
        return self.pages.home(record.key) or ""

    def identify(self, name: str) -> str:
        """Returns an identity for ever and on any host."""
        return str(uuid5(IDENTITIES, name))


def open_release(tree: Tree, earlier: Iterable[Catalog] = (), **edition: Any) -> Release:
    """Returns the tree's release. `edition` gives nav, name, title, note and publication of an edition; else a draft.

    `earlier` are the catalogs of the editions before it, oldest first. Raises ContentError when the tree is at fault.
    """
    return create_release(load_checked(tree), read_config(tree), earlier=tuple(earlier), **edition)


def create_release(site: Site, config: Mapping[str, Any], **edition: Any) -> Release:
    """Returns the release of a checked tree and a configuration as the builder has it; `edition` as above."""
    values = {"nav": config["nav"], **edition}
    root = config["site_url"].removesuffix(f"{LATEST}/")
    return Release(
        catalog=site.catalog,
        pages=site.pages,
        address=f"{root}{values.get('name') or LATEST}/",
        site_name=config["site_name"],
        site_description=config["site_description"],
        notice=config["extra"]["notice"],
        content_use=config["extra"]["content_use"],
        publisher=find_publisher(config["extra"]),
        **values,
    )
