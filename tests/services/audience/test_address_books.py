"""Registers prepared for questions: made once, made anew after an import, and not more than there is room."""

from __future__ import annotations

from dataclasses import replace

from shared.services.audience.address_books import AddressBooks
from tests.fakes.areas import GAZETTEER

OTHER, THIRD = (replace(GAZETTEER, terc=terc) for terc in ("1209033", "1209042"))


def test_a_register_is_prepared_once():
    books = AddressBooks()
    assert books.of(GAZETTEER) is books.of(GAZETTEER)
    assert books.of(GAZETTEER).addresses == 42 + 117 + 12


def test_after_an_import_it_is_prepared_anew():
    books = AddressBooks()
    before = books.of(GAZETTEER)
    assert books.of(replace(GAZETTEER)) is not before


def test_those_asked_for_longest_ago_make_room():
    books = AddressBooks(most_addresses=2 * 171)
    first, second = books.of(GAZETTEER), books.of(OTHER)
    assert books.of(GAZETTEER) is first
    third = books.of(THIRD)
    assert books.of(GAZETTEER) is first
    assert books.of(THIRD) is third
    assert books.of(OTHER) is not second


def test_the_one_asked_for_last_stays_however_large():
    books = AddressBooks(most_addresses=10)
    assert books.of(GAZETTEER) is books.of(GAZETTEER)
