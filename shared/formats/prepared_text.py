"""Words for what follows an alert (`prepared` in labels.json), so that at night nothing has to be worded."""

from __future__ import annotations

from collections.abc import Mapping

from shared.domain.content import FIRST_LANGUAGE, Content, Text, specs
from shared.labels import found, has

LONGEST_QUOTED = 60  # characters of the title that it is about


def prepared_texts(before: Content, action: str) -> dict[str, Text]:
    """In each of its languages that there are prepared words in; `action`: of lifecycle.FOLLOWERS."""
    return {
        language: _text(found("prepared", action, language), _about(text, before))
        for language, text in before.texts.items()
        if language == FIRST_LANGUAGE or has("prepared", action, language)
    }


def _about(text: Text, before: Content) -> Mapping[str, str]:
    title = text.title
    quoted = title if len(title) <= LONGEST_QUOTED else title[: LONGEST_QUOTED - 1].rstrip() + "…"
    return {"title": quoted, "area": before.area_name}


def _text(words: Mapping[str, str], about: Mapping[str, str]) -> Text:
    return Text(**{name: words[name].format_map(about) for name in specs(Text)})
