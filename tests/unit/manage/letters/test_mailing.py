"""Which letters there are, what their links hold, and that each batch is one street in its order."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

import pytest

from manage.letters.mailing import MOST_IN_A_BATCH, join_link, mailing_of, site_of
from manage.letters.streets import chosen
from shared.domain.search.gazetteer import Gazetteer, House, Houses, Locality, Street
from tests.gazetteers import made

SITE = "https://alerty.gmina.pl"
TERC = "1099023"


def houses(*numbers):
    return Houses.of(House(number, 19.9, 49.8) for number in numbers)


def gazetteer(*localities):
    return Gazetteer(TERC, "Gmina Regionalna", localities)


def town(*streets, beside=()):
    return Locality("0951617", "Łąki", streets=streets, houses=houses(*beside))


def street(code, name, *numbers):
    return Street(code, name, houses(*numbers))


def links(mailing):
    return [letter.link for batch in mailing.batches for letter in batch.letters]


def test_every_address_of_the_municipality_has_a_letter_of_its_own():
    mailing = mailing_of(made(), SITE)
    assert mailing.count == sum(one.count for one in made().localities) == len(set(links(mailing)))
    assert not mailing.nameless


def test_a_batch_is_a_street_in_the_order_of_its_houses():
    mailing = mailing_of(
        gazetteer(town(street("00002", "ul. Różana", "10A", "2", "10"), street("00001", "ul. Bema", "1"))),
        SITE,
    )
    assert [batch.name for batch in mailing.batches] == ["0001-laki-ul-bema", "0002-laki-ul-rozana"]
    assert [one.number for one in mailing.batches[1].letters] == ["2", "10", "10A"]


def test_a_long_street_is_several_files():
    many = [str(number) for number in range(1, MOST_IN_A_BATCH + 2)]
    mailing = mailing_of(gazetteer(town(street("00001", "ul. Długa", *many))), SITE)
    assert [len(batch.letters) for batch in mailing.batches] == [MOST_IN_A_BATCH, 1]
    assert len({batch.name for batch in mailing.batches}) == 2


def test_a_house_without_a_street_is_named_by_its_locality():
    (letter,) = mailing_of(gazetteer(town(beside=("7",))), SITE).batches[0].letters
    assert letter.address == "Łąki 7"
    assert letter.link == f"{SITE}/app/join#a={TERC}.0951617.-.7"


def test_two_points_of_one_number_are_one_letter():
    assert mailing_of(gazetteer(town(street("00001", "ul. Bema", "1", "1"))), SITE).count == 1


def test_a_street_without_a_code_is_left_out_and_named():
    mailing = mailing_of(gazetteer(town(street("ul. Nowa", "ul. Nowa", "1"))), SITE)
    assert mailing.count == 0
    assert mailing.nameless == ("ul. Nowa, Łąki",)


def test_houses_that_were_not_read_are_no_reason_for_fewer_letters():
    lacking = replace(town(), houses=Houses(3, page=0))
    with pytest.raises(ValueError, match="not all there"):
        mailing_of(gazetteer(lacking), SITE)


@pytest.mark.parametrize(
    "number", ["12", "12A", "12/3", "10-12", "12 A", "1#2", "5&a=6", "7%2e", "12.1", "Ź3"]
)
def test_the_address_stands_behind_the_hash_and_reads_back(number):
    before, _, fragment = join_link(SITE, TERC, "0951617", "01014", number).partition("#")
    assert before == f"{SITE}/app/join"
    name, _, value = fragment.partition("=")
    assert name == "a"
    assert "#" not in value
    assert "&" not in value
    assert unquote(value).split(".", 3) == [TERC, "0951617", "01014", "".join(number.split())]


@pytest.mark.parametrize(
    "site",
    ["http://alerty.gmina.pl", "https://alerty.gmina.pl/app", "https://x@y", "https://Ą.pl", "alerty.pl", ""],
)
def test_what_could_not_be_typed_from_the_letter_is_no_site(site):
    with pytest.raises(ValueError, match="no address of a site"):
        site_of(site)


STREETS = gazetteer(
    town(street("00001", "ul. Różana", "1", "2"), street("00002", "ul. Bema", "1")),
    Locality("0327416", "Zawada", houses=houses("5")),
)


@pytest.mark.parametrize(
    ("names", "count"),
    [
        (["rozana"], 2),
        (["0951617:00002"], 1),
        (["0951617"], 3),
        (["Zawada", "Bema"], 2),
    ],
)
def test_streets_are_chosen_by_name_or_code(names, count):
    assert mailing_of(STREETS, SITE, chosen(STREETS, names)).count == count


def test_a_name_that_nothing_has_is_told():
    with pytest.raises(LookupError, match="Qwerty"):
        chosen(STREETS, ["Qwerty"])
