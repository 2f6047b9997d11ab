"""Macros that link to the files which each edition has beside its pages."""

from __future__ import annotations

from markupsafe import Markup

from macros.exporting.files import FILES, FORMS, kind_path
from macros.problems import suggest
from macros.schema import KINDS
from macros.writing.registry import MacroError, macro
from macros.writing.view import View

_HEADINGS = ("Kind", "Records", "Files")


@macro(inline=True)
def download(view: View, file: str, text: str | None = None) -> str:
    """A link to a file of the edition, under its own name or under the words you give.

    {{ download('deadlines.ics') }}   {{ download('data/index.json', 'the list of files') }}
    """
    if file not in FILES:
        raise MacroError(f"no file '{file}'", suggest(file, FILES, what="files"), file)
    return view.piece("page_link", title=text or file, url=view.url(file))


@macro()
def downloads(view: View) -> str:
    """Each kind of record with the number of its records and links to its data files. {{ downloads() }}"""
    rows = []
    for kind, model in KINDS.items():
        links = Markup(", ").join(
            view.piece("page_link", title=title, url=view.url(kind_path(kind, form)))
            for form, (title, _, _) in FORMS.items()
        )
        cells = (model.plural, len(view.catalog.of_kind(kind)), links)
        rows.append(list(zip(_HEADINGS, cells, strict=True)))
    return view.render("table", headings=_HEADINGS, rows=rows)
