"""Words for what follows an alert (`prepared` in labels.json), so that at night nothing has to be worded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from shared.domain.content import FIRST_LANGUAGE, Content, Text, specs
from shared.labels import found, has, label

LONGEST_QUOTED = 60  # characters of the title that it is about


def prepared_texts(before: Content, action: str) -> dict[str, Text]:
    """In each of its languages that there are prepared words in; `action`: of lifecycle.FOLLOWERS."""
    return {
        language: _text(found("prepared", action, language), _about(text, before))
        for language, text in before.texts.items()
        if language == FIRST_LANGUAGE or has("prepared", action, language)
    }


def narrowed_texts(content: Content, change: str, evacuation: bool) -> dict[str, Text]:
    """For whom an update (`content`) no longer concerns, and why (Alert.area_change); where people were told
    to leave, that nobody has told them to return."""
    texts = prepared_texts(content, change)
    return {one: _no_return(text, one) for one, text in texts.items()} if evacuation else texts


def _no_return(text: Text, language: str) -> Text:
    said = label("narrowed", "no_return", language)
    return replace(text, body=f"{text.body} {said}", instruction=said)


def _about(text: Text, before: Content) -> Mapping[str, str]:
    title = text.title
    quoted = title if len(title) <= LONGEST_QUOTED else title[: LONGEST_QUOTED - 1].rstrip() + "…"
    return {"title": quoted, "area": before.area_name}


def _text(words: Mapping[str, str], about: Mapping[str, str]) -> Text:
    return Text(**{name: words[name].format_map(about) for name in specs(Text)})
