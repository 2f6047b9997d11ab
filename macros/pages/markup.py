"""What a page may hold beside words and macro calls: a line break, links to the site and to the web, ids and classes.

Markdown lets any HTML through, any attribute in an attribute list, and any scheme in a link. So a page is read here as
the builder reads it, with a word for each call, and what came of it is looked at: no way of writing gets around that.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from functools import cache
from xml.etree import ElementTree

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from macros.pages.page import Page
from macros.problems import Problem
from macros.security.addresses import HINT, find_fault

# Stands for a call: the beginning of a tag's name where a value would become one, and no address.
_CALL = "zqcallqz"
_CALLS = re.compile(r"\{\{.*?\}\}|\{##.*?##\}", re.DOTALL)
_TAG_BEFORE_CALL = re.compile(rf"<[/!?]?{_CALL}")
# A break, a character by its name, and what Markdown itself makes of a block of code.
_RAW = re.compile(r"<br ?/?>|&#?\w+;|<pre><code(?: class=\"language-[\w-]+\")?>[^<]*</code></pre>")
_TAG = re.compile(r"<[/!?]?-*[\w:-]*")
_PLAIN = re.compile(r"[\w-]+(?: [\w-]+)*")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# What an attribute list may set, with one plain word or more; and what Markdown itself sets.
_LISTED = {"id", "class", "lang", "hreflang"}
_SET = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}

Finding = tuple[str, str, str]  # what to look for in the page, what is wrong with it, and the cure


class _Looking(Treeprocessor):
    """Keeps the tree that the page became, as it is before it is written out; an empty page becomes none."""

    root = ElementTree.Element("div")

    def run(self, root: ElementTree.Element) -> None:
        self.root = root


@cache
def _reader() -> tuple[Markdown, _Looking]:
    """Returns a reader with those extensions of mkdocs.yml that decide what is HTML, an attribute or a link."""
    reader = Markdown(extensions=["attr_list", "fenced_code", "tables"])
    looking = _Looking(reader)
    reader.treeprocessors.register(looking, "looking", -10)  # after all others
    return reader, looking


def check_markup(page: Page) -> Iterator[Problem]:
    """Yields everything on a page that is neither words, nor a macro call, nor on the list of what a page may hold."""
    body = _CALLS.sub(lambda call: "" if call[0].startswith("{##") else _CALL, page.file.body)
    reader, looking = _reader()
    reader.reset()
    looking.root = _Looking.root
    findings: list[Finding] = []
    try:
        reader.convert(body)
    except RecursionError:
        _reader.cache_clear()  # it would read the next page as the inside of this one
        yield Problem(
            page.file.path, page.file.body_line, 1, "the page is nested too deep", "take lists or quotes apart"
        )
        return
    except ValueError:  # Markdown does not find the page itself again when that has got an attribute
        findings.append(("{:", "an attribute list that belongs to nothing", "put it below a paragraph, or take it out"))
    findings += [*_find_html(body, reader.htmlStash.rawHtmlBlocks), *_find_attributes(looking.root)]
    for wanted, message, hint in findings:
        yield Problem(page.file.path, *_place(page, wanted), message, hint)


def _find_html(body: str, blocks: Sequence[object]) -> Iterator[Finding]:
    hint = "write Markdown; of HTML a page may hold <br> only, and a comment is {## like this ##}"
    for match in _TAG_BEFORE_CALL.finditer(body):
        yield match[0].removesuffix(_CALL), "a macro call within a tag", hint
    for block in blocks:
        if not isinstance(block, str) or not _RAW.fullmatch(block.strip()):
            tag = _TAG.search(str(block))
            name = tag[0] if tag else str(block)
            if _CALL not in name:
                yield name, f"HTML on a page: {name}{'' if name.startswith('<!') else '>'}", hint


def _find_attributes(root: ElementTree.Element) -> Iterator[Finding]:
    for part in root.iter():
        allowed = _LISTED | _SET.get(str(part.tag), set())
        for name, value in part.attrib.items():
            written = str(value)
            if name == "style" and part.tag in ("th", "td"):
                yield "-:", "an aligned column of a table", "write |---| without colons: the style sheet aligns"
            elif name not in allowed:
                hint = "an attribute list names an id, a class or a language only: {#old-heading}"
                yield name, f"an attribute that a page may not set: {name}", hint
            elif name in _LISTED and (_CALL in written or not _PLAIN.fullmatch(written)):
                yield written, f"not a plain {name}: '{written}'", "letters, digits and hyphens"
            elif name in ("href", "src"):
                yield from _find_address(name, written)


def _find_address(name: str, written: str) -> Iterator[Finding]:
    """Yields what is wrong with the address of a link or a picture, read as a browser reads it."""
    address = re.sub(r"[\x00-\x20]", "", html.unescape(written.replace("\x02amp\x03", "&")))
    if _CALL in address:
        yield written, "a macro call within an address", "print a link by a macro: link('term/offtake')"
    elif "\\" in address or address.startswith("//"):
        yield written, f"an address that leads off the site unseen: {address}", HINT
    elif _SCHEME.match(address):
        fault = find_fault(address)
        if name == "src":
            yield written, f"a picture from elsewhere: {address}", "put the picture under docs/ and name it by its path"
        elif fault:
            yield written, f"{fault}: {address}", HINT


def _place(page: Page, wanted: str) -> tuple[int, int]:
    """Returns the place in the file of what is wanted; the first line of the page where it is written otherwise."""
    body = page.file.body
    at = body.find(wanted.partition(_CALL)[0] or "{{")
    if at < 0:
        return page.file.body_line, 1
    return page.file.body_line + body.count("\n", 0, at), at - body.rfind("\n", 0, at)
