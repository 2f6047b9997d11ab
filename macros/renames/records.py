"""A record's new id: its file, its earlier ids, and every mention."""

from __future__ import annotations

from macros.catalog.catalog import nearest_key
from macros.catalog.loading import ID
from macros.catalog.references import split_key
from macros.catalog.validating import ID_FORM
from macros.problems import ContentError, Problem, UsageError
from macros.renames.change import Change
from macros.renames.editions import check_id
from macros.renames.edits import add_item, remove_item
from macros.renames.mentions import Named, edits_of, iter_mentions
from macros.site.loading import Site
from macros.text.document import read_document
from macros.tree import Tree


def rename_record(tree: Tree, site: Site, old: str, new: str) -> Change:
    """Returns the change that gives the record `old` (kind/id) the id in `new`, which may be written without its kind.

    Raises UsageError when the names make no sense, ContentError when the new id is taken.
    """
    if old not in site.catalog.records:
        known = site.catalog.aliases.get(old)
        hint = f"it is {known} now" if known else nearest_key(old, site.catalog.records)
        raise UsageError(f"no record '{old}': {hint}")
    kind, record_id = split_key(old)
    new_kind, new_id = split_key(new if "/" in new else f"{kind}/{new}")
    if new_kind != kind:
        raise UsageError(f"a record keeps its kind: NEW={kind}/{new_id.rpartition('/')[2]}")
    if not ID.fullmatch(new_id):
        raise UsageError(f"'{new_id}' cannot be an id; {ID_FORM}")
    _check_free(tree, site, old, f"{kind}/{new_id}")
    named = Named(kind, record_id)
    change = Change(tree)
    change.edit(edits_of(iter_mentions(tree, site, named), named, new_id))
    path = tree.data / kind / f"{record_id}.yml"
    _keep_id(change, site, named, new_id)
    change.moves[path] = path.with_name(f"{new_id}.yml")
    return change


def _keep_id(change: Change, site: Site, named: Named, new_id: str) -> None:
    """Writes the old id among the earlier ones; when the new one is among them, it is no longer an earlier one."""
    path = change.tree.data / named.kind / f"{named.id}.yml"
    for item, edit in ((new_id, remove_item), (named.id, add_item)):
        if edit is add_item or item in site.catalog.records[named.key].aliases:
            document, _ = read_document(change.tree.shown(path), change.text(path).encode())
            change.texts[path] = edit(change.text(path), document, "aliases", item)


def _check_free(tree: Tree, site: Site, old: str, new: str) -> None:
    """Raises ContentError when the new key is a record's, was that of another, or is another one's in an edition."""
    kind, new_id = split_key(new)
    problems: list[Problem] = []
    owner = site.catalog.aliases.get(new)
    if (tree.data / kind / f"{new_id}.yml").exists():
        hint = "choose another id, or merge the two by hand"
        problems.append(Problem(f"data/{kind}/{new_id}.yml", 1, 1, f"'{new}' exists already", hint))
    elif owner and owner != old:
        number = site.catalog.records[owner].aliases.index(new_id)
        message, hint = f"'{new}' is an earlier id of {owner}", "an id belongs to one record for ever: choose another"
        problems.append(site.catalog.documents[owner].problem(("aliases", number), message, hint))
    record = site.catalog.records[old]
    problems = problems or list(check_id(tree, kind, new_id, (record.id, *record.aliases)))
    if problems:
        raise ContentError(problems)
