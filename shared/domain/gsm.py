"""What an SMS costs in the alphabet of GSM: one character outside it more than halves what a part holds."""

from __future__ import annotations

import unicodedata

# 3GPP TS 23.038, 6.2.1: the basic alphabet without the escape; of the extension each takes two places.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("\f^{}\\[~]|€")
ONE_PART, TWO_PARTS = 160, 306  # places; each of several parts gives seven to the header that joins them
_CUT = "..."
_PLAIN = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ–—„”’…", 'acelnoszzACELNOSZZ--""\'.')


def places(text: str) -> int | None:
    """How many places it takes; None: it has a character that the alphabet lacks."""
    if not _BASIC.issuperset(text) and not (_BASIC | _EXTENSION).issuperset(text):
        return None
    return sum(2 if one in _EXTENSION else 1 for one in text)


def parts(text: str) -> int | None:
    """1 or 2; None: it is no SMS of ours, by its letters or by its length."""
    taken = places(text)
    if not taken or taken > TWO_PARTS:
        return None
    return 1 if taken <= ONE_PART else 2


def plain(text: str) -> str:
    """With the letters that Polish has beside the alphabet written as those it comes from."""
    return text.translate(_PLAIN)


def of_alphabet(text: str) -> str:
    """Any text in the alphabet, on one line: letters without the marks that it lacks, a question mark for
    those of another script, nothing for signs."""
    return " ".join("".join(_known(one) for one in plain(text)).split())


def _known(character: str) -> str:
    if character.isspace():
        return " "
    if character in _BASIC or character in _EXTENSION:
        return character
    bare = "".join(one for one in unicodedata.normalize("NFKD", character) if one in _BASIC)
    return bare or ("?" if character.isalnum() else "")


def shortened(text: str, most: int) -> str:
    """At most so many places of a text of the alphabet, cut between words where that leaves most of it."""
    if (places(text) or 0) <= most:
        return text
    kept = text
    while kept and (places(kept) or 0) > most - len(_CUT):
        kept = kept[:-1]
    whole = kept.rpartition(" ")[0]
    return ((whole if len(whole) > len(kept) // 2 else kept).rstrip(" .,;:") + _CUT)[: max(most, 0)]
