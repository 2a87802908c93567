"""Words of this release and of a later one."""

from __future__ import annotations

from copy import deepcopy

import pytest

from shared.domain.content import Severity
from shared.domain.words import is_known


def test_a_word_of_a_later_release_is_of_its_kind_and_shows_itself_as_it_is_written():
    later = Severity("Catastrophic")
    assert isinstance(later, Severity)
    assert (later, later.name, later.value, later.known) == ("Catastrophic",) * 3 + (False,)
    assert repr(later) == "<Severity.Catastrophic: 'Catastrophic'>"
    assert deepcopy(later) is later


def test_only_a_word_of_this_release_is_known():
    assert Severity("Minor").known
    assert is_known(Severity, "Minor")
    assert not is_known(Severity, "Catastrophic")
    assert not is_known(Severity, 7)


@pytest.mark.parametrize("value", ["", "7up", "two words", "w" * 41, "\u0142", None, 7])
def test_what_is_not_written_as_a_word_is_none(value):
    with pytest.raises(ValueError, match="is not a valid Severity"):
        Severity(value)


def test_the_longest_word_has_forty_letters():
    assert Severity("w" * 40) == "w" * 40
