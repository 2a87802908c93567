"""SIMC: localities and their parts."""

from __future__ import annotations

from manage.areas.registers.codes import day, digits, name, sym
from manage.areas.registers.faults import RowFault
from manage.areas.registers.rows import Locality
from manage.areas.registers.tables import Fields
from manage.areas.registers.terc import gmina_code

COLUMNS = ("WOJ", "POW", "GMI", "RODZ_GMI", "RM", "MZ", "NAZWA", "SYM", "SYMPOD", "STAN_NA")


def locality(fields: Fields) -> Locality:
    """Raises RowFault."""
    gmina = gmina_code(fields)
    if gmina.endswith("3"):  # a town and a rural area together: each locality lies in one of both
        raise RowFault("a locality lies in a town (4) or a rural area (5), not in both: RODZ_GMI '3'")
    return Locality(
        sym=sym("SYM", fields["SYM"]),
        within=sym("SYMPOD", fields["SYMPOD"]),
        gmina=gmina,
        name=name("NAZWA", fields["NAZWA"]),
        kind=digits("RM", fields["RM"], 2),
        as_of=day("STAN_NA", fields["STAN_NA"]),
    )
