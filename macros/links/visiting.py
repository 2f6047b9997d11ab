"""Addresses of other sites asked, politely: one at a time and slowly for each host, waiting as long as a host asks.

An engine of our own on `requests`: neither LinkChecker nor lychee reads what a page says, which is how a missing page
that answers 200 and a parked domain are told; neither keeps a history; and LinkChecker knows no Retry-After.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urljoin, urlsplit

import requests

PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
_LIMITED = (429, 503)
_SERVER = 500
_MOST_READ = 65_536
_MISSING = re.compile(
    r"\b404\b|not found|page (?:is )?missing|no longer (?:available|exists)|"
    r"ページが見つかりません|お探しのページ|页面不存在",
    re.IGNORECASE,
)
_PARKED = re.compile(
    r"domain (?:name )?(?:is|may be) for sale|buy this domain|parkingcrew|sedoparking|hugedomains|afternic|bodis\.com",
    re.IGNORECASE,
)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title|<h1[^>]*>(.*?)</h1", re.IGNORECASE | re.DOTALL)


class Outcome(StrEnum):
    """How a visit ended. `refused` and `limited` say nothing of the page; `gone` and `failed` may count against it."""

    ok = "answers"
    moved = "has moved"
    doubtful = "answers, but looks like a missing page"
    parked = "answers, but the domain looks parked"
    refused = "refuses programs"
    limited = "asks us to come later"
    gone = "is not there"
    failed = "does not answer"


@dataclass(frozen=True)
class Visit:
    """What one address answered: `final` is where it led, `requests` how often the host was asked."""

    address: str
    outcome: Outcome
    status: int | None = None
    final: str = ""
    says: str = ""
    requests: int = 0


@dataclass(frozen=True)
class Manners:
    """How hosts are treated: seconds between requests, to wait for an answer, and the longest wait that is granted."""

    between: float = 1.0
    patience: float = 20.0
    longest_wait: float = 60.0
    tries: int = 3
    redirects: int = 8
    hosts_at_once: int = 8
    sleep: Callable[[float], None] = time.sleep


@dataclass
class _Trip:
    """One address being asked, with the requests that it took."""

    address: str
    at: str = ""
    statuses: list[int] = field(default_factory=list)
    requests: int = 0

    def end(self, outcome: Outcome, says: str = "", status: int | None = None) -> Visit:
        return Visit(self.address, outcome, status, self.at, says, self.requests)


def visit_all(addresses: Iterable[str], manners: Manners | None = None) -> Iterator[Visit]:
    """Yields a visit for each address. Hosts are asked side by side, the addresses of one host one after the other."""
    chosen = manners or Manners()
    hosts: dict[str, list[str]] = {}
    for address in addresses:
        hosts.setdefault(urlsplit(address).netloc.lower(), []).append(address)
    with ThreadPoolExecutor(chosen.hosts_at_once) as pool:
        for visits in pool.map(lambda one: list(_visit_host(one, chosen)), hosts.values()):
            yield from visits


def _visit_host(addresses: list[str], manners: Manners) -> Iterator[Visit]:
    """Yields visits of one host. After it asked us to come later, it is left alone for this run."""
    with requests.Session() as session:
        session.headers["User-Agent"] = "Mozilla/5.0 (compatible; link check of an explainer site)"
        for number, address in enumerate(addresses):
            if number:
                manners.sleep(manners.between)
            visit = visit_one(session, address, manners)
            yield visit
            if visit.outcome is Outcome.limited:
                yield from (
                    Visit(one, Outcome.limited, says="not asked: its host wants a rest")
                    for one in addresses[number + 1 :]
                )
                return


def visit_one(session: requests.Session, address: str, manners: Manners) -> Visit:
    """Asks for one address, again where that may help, and says how it ended."""
    trip = _Trip(address, address)
    for attempt in range(manners.tries):
        if attempt:
            trip.at, trip.statuses = address, []
        ended, wait = _follow(session, trip, manners)
        if wait is None or attempt == manners.tries - 1:
            return ended
        if wait > manners.longest_wait:
            return ended
        manners.sleep(max(wait, manners.between * 2**attempt))
    raise AssertionError("a visit ends by its last try")


def _follow(session: requests.Session, trip: _Trip, manners: Manners) -> tuple[Visit, float | None]:
    """Returns how one try ended, and the seconds after which another may end better; None when none will."""
    seen = {trip.at}
    while True:
        trip.requests += 1
        try:
            answer = session.get(trip.at, timeout=manners.patience, stream=True, allow_redirects=False)
        except requests.exceptions.SSLError:
            return trip.end(Outcome.failed, "its certificate is wrong"), None
        except requests.exceptions.Timeout:
            return trip.end(Outcome.failed, "no answer in time"), 0
        except requests.exceptions.RequestException as error:
            return trip.end(Outcome.failed, f"no connection ({type(error).__name__})"), 0
        with answer:
            if answer.status_code not in _REDIRECTS:
                return _judge(trip, answer, manners)
            trip.statuses.append(answer.status_code)
            trip.at = urljoin(trip.at, answer.headers.get("Location", ""))
        if trip.at in seen or len(seen) > manners.redirects:
            return trip.end(Outcome.failed, "leads on without end", trip.statuses[-1]), None
        seen.add(trip.at)


def _judge(trip: _Trip, answer: requests.Response, manners: Manners) -> tuple[Visit, float | None]:
    status = answer.status_code
    wait: float | None = None
    if answer.ok:
        outcome, says = _judge_page(trip, answer, manners)
        return trip.end(outcome, says, status), None
    outcome = Outcome.refused
    if status in (404, 410):
        outcome = Outcome.gone
    elif status in _LIMITED:
        outcome = Outcome.limited if status == _LIMITED[0] else Outcome.failed
        asked = _seconds(answer.headers.get("Retry-After"))
        wait = manners.between if asked is None else asked
    elif status >= _SERVER:
        outcome, wait = Outcome.failed, 0
    return trip.end(outcome, f"status {status}", status), wait


def _judge_page(trip: _Trip, answer: requests.Response, manners: Manners) -> tuple[Outcome, str]:
    """Returns what a page is that is there, and why."""
    text = _read(answer, manners) if "html" in answer.headers.get("Content-Type", "") else ""
    if _PARKED.search(text) or _PARKED.search(trip.at):
        return Outcome.parked, "it says that the domain is for sale"
    if trip.at != trip.address and _is_front(trip.at) and not _is_front(trip.address):
        return Outcome.doubtful, "it leads to the front page"
    if _MISSING.search(" ".join(one or other for one, other in _TITLE.findall(text))):
        return Outcome.doubtful, "its title says so"
    if trip.statuses and all(one in PERMANENT for one in trip.statuses):
        return Outcome.moved, f"now {trip.at}"
    return Outcome.ok, ""


def _is_front(address: str) -> bool:
    return urlsplit(address).path in ("", "/")


def _read(answer: requests.Response, manners: Manners) -> str:
    """Returns the beginning of a page; a page that comes in drops is left when patience ends."""
    end, data = time.monotonic() + manners.patience, b""
    try:
        for part in answer.iter_content(8192):
            data += part
            if len(data) >= _MOST_READ or time.monotonic() > end:
                break
    except requests.exceptions.RequestException:
        pass  # what came is enough to know that the page is there
    return data.decode(answer.encoding or "utf-8", errors="replace")


def _seconds(text: str | None) -> float | None:
    """Returns the seconds of a Retry-After header. A date in it is taken for longer than we wait."""
    if not text:
        return None
    return float(text) if text.strip().isdigit() else float("inf")
