"""Macros that link to the files which each edition has beside its pages."""

from __future__ import annotations

from markupsafe import Markup

from macros.components.page_context import PageContext
from macros.components.registry import MacroError, macro
from macros.pages.page import Page
from macros.problems import suggest
from macros.schema import KINDS
from macros.store.files import BRIEF, CALENDAR, CHANGES_PAGE, FEED, FORMS, kind_path, list_files

_HEADINGS = ("Kind", "Records", "Files")


@macro(inline=True)
def download(view: PageContext, file: str, text: str | None = None) -> str:
    """A link to a file of the edition, under its own name or under the words you give.

    {{ download('deadlines.ics') }}   {{ download('data/index.json', 'the list of files') }}
    """
    files = list_files(view.catalog)
    if file not in files:
        raise MacroError(f"no file '{file}'", suggest(file, files, what="files"), file)
    return view.piece("page_link", title=text or file, url=view.url(file))


@macro()
def take_along(view: PageContext) -> str:
    """What readers take with them: the calendar, the feed, the brief, the page with all files. {{ take_along() }}

    The feed is of all editions and stands at the root of the site. A draft has none; its list of editions stands in.
    """
    published = view.history is not None and view.history.present.edition is not None
    editions, files = view.pages.at(CHANGES_PAGE), _find_downloads(view)
    return view.render(
        "take",
        calendar=view.url(CALENDAR),
        feed=view.url(f"../{FEED}") if published else None,
        editions=view.url(editions.url) if editions else None,
        brief=view.url(BRIEF),
        files=view.url(files.url) if files else None,
    )


def _find_downloads(view: PageContext) -> Page | None:
    """Returns the page that lists every file."""
    for page in view.pages.pages:
        for part in view.pages.parts.get(page.source, ()):
            if not isinstance(part, str) and part.macro.name == "downloads":
                return page
    return None


@macro()
def downloads(view: PageContext) -> str:
    """Each kind of record with the number of its records and links to its data files. {{ downloads() }}"""
    rows = []
    for kind, model in KINDS.items():
        links = Markup(", ").join(
            view.piece("page_link", title=title, url=view.url(kind_path(kind, form)))
            for form, (title, _, _) in FORMS.items()
        )
        cells = (model.plural, len(view.catalog.of_kind(kind)), links)
        rows.append(list(zip(_HEADINGS, cells, strict=True)))
    return view.render("table", headings=_HEADINGS, rows=rows, kind=None, long=False)
