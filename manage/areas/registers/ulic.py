"""ULIC: streets, squares, estates by locality."""

from __future__ import annotations

from manage.areas.registers.codes import day, digits, name, name_or_none, sym
from manage.areas.registers.rows import Street
from manage.areas.registers.tables import Fields
from manage.areas.registers.terc import gmina_code

COLUMNS = (
    "WOJ", "POW", "GMI", "RODZ_GMI", "SYM", "SYM_UL", "CECHA", "NAZWA_1", "NAZWA_2", "STAN_NA",
)  # fmt: skip


def street(fields: Fields) -> Street:
    """Raises RowFault."""
    return Street(
        sym=sym("SYM", fields["SYM"]),
        sym_ul=digits("SYM_UL", fields["SYM_UL"], 5),
        gmina=gmina_code(fields),
        feature=name_or_none("CECHA", fields["CECHA"]),
        name_1=name("NAZWA_1", fields["NAZWA_1"]),
        name_2=name_or_none("NAZWA_2", fields["NAZWA_2"]),
        as_of=day("STAN_NA", fields["STAN_NA"]),
    )
