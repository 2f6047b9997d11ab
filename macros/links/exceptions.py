"""`data/links.yml`: what the checks of links let pass, each with the reason why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pydantic import Field

from macros.catalog.validating import validate
from macros.problems import ContentError
from macros.schema.base import Line, Strict
from macros.schema.dates import PartialDate
from macros.text.document import read_document
from macros.tree import Tree

NAME = "links.yml"


class Allowed(Strict):
    """Addresses that begin with these signs may be written although a rule refuses them."""

    begins: Line = Field(description="how the address begins: http://www.mlit.go.jp/")
    reason: Line


class Excused(Strict):
    """Addresses on other sites that are not asked, or whose answer says nothing, until a day."""

    begins: Line = Field(description="how the address begins")
    reason: Line
    until: PartialDate = Field(description="the day on which somebody looks again")


class LinkSettings(Strict):
    """`data/links.yml`."""

    allowed: list[Allowed] = Field(default_factory=list)
    excused: list[Excused] = Field(default_factory=list)

    def allows(self, address: str) -> bool:
        """Whether an address that a rule refuses may stand."""
        return _begins(address, self.allowed)

    def excuses(self, address: str, today: dt.date) -> Excused | None:
        """Returns the exception for an address on another site; none when its day has passed."""
        return next(
            (one for one in self.excused if address.startswith(one.begins) and one.until.last_day >= today), None
        )

    def expired(self, today: dt.date) -> list[Excused]:
        """Returns the exceptions whose day has passed."""
        return [one for one in self.excused if one.until.last_day < today]


def _begins(address: str, rules: Iterable[Allowed]) -> bool:
    return any(address.startswith(one.begins) for one in rules)


def load_link_settings(tree: Tree) -> LinkSettings:
    """Returns the settings; empty ones when there is no file. Raises ContentError when the file is wrong."""
    path = tree.data / NAME
    if not path.is_file():
        return LinkSettings()
    document, problems = read_document(tree.shown(path), path.read_bytes())
    settings, found = validate(document, LinkSettings) if not problems else (None, [])
    if problems or found or not isinstance(settings, LinkSettings):
        raise ContentError([*problems, *found])
    return settings
