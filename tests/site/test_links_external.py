"""Links to other sites, asked of a server on loopback that answers in every way there is."""

from __future__ import annotations

import datetime as dt
import json
import socket
import ssl
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
import requests

from macros.commands.links_external import ask, list_addresses
from macros.links.remembering import DAYS_TO_DEATH, GOOD_FOR, History, list_due, read_history, remember
from macros.links.visiting import Manners, Outcome, Visit, visit_all, visit_one
from macros.tree import Tree

DAY = dt.date(2026, 11, 29)


class Answering(BaseHTTPRequestHandler):
    """Answers by the path; counts every request."""

    protocol_version = "HTTP/1.1"
    counts: ClassVar[Counter[str]] = Counter()
    heads: ClassVar[Counter[str]] = Counter()
    waits = threading.Event()

    def log_message(self, *_args: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self.heads[self.path] += 1
        self._say(405)

    def do_GET(self) -> None:
        self.counts[self.path] += 1
        name = self.path.strip("/").split("/")[-1]
        if name.isdigit():
            self._say(int(name))
        else:
            getattr(self, f"say_{name.replace('-', '_')}", lambda: self._say(200, "<title>A page</title>"))()

    def _say(self, status: int, text: str = "", **headers: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", "text/html; charset=utf-8")
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def say_chain(self) -> None:
        self._say(301, Location="/chain-two")

    def say_chain_two(self) -> None:
        self._say(308, Location="/new/place")

    def say_for_now(self) -> None:
        self._say(302, Location="/new/place")

    def say_loop(self) -> None:
        self._say(301, Location="/loop")

    def say_endless(self) -> None:
        self._say(302, Location=f"/{self.counts.total()}/endless")

    def say_to_front(self) -> None:
        self._say(301, Location="/")

    def say_later(self) -> None:
        self._say(429 if self.counts[self.path] == 1 else 200, Retry_After="7")

    def say_much_later(self) -> None:
        self._say(429, Retry_After="86400")

    def say_recovers(self) -> None:
        self._say(500 if self.counts[self.path] == 1 else 200)

    def say_missing(self) -> None:
        self._say(200, "<title>Page not found | A newspaper</title>")

    def say_parked(self) -> None:
        self._say(200, "<h1>example</h1><p>This domain is for sale.</p>")

    def say_silent(self) -> None:
        self.waits.wait(5)
        self.close_connection = True

    def say_slow(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.close_connection = True
        self._drip(b"<title>Slow</title>", 1)

    def say_huge(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(1 << 40))
        self.end_headers()
        self.close_connection = True
        self._drip(b"x" * 65_536, 10_000)

    def say_binary(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/pdf")
        self.send_header("Content-Length", "6")
        self.end_headers()
        self.wfile.write(b"\x00\xff\xfe404")

    def _drip(self, part: bytes, times: int) -> None:
        try:
            for _ in range(times):
                self.wfile.write(part)
        except OSError:
            return  # the visitor has seen enough


@pytest.fixture
def host() -> Iterator[str]:
    Answering.counts.clear()
    Answering.heads.clear()
    Answering.waits.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    Answering.waits.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def manners(slept: list[float]) -> Manners:
    """Returns manners whose waits are noted and not waited."""
    return Manners(patience=0.5, sleep=slept.append)


CASES = {
    "page": (Outcome.ok, 1),
    "chain": (Outcome.moved, 3),
    "for-now": (Outcome.ok, 2),
    "loop": (Outcome.failed, 1),
    "endless": (Outcome.failed, 9),
    "to-front": (Outcome.doubtful, 2),
    "403": (Outcome.refused, 1),
    "401": (Outcome.refused, 1),
    "404": (Outcome.gone, 1),
    "410": (Outcome.gone, 1),
    "429": (Outcome.limited, 3),
    "later": (Outcome.ok, 2),
    "much-later": (Outcome.limited, 1),
    "500": (Outcome.failed, 3),
    "recovers": (Outcome.ok, 2),
    "missing": (Outcome.doubtful, 1),
    "parked": (Outcome.parked, 1),
    "silent": (Outcome.failed, 3),
    "slow": (Outcome.ok, 1),
    "huge": (Outcome.ok, 1),
    "binary": (Outcome.ok, 1),
}


@pytest.mark.parametrize("name", CASES)
def test_each_answer_has_its_verdict_and_its_number_of_requests(host: str, manners: Manners, name: str) -> None:
    with requests.Session() as session:
        visit = visit_one(session, f"{host}/{name}", manners)
    assert (visit.outcome, visit.requests) == CASES[name]
    assert Answering.counts.total() == visit.requests
    assert not Answering.heads, "a host that refuses HEAD is never asked so"


def test_a_host_is_given_the_time_that_it_asks_for(host: str, manners: Manners, slept: list[float]) -> None:
    with requests.Session() as session:
        visit_one(session, f"{host}/later", manners)
        assert slept == [7]
        visit_one(session, f"{host}/500", manners)
    assert slept == [7, 1, 2]


def test_the_new_address_is_named(host: str, manners: Manners) -> None:
    with requests.Session() as session:
        visit = visit_one(session, f"{host}/chain", manners)
    assert visit.final == f"{host}/new/place"
    assert visit.says == f"now {host}/new/place"


def test_a_host_that_wants_a_rest_is_asked_no_more(host: str, manners: Manners) -> None:
    visits = list(visit_all([f"{host}/much-later", f"{host}/page", f"{host}/other"], manners))
    assert [one.outcome for one in visits] == [Outcome.limited] * 3
    assert Answering.counts.total() == 1


def test_addresses_of_one_host_are_asked_one_by_one_with_a_pause(
    host: str, manners: Manners, slept: list[float]
) -> None:
    assert all(one.outcome is Outcome.ok for one in visit_all([f"{host}/{name}" for name in "abc"], manners))
    assert slept == [manners.between] * 2


def test_a_closed_port_and_a_wrong_certificate_fail(manners: Manners, certificate: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        assert next(visit_all([closed], manners)).outcome is Outcome.failed
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    visit = next(visit_all([f"https://127.0.0.1:{server.server_address[1]}/page"], manners))
    server.shutdown()
    server.server_close()
    assert (visit.outcome, visit.requests, visit.says) == (Outcome.failed, 1, "its certificate is wrong")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns a certificate that nobody has signed, made by openssl."""
    path = tmp_path_factory.mktemp("certificate") / "own.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    subprocess.run([*command, "-keyout", path, "-out", path.with_suffix(".crt")], check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + path.with_suffix(".crt").read_bytes())
    return path


def test_a_link_is_dead_after_failing_on_three_days_and_an_answer_revives_it() -> None:
    history: History = {}
    for number in range(DAYS_TO_DEATH):
        for _ in range(2):  # twice a day counts once
            remember(history, Visit("a", Outcome.gone, 404), DAY + dt.timedelta(days=number))
        assert history["a"].is_dead == (number == DAYS_TO_DEATH - 1)
    remember(history, Visit("a", Outcome.refused, 403), DAY + dt.timedelta(days=5))
    assert history["a"].is_dead, "a refusal says nothing"
    remember(history, Visit("a", Outcome.ok, 200), DAY + dt.timedelta(days=6))
    assert history["a"].failed == []


def test_what_answered_is_trusted_for_a_while_and_what_failed_is_asked_the_next_day() -> None:
    history: History = {}
    remember(history, Visit("good", Outcome.ok), DAY)
    remember(history, Visit("bad", Outcome.failed), DAY)
    assert list_due(["good", "bad", "new"], history, DAY) == ["new"]
    assert list_due(["good", "bad"], history, DAY + dt.timedelta(days=1)) == ["bad"]
    assert list_due(["good"], history, DAY + dt.timedelta(days=GOOD_FOR)) == ["good"]


def test_the_report_names_the_line_of_each_dead_link(
    host: str, tree: Path, tmp_path: Path, manners: Manners, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tree / "data" / "source" / "text.yml"
    source.write_text(source.read_text(encoding="utf-8").replace("https://government.example/text", f"{host}/404"))
    (tree / "data" / "links.yml").unlink(missing_ok=True)
    paper = tree / "data" / "instrument" / "framework.yml"
    paper.write_text(paper.read_text(encoding="utf-8").replace("https://government.example/text", f"{host}/page"))
    assert list_addresses(Tree(tree)) == {
        f"{host}/404": "data/source/text.yml:3",
        f"{host}/page": "data/instrument/framework.yml:10",
    }
    kept, report = tmp_path / "history.json", tmp_path / "report.md"
    for number in range(DAYS_TO_DEATH):
        code = ask(Tree(tree), kept, DAY + dt.timedelta(days=number), report, manners)
        assert code == (number == DAYS_TO_DEATH - 1)
    assert "## Dead" in report.read_text(encoding="utf-8")
    assert f"data/source/text.yml:3: {host}/404" in capsys.readouterr().out
    assert read_history(kept)[f"{host}/404"].is_dead
    assert json.loads(kept.read_text(encoding="utf-8"))[f"{host}/404"]["status"] == 404
    (tree / "data" / "links.yml").write_text(
        f'excused:\n  - {{begins: "{host}/", reason: it is known, until: 2026-12-31}}\n', encoding="utf-8"
    )
    asked = Answering.counts.total()
    assert ask(Tree(tree), kept, DAY + dt.timedelta(days=9), report, manners) == 0
    assert Answering.counts.total() == asked
    assert ask(Tree(tree), kept, dt.date(2027, 1, 1), report, manners) == 1
    assert "ended on" in report.read_text(encoding="utf-8")
