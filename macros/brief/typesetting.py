"""Typst makes the brief and its sheets PDF files and keeps them under a hash of their parts.

Libertinus Serif is part of Typst; the face for Japanese and Chinese is in fonts/. No face of the machine is used.
"""

from __future__ import annotations

import importlib.metadata
import json
import logging
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import typst

from macros.brief.brief import Brief, create_brief
from macros.brief.sheets import FULLEST, Sheet, create_sheet
from macros.cache import digest, keep_file
from macros.charts.drawing import read_palette
from macros.configuration.publisher import FILES
from macros.schema.actors import Audience
from macros.site.output import Files, Output, OutputContext, Reads
from macros.site.release import Release
from macros.store.files import BRIEF, sheet_path

_FOLDER = Path(__file__).parent / "templates"
_FONTS = Path(__file__).parent / "fonts"
_BRIEF, _SHEET = "brief.typ", "sheet.typ"
# Accessible PDF (ISO 14289-1): Typst refuses to write what would not be.
_STANDARD: Final = "ua-1"
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
_INSTEAD = "〓"  # what Japanese printers set where a character is missing; the face in fonts/ has it
_LOG = logging.getLogger(__name__)


def typeset_brief(brief: Brief, cache: Path) -> bytes:
    """Returns the brief as a tagged PDF; the same brief always gives the same bytes."""
    return _typeset(_BRIEF, brief, cache)


def typeset_sheet(release: Release, audience: Audience, dated: str, cache: Path, logo: bytes = b"") -> bytes:
    """Returns the sheet of an audience as a tagged PDF."""
    return _typeset(_SHEET, fit_sheet(release, audience, dated, logo), cache)


def fit_sheet(release: Release, audience: Audience, dated: str, logo: bytes = b"") -> Sheet:
    """Returns the fullest sheet that fits on one page; the shortest where none does."""

    def count_pages(fullness: int) -> int:
        sheet = create_sheet(release, audience, dated, fullness, logo)
        (pages,) = json.loads(typst.query(str(_FOLDER / _SHEET), "<pages>", field="value", **_settings(sheet)))
        return int(pages)

    fitting = bisect_left(range(1, FULLEST + 1), 2, key=count_pages)
    return create_sheet(release, audience, dated, max(1, fitting), logo)


def _read_logo(release: Release) -> bytes:
    """Returns the publisher's logo; nothing where there is none."""
    return (FILES / release.publisher.logo).read_bytes() if release.publisher and release.publisher.logo else b""


def _typeset(template: str, document: Brief | Sheet, cache: Path) -> bytes:
    """Returns the PDF. A character that no face has never stops a build: it is replaced, and the log names it."""
    settings = _settings(document)
    name = digest(template, *_parts(), settings["sys_inputs"])
    return keep_file(cache / "briefs", f"{name}.pdf", lambda: _compile(template, settings))


def _parts() -> Iterator[object]:
    """Yields what every PDF is made of beside its words: templates, faces, and who sets them."""
    yield from sorted(_FOLDER.glob("*.typ"))
    yield from sorted(_FONTS.glob("*.otf"))
    yield f"{importlib.metadata.version('typst')} {_STANDARD}"


def _settings(document: Brief | Sheet) -> dict[str, Any]:
    given = json.dumps({**asdict(document), "colours": read_palette()}, ensure_ascii=False)
    return {"sys_inputs": {"given": given}, "font_paths": [str(_FONTS)], "ignore_system_fonts": True}


def _compile(template: str, settings: dict[str, Any]) -> bytes:
    while True:
        try:
            pdf = typst.compile(str(_FOLDER / template), format="pdf", pdf_standards=_STANDARD, **settings)
        except typst.TypstError as error:
            given = settings["sys_inputs"]["given"]
            missing = {sign for found in _NO_GLYPH.findall(error.diagnostic) for sign in found if sign in given}
            if not missing - {_INSTEAD}:
                raise
            _LOG.warning("%s: no face has %s: replaced by %s", template, " ".join(sorted(missing)), _INSTEAD)
            replaced = given.translate({ord(sign): _INSTEAD for sign in missing})
            settings = {**settings, "sys_inputs": {"given": replaced}}
        else:
            return bytes(pdf)


def _paths(context: OutputContext) -> list[str]:
    return [BRIEF, *(sheet_path(one) for one in context.release.catalog.all(Audience))]


def _make(context: OutputContext) -> Files:
    """Yields the brief and a sheet for each audience; kept ones are not set anew."""
    release, dated, cache = context.release, context.dated, context.cache
    logo = _read_logo(release)
    yield BRIEF, typeset_brief(create_brief(release, dated, logo), cache)
    for audience in release.catalog.all(Audience):
        yield sheet_path(audience), typeset_sheet(release, audience, dated, cache, logo)


OUTPUT = Output("brief", _paths, _make, reads=frozenset({Reads.styles}))  # its colors are those of the site
