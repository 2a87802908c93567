"""Once a month: by street, how many addresses have a phone, and how many phones there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from shared.domain.audience import AudienceEntry
from shared.domain.coverage import (
    NOWHERE,
    CountedPhones,
    CountedStreet,
    Coverage,
    Silence,
    month_of,
    share_in_steps,
    street_shares,
)
from shared.domain.figures import shown
from shared.domain.preferences import hears_extreme_alone
from shared.domain.register_unit import street_code
from shared.domain.search.gazetteer import Gazetteer, Houses
from shared.domain.search.words import folded_number
from shared.ports.coverage import Key, PhoneRegister
from shared.services.coverage.coverage_ports import CoveragePorts
from shared.services.coverage.placed_phones import codes_of, placed_phones

Registered = Mapping[str, set[str]]  # the numbers with a phone, by the code of their street


def count_coverage(terc: str, ports: CoveragePorts, silent: Mapping[str, Mapping[str, int]]) -> bool:
    """Counted and kept; False where no register was imported.

    `silent`: whom the month's walk found, by TERC and Silence (count_silent.py). Costs a read for each place
    and each phone: 25,000 places of 20,000 residents with 22,000 phones are 47,000 reads, beside some 50,000
    of the walk.
    """
    gazetteer = ports.areas.gazetteer(terc)
    if gazetteer is None:
        return False
    placed = list(placed_phones(gazetteer, ports.audience))
    streets = list(counted_streets(gazetteer, _registered(placed)))
    phones = _counted_phones(placed, ports.phones, {**silent.get(NOWHERE, {}), **silent.get(terc, {})})
    ports.store.put(_coverage(terc, ports, streets, phones))
    return True


def counted_streets(gazetteer: Gazetteer, registered: Registered) -> Iterator[CountedStreet]:
    for locality in gazetteer.localities:
        own = _covered(locality.houses, registered.get(locality.sym, set()))
        yield CountedStreet(
            locality.sym, locality.name, locality.sym, locality.name, locality.houses.count, own
        )
        for street in locality.streets:
            code = street_code(locality, street)
            covered = _covered(street.houses, registered.get(code, set()))
            yield CountedStreet(code, street.name, locality.sym, locality.name, street.houses.count, covered)


def _covered(houses: Houses, numbers: set[str]) -> int:
    return sum(folded_number(house.number) in numbers for house in houses.listed)


def _registered(placed: Iterable[AudienceEntry]) -> Registered:
    numbers: dict[str, set[str]] = defaultdict(set)
    for codes in map(codes_of, placed):
        code = codes.street or codes.locality
        if code and codes.number:
            numbers[code].add(folded_number(codes.number))
    return numbers


def _counted_phones(
    placed: Iterable[AudienceEntry], register: PhoneRegister, silent: Mapping[str, int]
) -> CountedPhones:
    """Each phone once, however many places its resident has."""
    muted = {
        (entry.uid, device.id): hears_extreme_alone(entry.preferences)
        for entry in placed
        for device in entry.devices
    }
    known = register.phones(muted.keys()) if muted else {}
    iphones: set[Key] = {key for key, phone in known.items() if phone.iphone}
    joined: set[Key] = {key for key, phone in known.items() if phone.joined}
    return CountedPhones(
        registered=len(muted),
        joined=len(joined),
        iphones=len(iphones),
        iphones_joined=len(iphones & joined),
        silent={**silent, Silence.MUTED: sum(muted.values())},
    )


def _coverage(
    terc: str, ports: CoveragePorts, streets: list[CountedStreet], phones: CountedPhones
) -> Coverage:
    now, addresses = ports.clock.now(), sum(street.addresses for street in streets)
    return Coverage(
        terc=terc,
        month=month_of(now),
        counted=now,
        addresses=addresses,
        share=share_in_steps(sum(street.covered for street in streets), addresses),
        streets=street_shares(streets),
        registered=shown(phones.registered),
        joined=shown(phones.joined),
        iphones=shown(phones.iphones),
        iphones_joined=shown(phones.iphones_joined),
        silent={why.value: shown(phones.silent.get(why, 0)) for why in Silence},
        served=len(ports.municipalities.served()),
    )
