"""The audience of the benchmarks: in the index's order, and billed as Firestore bills."""

import pytest

from benchmarks import inhabitants
from benchmarks.population import Bill, Population

EVERYWHERE = ("8d0000000000000", "8dfffffffffffff")
NOWHERE = ("8d0000000000000", "8d0000000000001")


@pytest.fixture(scope="module")
def everyone():
    return Population(inhabitants.places(1500))


@pytest.fixture
def population(everyone):
    everyone.bill = Bill()
    return everyone


def test_entries_come_in_the_order_of_cell_and_document(population):
    read = [(entry.cell, entry.key) for entry in population.stream(*EVERYWHERE, None)]
    assert read == sorted(read)
    assert len(read) == len(population)


def test_a_stream_goes_on_beyond_any_entry(population):
    every = list(population.stream(*EVERYWHERE, None))
    middle = every[len(every) // 2]
    rest = population.stream(*EVERYWHERE, None, after=(middle.cell, middle.key))
    assert [entry.key for entry in rest] == [entry.key for entry in every[len(every) // 2 + 1 :]]


def test_the_entries_of_a_resident_name_each_other(population):
    for entry in list(population.stream(*EVERYWHERE, None))[:50]:
        keys = [f"{entry.uid}.{sibling.id}" for sibling in entry.siblings]
        found = list(population.entries(keys, None))
        assert [other.cell for other in found] == [sibling.cell for sibling in entry.siblings]


def test_a_query_that_finds_nobody_is_one_read(population):
    assert list(population.stream(*NOWHERE, None)) == []
    assert population.bill.reads == 1


def test_a_query_is_a_read_per_entry(population):
    list(population.stream(*EVERYWHERE, None, limit=7))
    assert population.bill.reads == 7


def test_a_count_is_a_read_per_1000_entries(population):
    counted = population.count(*EVERYWHERE, None)
    assert 2000 < counted < 3000
    assert population.bill.reads == 3


def test_the_reach_of_an_area_is_what_its_geometry_says(population):
    area = inhabitants.areas()["whole gmina"]
    reached = population.reached(area)
    assert 0.9 * 1500 < reached.residents <= 1500
    assert reached.places > reached.residents
