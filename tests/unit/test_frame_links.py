"""What the frame of every page links to is there in the edition that it stands around."""

from __future__ import annotations

from macros.configuration.config import list_links

EXTRA = {
    "answers": "reference/answers/",
    "footer": [{"words": "Method", "page": "about/method/"}, {"words": "New", "page": "developments/#what-is-new"}],
}


def test_the_frame_links_to_pages_that_there_are() -> None:
    every = {"about/method/", "developments/", "reference/answers/"}
    assert list_links(EXTRA, every) == EXTRA
    assert list_links(EXTRA, {"developments/"}) == {"answers": "", "footer": EXTRA["footer"][1:]}


def test_a_configuration_may_name_no_links() -> None:
    assert list_links({}, {"about/method/"}) == {"answers": "", "footer": []}
