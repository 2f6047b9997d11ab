"""What stands at the root of the site beside the editions: the redirect, the versions, the map, the way back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from lxml import etree

from macros.editions.digests import hash_file
from macros.editions.edition import MANIFEST, Edition
from macros.exporting.files import OVERVIEW
from macros.tree import LATEST, ROOT_FILES

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write_root(site: Path, editions: Sequence[Edition], urls: Mapping[str, list[str]], site_url: str | None) -> None:
    """Writes the root's files into the built site. `urls` are each edition's pages; `site_url` ends in /latest/."""
    shutil.copy(ROOT_FILES / "index.html", site / "index.html")
    (site / "versions.json").write_text(json.dumps(list_versions(editions), indent=1) + "\n", encoding="utf-8")
    (site / LATEST / "404.html").replace(site / "404.html")
    (site / editions[-1].id / "404.html").unlink()
    shutil.copy(site / LATEST / OVERVIEW, site / OVERVIEW)
    root = (site_url or "/latest/").removesuffix(f"{LATEST}/")
    (site / "sitemap.xml").write_bytes(list_pages(editions, urls, root))
    # The map's address must be whole, or robots reject the file.
    where = f"Sitemap: {root}sitemap.xml\n" if site_url else ""
    (site / "robots.txt").write_text(f"User-agent: *\nAllow: /\n{where}", encoding="utf-8")


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
