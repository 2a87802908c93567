"""What a stack may do differently from `make up`: for tests that need to see it suffer, and soon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from infra.deployment import FUNCTIONS_YAML


@dataclass(frozen=True)
class Options:
    """`declaration`: functions and queues in the form of infra/functions.yaml, with other limits.

    `app_check`: pages are attested by a stand-in; the staff's API and, to browsers, Firestore refuse others.
    `firestore_faults`: the functions reach Firestore through infra.local.firestore_faults.
    `function_env`: more settings of the functions. `event_backoff`: least and longest, seconds.
    `restart_pause`: seconds before a program that died starts again, however often it did.
    `wrong_clocks`: the functions' wall clocks can be put wrong while they run.
    `releases`: functions that run the code of another release, by the folder of its whole tree.
    `schedule_every`: seconds between two runs of every scheduled function; None: as declared.
    """

    declaration: Path = FUNCTIONS_YAML
    firestore_faults: bool = False
    function_env: Mapping[str, str] = field(default_factory=dict)
    event_backoff: tuple[float, float] | None = None
    restart_pause: float | None = None
    schedule_every: float | None = None
    wrong_clocks: bool = False
    app_check: bool = False
    releases: Mapping[str, Path] = field(default_factory=dict)

    def more_ports(self) -> tuple[str, ...]:
        """Of the programs that only some stacks have; infra/local/ports.py."""
        faults = ("firestore_faults", "firestore_faults_control") if self.firestore_faults else ()
        return (*faults, "app_check_door") if self.app_check else faults
