"""The news of `data/catalog.yml`: dated within the time that the records cover, and naming records that exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from macros.catalog.catalog import nearest_key
from macros.catalog.references import LINK
from macros.problems import Problem
from macros.schema.dates import PartialDate
from macros.schema.news import NewsItem
from macros.text.positions import Document


def check_news(
    news: tuple[NewsItem, ...], document: Document, as_at: PartialDate, known: Mapping[str, object]
) -> Iterator[Problem]:
    """Yields what is wrong with the news; `known` are the keys and aliases of all records, broken ones too."""
    for index, item in enumerate(news):
        if item.date.first_day > as_at.last_day:
            message = f"{item.date.text} lies after the as-at date {as_at.text}"
            yield document.problem(("news", index, "date"), message, "check the year, or move as_at")
        for name, text in item.texts.items():
            for match in LINK.finditer(text):
                if match[1].strip() not in known:
                    hint = nearest_key(match[1].strip(), known)
                    key = match[1].strip()
                    yield document.problem(("news", index, name), f"no record '{key}'", hint, missing=key)
