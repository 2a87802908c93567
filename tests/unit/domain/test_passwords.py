from __future__ import annotations

import pytest

from shared.domain.passwords import is_expected

CONTEXT = ["Anna Wiśniewska-Kowalczykowska", "anna.nowakowska@urzad.example", "Gmina Wzorów"]


@pytest.mark.parametrize(
    "password",
    [
        "cztery koty i stary parasol",
        "Xk7#pQz!9vLm",
        "zażółć gęślą jaźń",
        "parasol-kolej-mleko",
        "a" * 11 + "bcdefgh",
    ],
)
def test_a_long_password_that_nobody_expects_is_taken(password):
    assert not is_expected(password, CONTEXT)


@pytest.mark.parametrize(
    "password",
    [
        "Password1234",
        "Password!!2026",
        "qwertyuiop12",
        "123456789012",
        "210987654321",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "abcdefghijkl",
        "Alert-Online-2026",
        "HasloHaslo123!",
        "Zaq12wsxcde3",
        "Kowalczykowska1",
        "anna.nowakowska1",
        "GminaWzorów2026",
        "haslo123haslo123",
    ],
)
def test_one_that_everybody_tries_first_is_not(password):
    assert is_expected(password, CONTEXT)
