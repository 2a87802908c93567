"""WMRODZ: the words for kinds of localities."""

from __future__ import annotations

from manage.areas.registers.codes import day, digits, name
from manage.areas.registers.rows import LocalityKind
from manage.areas.registers.tables import Fields

COLUMNS = ("RM", "NAZWA_RM", "STAN_NA")


def locality_kind(fields: Fields) -> LocalityKind:
    """Raises RowFault."""
    return LocalityKind(
        digits("RM", fields["RM"], 2), name("NAZWA_RM", fields["NAZWA_RM"]), day("STAN_NA", fields["STAN_NA"])
    )
