"""Typst makes the brief a PDF, with the typefaces that it carries in itself, and keeps it under a hash of its parts."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from dataclasses import asdict
from pathlib import Path
from typing import Final

import typst

from macros.briefing.brief import Brief, create_brief
from macros.briefing.palette import read_palette
from macros.checked import write_whole
from macros.exporting.files import BRIEF
from macros.exporting.release import Release

_FOLDER = Path(__file__).parent / "templates"
_MAIN = "brief.typ"
# Accessible PDF (ISO 14289-1): Typst refuses to write what would not be.
_STANDARD: Final = "ua-1"


def write_brief(release: Release, dated: str, folder: Path, cache: Path) -> None:
    """Writes the brief into the folder of a built release; it is typeset once and then taken from the cache."""
    (folder / BRIEF).write_bytes(typeset_brief(create_brief(release, dated), cache))


def typeset_brief(brief: Brief, cache: Path) -> bytes:
    """Returns the brief as a tagged PDF; the same brief always gives the same bytes."""
    given = {"brief": json.dumps({**asdict(brief), "colours": read_palette()}, ensure_ascii=False)}
    templates = [path.read_text(encoding="utf-8") for path in sorted(_FOLDER.glob("*.typ"))]
    made_of = json.dumps([templates, importlib.metadata.version("typst"), _STANDARD, given])
    kept = cache / "briefs" / f"{hashlib.sha256(made_of.encode()).hexdigest()}.pdf"
    if not kept.is_file():
        pdf = typst.compile(
            str(_FOLDER / _MAIN), format="pdf", ignore_system_fonts=True, pdf_standards=_STANDARD, sys_inputs=given
        )
        write_whole(kept, pdf)
    return kept.read_bytes()
