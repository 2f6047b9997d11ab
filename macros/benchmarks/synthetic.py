"""A made-up tree of as many pages as wanted, each a record with citations and a table, to see how costs grow."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from macros.benchmarks.places import write_config
from macros.catalog.vocabularies import load_vocabularies
from macros.schema.context_vocabularies import Lane, Topic
from macros.tree import LISTS, Tree

_GROUP = 10  # pages that stand in one table
_SECTION = 50  # pages in one part of the navigation
_PART = 500
_SYLLABLES = ("ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "tu")


def write_tree(tree: Tree, folder: Path, pages: int) -> Tree:
    """Writes a tree with so many pages of records; the configuration inherits that of `tree`, navigation apart."""
    _write(folder / "data" / "catalog.yml", "as_at: 2026-01-31\n")
    _write(folder / "docs" / "index.md", _page("Home", "Where it begins.", f"It begins {_name(0)}."))
    names = [_name(number) for number in range(pages)]
    shutil.copytree(tree.data / LISTS, folder / "data" / LISTS)
    _write(folder / "data" / LISTS / f"{Topic.vocabulary}.yml", _topics(tree, pages))
    for number, name in enumerate(names):
        _write(folder / "data" / "project" / f"{name}.yml", _project(number, name))
        _write(folder / "data" / "source" / f"{name}-report.yml", _source(number, name))
        _write(folder / "docs" / "projects" / f"{name}.md", _project_page(number, name))
    for first in range(0, pages, _SECTION):
        group = _name(first // _SECTION)
        body = f"{{{{ entries('source', publisher='The {group} daily') }}}}"
        _write(folder / "docs" / "sources" / f"{group}.md", _page(f"Reports {group}", f"What {group} wrote.", body))
    write_config(folder, {"INHERIT": str(tree.config), "nav": list(_nav(names)), "extra": {"footer": []}})
    return Tree(folder)


def choose_queries(pages: int) -> list[str]:
    """Returns what a reader of such a tree could type: a name, words that stand on every page, and both."""
    first, last = _name(pages // 2), _name(pages - 1)
    return [first, "export plant harbor", f"the harbor of {last}"]


def _topics(tree: Tree, pages: int) -> str:
    """Returns a list of topics, one for each group of pages, all of the first story."""
    lane = load_vocabularies(tree)[0].all(Lane)[0].value
    groups = [f"of-{_name(number)}" for number in range(-(-pages // _GROUP))]
    return _yaml(about="Topics.", choices=[{"id": one, "label": one, "lane": lane} for one in groups])


def _nav(names: list[str]) -> Iterator[object]:
    yield "index.md"
    for first in range(0, len(names), _PART):
        part = names[first : first + _PART]
        sections = [part[at : at + _SECTION] for at in range(0, len(part), _SECTION)]
        yield {f"Part {_name(first)}": [{f"Of {one[0]}": [f"projects/{name}.md" for name in one]} for one in sections]}
    yield {"Reports": [f"sources/{_name(first // _SECTION)}.md" for first in range(0, len(names), _SECTION)]}


def _name(number: int) -> str:
    """Returns a word of its own for each number."""
    return "".join(_SYLLABLES[int(digit)] for digit in f"{number:04}")


def _project(number: int, name: str) -> str:
    return _yaml(
        title=f"The {name} plant",
        type="Export plant",
        topic=f"of-{_name(number // _GROUP)}",
        state="Somewhere",
        capacity={"value": number % 40 + 1, "unit": "million metric tons a year"},
        summary=f"The {name} plant is planned beside the harbor of {name}.",
        status=f"The decision on {name} is open.",
        status_as_of="2026-01",
        certainty="reported",
        sources=[{"id": f"{name}-report", "pinpoint": "page 1"}],
    )


def _source(number: int, name: str) -> str:
    return _yaml(
        title=f"A report on {name}",
        publisher=f"The {_name(number // _SECTION)} daily",
        date="not shown",
        type="secondary",
        standing="press",
        seen="report",
        url=f"https://www.example.com/{name}/",
        language="en",
    )


def _project_page(number: int, name: str) -> str:
    sentences = [f"Of {name} the {word} part stands first." for word in (f"{name}{end}" for end in _SYLLABLES)]
    prose = "\n\n".join(f"{one}{{{{ cite('{name}-report', 'page {at}') }}}}" for at, one in enumerate(sentences, 1))
    table = f"{{{{ table('project', ['name', 'state', 'status'], topic='of-{_name(number // _GROUP)}') }}}}"
    body = f"{prose}\n\n{{{{ opening() }}}}\n\n{table}"
    return _page(f"The {name} plant", f"What is planned in {name}.", body, record=f"project/{name}")


def _page(title: str, description: str, body: str, **header: str) -> str:
    head = _yaml(title=title, description=description, **header)
    end = "ending" if "record" in header else "sources"
    return f"---\n{head}---\n\n# {title}\n\n{body}\n\n{{{{ {end}() }}}}\n"


def _yaml(**values: object) -> str:
    """Returns the values as YAML, each as JSON writes it, which is YAML too and sooner read."""
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
