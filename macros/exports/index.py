"""data/index.json: what a release is, how many records of each kind it holds, and which files it has."""

from __future__ import annotations

from typing import Any

from macros.exports.upgrades import SCHEMA_VERSION
from macros.schema import KINDS
from macros.site.output import Output, as_json
from macros.site.release import Release
from macros.store.files import INDEX, JSON, SCHEMA, TABLE, kind_path, list_files


def export_index(release: Release) -> dict[str, Any]:
    """Returns the index as plain values; paths are relative to the address of the release."""
    return {
        "site": release.site_name,
        "edition": release.name or None,
        "title": release.title or None,
        "note": release.note or None,
        "address": release.address if release.is_placed else None,
        "as_at": release.catalog.as_at.text,
        "published": release.published.text if release.published else None,
        "candidate": bool(release.name) and release.published is None,
        "draft": not release.name,
        "schema_version": SCHEMA_VERSION,
        "content_use": release.content_use,
        "notice": release.notice,
        "kinds": {
            kind: {
                "title": model.plural,
                "about": model.__doc__,
                "count": len(release.catalog.of_kind(kind)),
                "json": kind_path(kind, JSON),
                "csv": kind_path(kind, TABLE),
                "schema": kind_path(kind, SCHEMA),
            }
            for kind, model in KINDS.items()
        },
        "files": [
            {"path": file.path, "media_type": file.media_type, "about": file.about}
            for file in list_files(release.catalog).values()
        ],
    }


OUTPUT = Output("index", lambda _: [INDEX], lambda context: [(INDEX, as_json(export_index(context.release)))])
