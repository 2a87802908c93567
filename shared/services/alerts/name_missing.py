"""Whoever writes is told what the text leaves unsaid, before anything is saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shared.domain.completeness import Missing, missing
from shared.domain.content import Content
from shared.domain.unfinished import completed
from shared.errors import InvalidInput

if TYPE_CHECKING:
    from shared.formats.content_json import ContentForm

_NOT_JUDGED = frozenset({"area", "parts"})


def name_missing(form: ContentForm) -> Sequence[Missing]:
    """Raises InvalidInput for what could not be read."""
    if form.errors:
        raise InvalidInput(list(form.errors))
    values = {name: value for name, value in form.values.items() if name not in _NOT_JUDGED}
    return missing(Content(**completed(values)))
