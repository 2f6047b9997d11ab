"""What the preview answers: the draft, its pages with the live script, and what the script asks for."""

from __future__ import annotations

import json
import queue
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from macros.admin import PREFIX
from macros.catalog.vocabularies import load_vocabularies
from macros.editor.reference import KINDS_AT, MACROS_AT, dictionary_of_kinds, reference_of_macros
from macros.metadata.places import name_folder
from macros.preview.panel import describe_problems
from macros.preview.preview import News, Preview, version_of
from macros.preview.server import HTML, Reply, Request, Route, type_of
from macros.tree import LATEST

OWN = "/~preview/"
_CLIENT = Path(__file__).with_name("client")
_SOON = 2.0  # so many seconds a page waits for the first state, before a page that says so stands in for it
_ALIVE = 15.0  # after so many seconds without news a line is sent, by which it is noticed that a page was closed


def answer_draft(preview: Preview, request: Request) -> Reply:
    """Returns what the draft has at an address; a page comes with the live script."""
    path = request.path.removeprefix("/")
    preview.ready.wait(_SOON)
    status, found = preview.find(path)
    if status == 404 and not path.endswith("/") and preview.find(f"{path}/")[0] == 200:  # noqa: PLR2004 - found, not found
        return Reply(301, HTML, headers={"Location": f"/{quote(path)}/"})
    if isinstance(found, Path):
        return Reply(status, type_of(found.name), found.read_bytes())
    if path.endswith((".xml", ".gz")) and status == 200:  # noqa: PLR2004 - OK
        return Reply(status, type_of(path), found)
    shown = name_folder(found.decode(), preview.tree.root).encode()
    return Reply(status, HTML, add_script(shown, version_of(found)))


def add_script(page: bytes, version: str) -> bytes:
    """Returns a page with the live script at its end, which asks whether this version is the newest."""
    script = f'<script src="{OWN}live.js" data-version="{version}" defer></script>'.encode()
    before, end, after = page.rpartition(b"</body>")
    return before + script + end + after if end else page + script


def answer_client(_preview: Preview, request: Request) -> Reply:
    """Returns a file of the live script."""
    name = request.path.removeprefix(OWN)
    known = {path.name for path in _CLIENT.iterdir()}
    if name not in known:
        return Reply(404, "text/plain", b"There is no such file.\n")
    return Reply(200, type_of(name), (_CLIENT / name).read_bytes())


def answer_events(preview: Preview, request: Request) -> Reply:
    """Returns what an open page must know as it happens (server-sent events); `page`, `version`: what it shows."""
    page = request.query.get("page", "/").removeprefix("/")
    return Reply(200, "text/event-stream", _tell(preview, page, request.query.get("version", "")))


def _tell(preview: Preview, page: str, version: str) -> Iterator[bytes]:
    news = preview.listen()
    try:
        while not preview.ready.wait(_ALIVE):
            yield b": starting\n\n"
        yield from _event(preview, page, version, News("changed"))
        yield from _event(preview, page, version, News("problems"))
        for fresh in preview.fresh_styles:
            yield from _event(preview, page, version, fresh)
        while True:
            try:
                one = news.get(timeout=_ALIVE)
            except queue.Empty:
                yield b": nothing new\n\n"
            else:
                yield from _event(preview, page, version, one)
    finally:
        preview.leave(news)


def _event(preview: Preview, page: str, version: str, news: News) -> Iterator[bytes]:
    """Yields an event for the page; none when it is the same as it was."""
    name, detail = news
    if name == "changed":
        if preview.version(page) in ("", version):
            return
        name = "again"
    data: object = detail
    if name == "problems":
        found = describe_problems(preview.tree, preview.problems)
        data = {"problems": found, "checked": preview.is_checked}
    yield f"event: {name}\ndata: {json.dumps(data)}\n\n".encode()


def answer_admin(preview: Preview, request: Request) -> Reply:
    """Returns what editing in the browser asks for; what it saves is noticed like any other file."""
    from macros.admin.serving import answer  # noqa: PLC0415 - loaded when somebody edits in the browser

    found = answer(preview.tree, request.method, request.path, request.headers, request.body)
    return Reply(found.status, found.type, found.body, dict(found.headers))


def answer_macros(preview: Preview, _request: Request) -> Reply:
    """Returns the reference of macros, with what their examples print in this tree."""
    preview.ready.wait(_SOON)
    state = preview.state
    if state is None:
        return Reply(503, "text/plain", b"There is nothing to show yet.\n")
    return Reply(200, HTML, reference_of_macros(state.site, assets=f"/{LATEST}/").encode())


def answer_kinds(preview: Preview, _request: Request) -> Reply:
    """Returns the dictionary of kinds: what a record may say."""
    return Reply(200, HTML, dictionary_of_kinds(load_vocabularies(preview.tree)[0], assets=f"/{LATEST}/").encode())


ROUTES = [
    Route(f"{OWN}events", answer_events, ("GET",)),
    Route(OWN, answer_client),
    Route(PREFIX, answer_admin, ("GET", "HEAD", "POST")),
    Route(f"/{MACROS_AT}", answer_macros),
    Route(f"/{KINDS_AT}", answer_kinds),
    Route("/", answer_draft),
]
