"""What is searched, and what must break when a precondition is taken away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.model.spin import Defines

ALIKE: Defines = {"SYMMETRY": None}

WHOLE: Mapping[str, Defines] = {
    "one round: 2 workers, 2 slices, 3 waves, 2 crashes, 1 stopped": {
        **ALIKE,
        "SLICES": 2,
        "WAVES": 3,
        "CRASHES": 2,
    },
    "two rounds: 2 workers, 2 slices, 3 waves, 2 crashes, nobody stopped": {
        **ALIKE,
        "ROUNDS": 2,
        "SLICES": 1,  # of each round
        "WAVES": 3,
        "CRASHES": 2,
        "SLOW": 0,
    },
    "two rounds of two slices each: 2 workers, 1 wave, 2 crashes, nobody stopped": {
        **ALIKE,
        "ROUNDS": 2,
        "SLICES": 2,
        "WAVES": 1,
        "CRASHES": 2,
        "SLOW": 0,
    },
    "the channel asks for pauses": {**ALIKE, "PAUSES": None, "SLICES": 1, "WAVES": 3},
}
ENDLESS: Mapping[str, Defines] = {
    "no run without end": {**ALIKE, "SLICES": 1, "WAVES": 2, "CRASHES": 2},
    "no run without end, two rounds": {
        **ALIKE,
        "ROUNDS": 2,
        "SLICES": 1,
        "WAVES": 1,
        "CRASHES": 1,
        "SLOW": 0,
    },
}
REDUCED: Defines = {**ALIKE, "SLICES": 1, "WAVES": 2, "CRASHES": 1}  # seconds


@dataclass(frozen=True)
class Switch:
    """A precondition: how it is taken away, and the promise that is then found broken."""

    breaks: str
    why: str
    defines: Defines

    def without(self, name: str) -> Defines:
        return {**self.defines, f"WITHOUT_{name}": None}


SMALL: Defines = {"SLICES": 1, "WAVES": 2}
SWITCHES: Mapping[str, Switch] = {
    "START_PRECONDITION": Switch("NOBODY_TWICE", "start writes only over the alert as it was read", SMALL),
    "RESTART_PRECONDITION": Switch("NOBODY_TWICE", "sweep likewise, when it asks for a start anew", SMALL),
    "BEGIN_PRECONDITION": Switch("ENDS_ONCE", "begin plans only a delivery that is as it was read", SMALL),
    "RESUME_PRECONDITION": Switch("ENDS_ONCE", "sweep likewise, when it asks for a delivery anew", SMALL),
    "FINISH_PRECONDITION": Switch("ENDS_ONCE", "finish likewise", SMALL),
    "FENCE": Switch("NOBODY_TWICE", "an entry of a slice's log is created, never overwritten", SMALL),
    "LEASE_CHECK": Switch("NOBODY_TWICE", "nobody claims a slice whose lease has not run out", SMALL),
    "DEADLINE": Switch("NOBODY_TWICE", "a wave ends long before the lease does", SMALL),
    "RENEWAL": Switch("NOBODY_MISSED", "who read for long renews the lease before sending", SMALL),
    "SENDING_FIRST": Switch("NOBODY_MISSED", "a wave is recorded after it was sent", SMALL),
    "READ": Switch("SILENT_ONCE_CANCELLED", "the alert is read before each wave", SMALL),
    "COUNT": Switch("NOBODY_MISSED", "a delivery is done when all its slices are", {"SLICES": 2, "WAVES": 1}),
    "ATTEMPT_CHECK": Switch(
        "NOT_BEFORE_ITS_MOMENT", "a task of an older attempt does no work", {**SMALL, "PAUSES": None}
    ),
    "RAISE": Switch("NEVER_STUCK", "sweep raises the attempt: the queue refuses a name that it knows", SMALL),
    "SWEEP": Switch("NEVER_STUCK", "sweep looks at deliveries", SMALL),
    "SWEEP_OF_ENDED": Switch("NEVER_STUCK", "also at those whose alert has ended", SMALL),
    "OWN_DELIVERY": Switch(
        "NOBODY_MISSED", "the second round has slices of its own", {"ROUNDS": 2, "SLICES": 1, "WAVES": 1}
    ),
}
