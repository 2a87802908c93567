"""The command that counts the coverage at once."""

from __future__ import annotations

import pytest

from manage.coverage.__main__ import main
from shared import wiring
from tests.fakes.alert_values import TERC
from tests.services.coverage.counted_world import CountedWorld, at_rozana


@pytest.fixture
def world(monkeypatch):
    world = CountedWorld()
    for number in range(1, 22):
        world.live(f"a{number}", at_rozana(number))
        world.install(f"b{number}")
    monkeypatch.setattr(wiring, "coverage_ports", lambda: world.ports)
    return world


def test_it_walks_through_all_residents_and_counts_the_municipality(world, capsys):
    assert main([TERC]) == 0
    (found,) = world.store.months.values()
    assert (found.registered, found.silent["permission"]) == (20, 20)
    assert capsys.readouterr().out == f"{TERC} is counted.\n"


def test_without_a_register_it_says_so(world, capsys):
    assert main(["9999999"]) == 1
    assert "import its registers first" in capsys.readouterr().err
    assert not world.store.months
