"""TERC: voivodeships, powiats and gminas."""

from __future__ import annotations

from manage.areas.registers.codes import day, digits, kind_of_gmina, name
from manage.areas.registers.faults import RowFault
from manage.areas.registers.rows import Unit
from manage.areas.registers.tables import Fields

COLUMNS = ("WOJ", "POW", "GMI", "RODZ", "NAZWA", "NAZWA_DOD", "STAN_NA")


def unit(fields: Fields) -> Unit:
    """Raises RowFault."""
    return Unit(
        _code(fields),
        name("NAZWA", fields["NAZWA"]),
        name("NAZWA_DOD", fields["NAZWA_DOD"]),
        day("STAN_NA", fields["STAN_NA"]),
    )


def _code(fields: Fields) -> str:
    woj, pow_, gmi, rodz = (fields[column] for column in COLUMNS[:4])
    digits("WOJ", woj, 2)
    if pow_:
        digits("POW", pow_, 2)
    if bool(gmi) != bool(rodz) or (gmi and not pow_):
        raise RowFault("the code is neither a voivodeship's, a powiat's nor a gmina's")
    if gmi:
        digits("GMI", gmi, 2)
        kind_of_gmina("RODZ", rodz)
    return woj + pow_ + gmi + rodz


def gmina_code(fields: Fields) -> str:
    """Seven digits of WOJ, POW, GMI and RODZ_GMI, as SIMC and ULIC have them. Raises RowFault."""
    return (
        digits("WOJ", fields["WOJ"], 2)
        + digits("POW", fields["POW"], 2)
        + digits("GMI", fields["GMI"], 2)
        + kind_of_gmina("RODZ_GMI", fields["RODZ_GMI"])
    )
