"""What stands at the root of the site beside the editions: the redirect, the versions, the map, the way back."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree

from macros.publication.hosting import Hosting, find_moved, write_headers, write_redirects
from macros.store.digests import hash_file
from macros.store.edition import MANIFEST, Edition
from macros.store.files import OVERVIEW
from macros.tree import BETWEEN, LATEST, ROOT_FILES

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"

# Where a link of the overview begins that gives the way from the file, which is another from the root.
_WAY = re.compile(r"(?<!\\)\]\((?!https?:)")


def write_root(site: Path, editions: Sequence[Edition], urls: Mapping[str, list[str]], root: str | None) -> None:
    """Writes the root's files into the built site. `urls` are each edition's pages.

    `root` is the address under which all editions will stand; without it there is no map: addresses in it are whole.
    """
    shutil.copy(ROOT_FILES / "index.html", site / "index.html")
    (site / "versions.json").write_text(json.dumps(list_versions(editions), indent=1) + "\n", encoding="utf-8")
    (site / "between").mkdir()
    for name, place in (("404.html", site / "404.html"), (BETWEEN, site / "between" / "index.html")):
        (site / LATEST / name).replace(place)
        (site / editions[-1].id / name).unlink()
    overview = (site / LATEST / OVERVIEW).read_text(encoding="utf-8")
    (site / OVERVIEW).write_text(_WAY.sub(f"]({LATEST}/", overview), encoding="utf-8")
    if root:
        (site / "sitemap.xml").write_bytes(list_pages(editions, urls, root))
    where = f"Sitemap: {root}sitemap.xml\n" if root else ""
    (site / "robots.txt").write_text(f"User-agent: *\nAllow: /\n{where}", encoding="utf-8")
    hosting = describe_hosting(site, editions, root)
    (site / "_headers").write_text(write_headers(hosting), encoding="utf-8")
    (site / "_redirects").write_text(write_redirects(hosting), encoding="utf-8")


def describe_hosting(site: Path, editions: Sequence[Edition], root: str | None) -> Hosting:
    """Returns what servers are told of a built site."""
    base = urlsplit(root).path if root else "/"
    published = tuple(edition.id for edition in editions if edition.is_published)
    return Hosting(base=base, published=published, moved=find_moved(site))


def list_versions(editions: Sequence[Edition]) -> list[dict[str, object]]:
    """Returns the editions, newest first, in the form of mike's versions.json, for other tools to read."""
    return [
        {
            "version": edition.id,
            "title": f"As of {edition.dated}",
            "aliases": [LATEST] if edition is editions[-1] else [],
            "published": edition.record.published.text if edition.record.published else None,
            "manifest_sha256": hash_file(edition.folder / MANIFEST),
        }
        for edition in reversed(editions)
    ]


def list_pages(editions: Sequence[Edition], urls: Mapping[str, list[str]], root: str) -> bytes:
    """Returns sitemap.xml: every page once, at its canonical address, with its edition's day of publication."""
    top = etree.Element("urlset", xmlns=_SITEMAP)
    seen: set[str] = set()
    for edition in reversed(editions):
        place = LATEST if edition is editions[-1] else edition.id
        for url in urls[edition.id]:
            if url not in seen:
                seen.add(url)
                entry = etree.SubElement(top, "url")
                etree.SubElement(entry, "loc").text = f"{root}{place}/{url}"
                if edition.record.published:
                    etree.SubElement(entry, "lastmod").text = edition.record.published.text
    return bytes(etree.tostring(top, xml_declaration=True, encoding="UTF-8", pretty_print=True))
