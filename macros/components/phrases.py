"""What the templates say on a page in another language, under the English words that they have for it.

Only what such a page needs is here; all else stays English. A value to be put in stands in {braces}.
"""

from __future__ import annotations

from collections.abc import Mapping

PHRASES: Mapping[str, Mapping[str, str]] = {
    "ja": {
        "Source": "出典",
        "about this source": "英語による説明",
        "date not shown": "日付の記載なし",
        "archived copy of {day}": "{day}の保存版",
        "the page itself is no longer there": "元のページは現在ありません",
        "the page is no longer there": "このページは現在ありません",
        "no public address": "公開されたアドレスなし",
        "This page relies on the records that it links to. Each names its own sources.": (
            "このページは、リンク先の各項目に基づいています。出典は各項目に記載しています。"
        ),
        "A statement without a mark is verified: we read it in a primary text. As of {day}. "
        "General information, not legal advice.": (
            "印のない記述は、一次資料で確認したものです。{day}時点の内容です。一般的な情報であり、法的助言ではありません。"
        ),
    },
}


def translate(words: str, language: str) -> str:
    """Returns the words in a language; the English ones where there are none in that."""
    return PHRASES.get(language, {}).get(words, words)
