"""An alert on the bill: everybody once, and no more writes than a wave each."""

from benchmarks import inhabitants
from benchmarks.cost_delivery import delivered
from benchmarks.population import Population


def test_an_alert_is_billed_a_read_per_place_and_a_few_writes():
    population = Population(inhabitants.places(2_000))
    area = inhabitants.areas()["whole gmina"]
    reached = population.reached(area)
    done = delivered(population, area)
    assert done.phones == reached.phones
    assert reached.places <= done.documents <= done.reads < 1.2 * reached.places
    assert done.writes < 25
