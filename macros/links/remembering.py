"""What visits of other sites found, over the days: who need not be asked again yet, and who counts as dead."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from macros.links.visiting import Outcome, Visit

DAYS_TO_DEATH = 3  # a link is dead when it failed on so many different days, with no answer between
GOOD_FOR = 14  # days for which an answer is trusted
_GOOD = (Outcome.ok, Outcome.moved)
_BAD = (Outcome.gone, Outcome.failed, Outcome.parked)


@dataclass
class Memory:
    """What is known of one address. Days are written 2026-11-29."""

    asked: str
    outcome: str
    status: int | None = None
    final: str = ""
    says: str = ""
    answered: str = ""  # the last day on which it answered
    failed: list[str] = field(default_factory=list)  # the days since then on which it did not

    @property
    def is_dead(self) -> bool:
        return len(self.failed) >= DAYS_TO_DEATH


History = dict[str, Memory]


def read_history(path: Path) -> History:
    """Returns the history; an empty one when there is none yet."""
    if not path.is_file():
        return {}
    return {address: Memory(**values) for address, values in json.loads(path.read_text(encoding="utf-8")).items()}


def write_history(path: Path, history: Mapping[str, Memory]) -> None:
    """Writes the history, in the order of the addresses."""
    path.parent.mkdir(parents=True, exist_ok=True)
    plain = {address: asdict(history[address]) for address in sorted(history)}
    path.write_text(json.dumps(plain, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def list_due(addresses: Iterable[str], history: Mapping[str, Memory], today: dt.date) -> list[str]:
    """Returns the addresses to ask today: new ones, old answers, and those that failed before today."""
    return [one for one in addresses if one not in history or _is_due(history[one], today)]


def _is_due(memory: Memory, today: dt.date) -> bool:
    age = (today - dt.date.fromisoformat(memory.asked)).days
    return age >= (GOOD_FOR if memory.outcome in [str(one) for one in _GOOD] else 1)


def remember(history: History, visit: Visit, today: dt.date) -> None:
    """Adds a visit. An answer wipes out earlier failures; a refusal says nothing either way."""
    old = history.get(visit.address)
    failed, answered = (list(old.failed), old.answered) if old else ([], "")
    if visit.outcome in _GOOD:
        failed, answered = [], today.isoformat()
    elif visit.outcome in _BAD and today.isoformat() not in failed:
        failed.append(today.isoformat())
    history[visit.address] = Memory(
        today.isoformat(), str(visit.outcome), visit.status, visit.final, visit.says, answered, failed
    )
