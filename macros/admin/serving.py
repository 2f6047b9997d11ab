"""What the preview answers below /admin/: the manager's page and scripts, its configuration, and its requests.

The requests are those of Decap CMS to its local proxy: a JSON body with an action and its parameters. A server mounts
all of it with one call: `answer(tree, method, path, headers, body)` for every path that begins with `PREFIX`.
"""

from __future__ import annotations

import hashlib
import json
import mimetypes
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from macros.admin import PREFIX
from macros.admin.bundle import MAIN, ensure_bundle
from macros.admin.forms import API, create_config
from macros.admin.merging import merge
from macros.cache import write_whole
from macros.catalog.loading import ID
from macros.catalog.vocabularies import load_vocabularies
from macros.problems import ContentError, UsageError
from macros.schema import KINDS
from macros.text.header import read_markdown
from macros.tree import Tree

# Nothing is asked of another host, whatever the manager would like.
_POLICY = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; frame-ancestors 'none'"


@dataclass(frozen=True)
class Answer:
    """What is sent back: status, type, extra headers and body."""

    status: int
    type: str
    body: bytes
    headers: Mapping[str, str]


def answer(tree: Tree, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
    """Answers one request below /admin/. `path` begins with it. Raises nothing that an author's mistake could cause."""
    name = urlsplit(path).path.removeprefix(PREFIX)
    try:
        return _answer_request(tree, headers, body) if method == "POST" and name == API else _show(tree, name)
    except UsageError as error:
        return _refuse(422 if method == "POST" else 503, str(error))
    except ContentError as error:
        return _refuse(422, str(error))


def _show(tree: Tree, name: str) -> Answer:
    if name == "":
        return _send(Path(__file__).with_name("page.html").read_bytes(), "text/html; charset=utf-8")
    if name == "config.yml":
        return _send(json.dumps(create_config(load_vocabularies(tree)[0])).encode(), "text/yaml; charset=utf-8")
    if name.endswith((MAIN, ".wasm")):
        file = ensure_bundle(tree) / PurePosixPath(name).name
        if file.is_file():
            return _send(file.read_bytes(), mimetypes.guess_type(name)[0] or "application/octet-stream")
    return _refuse(404, "There is no such page")


def _answer_request(tree: Tree, headers: Mapping[str, str], body: bytes) -> Answer:
    asked_by = urlsplit(headers.get("Origin", "")).netloc
    if asked_by != headers.get("Host", ""):
        return _refuse(403, "Only the preview's own page may ask")
    try:
        request = json.loads(body)
        act, values = _ACTIONS[request["action"]], request.get("params") or {}
    except (KeyError, TypeError, ValueError):
        return _refuse(422, "Not a request that is known here")
    try:
        return _send_json(act(tree, values))
    except (KeyError, TypeError) as error:
        return _refuse(422, f"Not what the request needs: {error}")


def _describe(_tree: Tree, _values: Any) -> object:
    return {"repo": "explainer", "publish_modes": ["simple"], "type": "local_fs"}


def _list_folder(tree: Tree, values: Any) -> object:
    folder = _inside(tree, f"{values['folder']}/x.{values['extension']}").parent
    pattern = "**/*" if int(values.get("depth", 1)) > 1 else "*"
    return [_entry(tree, path) for path in sorted(folder.glob(f"{pattern}.{values['extension']}"))]


def _list_files(tree: Tree, values: Any) -> object:
    return [_entry(tree, _inside(tree, one["path"])) for one in values["files"]]


def _get(tree: Tree, values: Any) -> object:
    return _entry(tree, _inside(tree, values["path"]))


def _persist(tree: Tree, values: Any) -> object:
    """Writes what changed of each file. A file is not moved, and none is written beside records and pages."""
    files = values.get("dataFiles") or [values["entry"]]
    texts = {}
    for one in files:
        path = _inside(tree, one["path"])
        if one.get("newPath", one["path"]) != one["path"]:
            raise UsageError("a file cannot be renamed here: make rename does it, with all that names it")
        texts[path] = merge_file(path, one["raw"], tree.shown(path))
    for path, text in texts.items():
        write_whole(path, text.encode())
    return {"message": "entry persisted"}


def merge_file(path: Path, raw: str, shown: str) -> str:
    """Returns the text of a record or a page with the values that the manager hands in. Raises ContentError."""
    old = path.read_bytes().decode("utf-8") if path.is_file() else ""
    if path.suffix != ".md":
        return merge(old, raw, shown)
    before, problems = read_markdown(shown, old.encode())
    after, found = read_markdown(shown, raw.encode())
    if problems or found:
        raise ContentError([*problems, *found])
    body = before.body if before.body.strip() == after.body.strip() else f"\n{after.body.strip()}\n"
    head = "\n".join(old.replace("\r\n", "\n").split("\n")[1 : before.body_line - 2]) + "\n"
    new = "\n".join(raw.replace("\r\n", "\n").split("\n")[1 : after.body_line - 2]) + "\n"
    return f"---\n{merge(head, new, shown)}---\n{body}"


def _nothing(_tree: Tree, _values: Any) -> object:
    return []


def _null(_tree: Tree, _values: Any) -> object:
    return None


_ACTIONS: dict[str, Callable[[Tree, Any], object]] = {
    "info": _describe,
    "entriesByFolder": _list_folder,
    "entriesByFiles": _list_files,
    "getEntry": _get,
    "persistEntry": _persist,
    "unpublishedEntries": _nothing,
    "getMedia": _nothing,
    "getDeployPreview": _null,
}


def _inside(tree: Tree, name: str) -> Path:
    """Returns the file of a record or a page. Raises UsageError for any other path."""
    path = (tree.root / name).resolve()
    record = path.suffix == ".yml" and path.parent.parent == tree.data and path.parent.name in KINDS
    page = path.suffix == ".md" and path.is_relative_to(tree.docs)
    if not page and not (record and ID.fullmatch(path.stem)):
        raise UsageError(f"'{name}' is neither a record nor a page: data/<kind>/<id>.yml, docs/<page>.md")
    return path


def _entry(tree: Tree, path: Path) -> object:
    content = path.read_bytes() if path.is_file() else None
    digest = hashlib.sha256(content).hexdigest() if content is not None else None
    text = content.decode("utf-8", "replace") if content is not None else None
    return {"data": text, "file": {"path": tree.shown(path), "id": digest}}


def _send_json(value: object) -> Answer:
    return _send(json.dumps(value).encode(), "application/json")


def _send(body: bytes, type_: str) -> Answer:
    return Answer(200, type_, body, {"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"})


def _refuse(status: int, message: str) -> Answer:
    return Answer(status, "application/json", json.dumps({"error": message}).encode(), {})
