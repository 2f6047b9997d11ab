"""No address is lost: what a reader could link to on September 30, 2026, still leads somewhere."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup

from macros.security.policy import hash_of
from tests.site.parsing import parse_page
from tests.site.project import Project

# One line for each page: its address, and the anchors of its headings, entries, facts and paragraphs. Lines are added,
# never taken away.
KNOWN = Path(__file__).with_name("addresses.txt")


def test_every_known_address_has_a_page_and_every_anchor_its_place(built: Path) -> None:
    lost: list[str] = []
    for line in KNOWN.read_text(encoding="utf-8").splitlines():
        address, *anchors = line.split()
        path = built / "latest" / address / "index.html"
        if not path.is_file():
            lost.append(address)
            continue
        page = parse_page(path)
        ids = {str(one["id"]) for one in page.select("[id]")}
        moved = bool(page.select('meta[http-equiv="refresh"]'))
        lost += [f"{address}#{anchor}" for anchor in anchors if anchor not in ids and not moved]
    assert not lost


def test_a_page_that_has_moved_leads_on_with_its_anchor(project: Project) -> None:
    project.change("docs/two.md", "title:", "also_at: [old/place/, '#an-old-heading']\ntitle:")
    done = project.run("draft")
    assert done.returncode == 0, done.stderr
    draft = project.top / "draft" / "latest"
    page = BeautifulSoup((draft / "old" / "place" / "index.html").read_text(encoding="utf-8"), "lxml")
    assert [a["href"] for a in page.select("a, link[rel=canonical]")] == ["../../two/", "../../two/"]
    script = page.select("script")[0].get_text()
    assert "location.replace" in script
    assert "location.hash" in script
    assert hash_of(script) in str(page.select("meta[http-equiv=Content-Security-Policy]")[0]["content"])
    kept = BeautifulSoup((draft / "two" / "index.html").read_text(encoding="utf-8"), "lxml")
    assert kept.select("article #an-old-heading")
