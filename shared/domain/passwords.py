"""Which passwords staff may choose: long ones, and none that everybody tries first.

NIST SP 800-63B-4, section 3.1.1.2: a least length, no rules of composition, no change by the calendar, and a list
of what is expected or known. A second factor stands behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LEAST, MOST = 12, 128  # characters
_SHORTEST_WORD = 4  # of the context (a name, an address): shorter ones are in many good passwords

# What is left of the commonest passwords when digits and signs are taken away, Polish and English.
_COMMON = frozenset(
    """
    password passw0rd passwort passwordpassword haslo hasło haslohaslo mojehaslo tajnehaslo nowehaslo trudnehaslo
    qwerty qwertyuiop qwertyqwerty qwertyuiopasdfghjkl qwertyuiopasdfghjklzxcvbnm qwertz qwertyui asdfghjkl asdfgh
    zxcvbnm asdf qazwsx qazwsxedc qazwsxedcrfv qweasdzxc qwe qweqweqwe asdasdasd zxczxczxc abc abcd abcdef abcdefgh
    abcdefghijkl abcabcabc admin adminadmin administrator root user test testtest testowe testowehaslo guest
    welcome welcomewelcome witaj zaq zaqwsx zaqwsxcde letmein letmeinletmein iloveyou kochamcie kocham kochanie
    misiek misiaczek polska polskapolska gmina urzad urzadgminy urzadmiasta wojt burmistrz sekretariat kancelaria
    alert alertonline alerty kryzysowe zarzadzaniekryzysowe sunshine princess football baseball basketball monkey
    dragon master superman batman shadow michael jordan secret login loginlogin changeme zmienmnie zmienhaslo
    correcthorsebatterystaple trustno whatever starwars pokemon legia legiawarszawa wisla lech lechpoznan bartek
    marcin mateusz agnieszka katarzyna monika karolina natalia komputer internet lato wiosna jesien zima styczen
    """.split()
)
_NO_LETTER = re.compile(r"[\W\d_]+")
_STEPS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")


def fault(password: str, context: Iterable[str] = ()) -> str | None:
    """The code of what is wrong with it, or None. `context`: the person's name and e-mail, the office's name."""
    if len(password) < LEAST:
        return "password-short"
    if len(password) > MOST:
        return "password-long"
    if _is_expected(password.casefold(), context):
        return "password-common"
    return None


def _is_expected(password: str, context: Iterable[str]) -> bool:
    letters = _NO_LETTER.sub("", password)
    return (
        letters in _COMMON
        or len(set(password)) < 5
        or _repeats(password)
        or _is_walk(password)
        or letters in {_NO_LETTER.sub("", word) for word in _words(context)}
    )


def _words(context: Iterable[str]) -> Iterable[str]:
    for text in context:
        whole = text.casefold()
        yield from (word for word in (whole, *re.split(r"[\W_]+", whole)) if len(word) >= _SHORTEST_WORD)


def _repeats(password: str) -> bool:
    """Whether it is one short piece over and over."""
    return re.fullmatch(r"(.+?)\1+", password, re.DOTALL) is not None


def _is_walk(password: str) -> bool:
    """Whether it walks along the alphabet, the digits or a row of keys, either way."""
    return any(password in row or password in row[::-1] for row in _STEPS)
