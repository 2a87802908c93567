"""An export in the audit: that it was meant before anything is read, and afterwards what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from shared.domain.alert import Person
from shared.domain.audit import Act, Outcome
from shared.ports import AuditLog

OPERATOR = "operator"  # no uid of the register: whoever has the deployment's credentials


@dataclass(frozen=True)
class Asked:
    """`by`: the operator's name; `residents` with what is theirs."""

    terc: str
    by: str
    why: str
    residents: bool

    def act(self, outcome: Outcome) -> Act:
        about = f"municipalities/{self.terc}"
        after = {"residents": self.residents}
        person = Person(OPERATOR, self.by)
        return Act(
            self.terc, "municipality.export", person, about, after=after, why=self.why, outcome=outcome
        )


@contextmanager
def audited(asked: Asked, log: AuditLog) -> Iterator[None]:
    """Nothing is exported that is not in the audit first. Raises Unavailable, Conflict."""
    log.record(asked.act(Outcome.INTENT))
    try:
        yield
    except BaseException:
        log.record(asked.act(Outcome.FAILED))
        raise
    log.record(asked.act(Outcome.DONE))
