"""How well a typed word stands for a word of a name."""

from __future__ import annotations

from enum import IntEnum

from shared.domain.search.words import canonical, forms_of
from shared.search_words import search_words


class Grade(IntEnum):
    """The best first."""

    WHOLE = 0
    START = 1
    ERROR = 2
    START_WITH_ERROR = 3
    NONE = 4


def grade(typed: str, word: str) -> Grade:
    """The best of all that the word may be typed as; a number is typed whole, an initial in the register
    counts as a start.
    """
    if canonical(typed) == word:
        return Grade.WHOLE
    if typed.isdigit() or word.isdigit():
        return Grade.NONE
    if len(word) == 1:
        return Grade.START if typed.startswith(word) else Grade.NONE
    return min(_graded(typed, form) for form in forms_of(word))


def _graded(typed: str, word: str) -> Grade:
    rules = search_words()
    if word.startswith(typed):
        return Grade.START
    if len(word) <= rules["no_error_up_to"] or len(typed) < rules["no_error_up_to"]:
        return Grade.NONE
    if within_one_error(typed, word):
        return Grade.ERROR
    long = len(typed) >= rules["start_with_error_from"] and typed[0] == word[0]
    starts = (word[: len(typed) + more] for more in (-1, 0, 1))
    return (
        Grade.START_WITH_ERROR
        if long and any(within_one_error(typed, start) for start in starts)
        else Grade.NONE
    )


def within_one_error(typed: str, word: str) -> bool:
    """A letter left out, added, another, or two neighbours swapped (Damerau-Levenshtein, at most 1)."""
    if abs(len(typed) - len(word)) > 1:
        return False
    pairs = enumerate(zip(typed, word, strict=False))
    at = next((at for at, (a, b) in pairs if a != b), min(len(typed), len(word)))
    a, b = typed[at:], word[at:]
    swapped = a[:2] == b[:2][::-1] and a[2:] == b[2:]
    return a[1:] == b[1:] or a == b[1:] or a[1:] == b or swapped
