"""The stack that chaos is let loose on: everything as deployed, but every wait shortened."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from infra.deployment import FUNCTIONS_YAML
from infra.local.stack import Stack
from infra.local.stack_options import Options

WAVE = 100  # pushes; 500 to 2,000 residents make several waves in several slices
SLICE = 400  # places
SETTINGS = {
    "RETRY_SECONDS": "0.3",
    "RETRY_LIMIT": "50",
    "WAVE_PUSHES": str(WAVE),
    "SLICE_PLACES": str(SLICE),
    "PUSHES_PER_SECOND": "0",
    "SWEEP_RESIDENTS": "2",
}
BACK_OFF = {"min_backoff": 0.2, "max_backoff": 2}
SWEEP_EVERY = 2.0  # seconds
GRACE = 1.5  # leases: a start takes longer on the same machines as a wave
SIDE_BY_SIDE = 4  # requests at once; deployed it is one per instance, and as many instances


def declaration(file: Path) -> Path:
    """functions.yaml with short back-offs, and workers whose threads stand for instances."""
    declared = yaml.safe_load(FUNCTIONS_YAML.read_text())
    for queue in declared["queues"].values():
        queue["retry"] |= BACK_OFF
    for name, function in declared["functions"].items():
        if name.startswith(("start_", "deliver_")):
            function["concurrency"] = SIDE_BY_SIDE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(declared))
    return file


def stack(folder: Path, lease: int, channel_env: Mapping[str, str]) -> Stack:
    """`lease`: seconds, longer than a wave takes."""
    times = {"LEASE_SECONDS": str(lease), "SWEEP_GRACE_SECONDS": str(GRACE * lease)}
    options = Options(
        declaration=declaration(folder / "functions.yaml"),
        firestore_faults=True,
        function_env={**SETTINGS, **channel_env, **times},
        event_backoff=(0.2, 2.0),
        restart_pause=0.1,
        schedule_every=SWEEP_EVERY,
        wrong_clocks=True,
    )
    # A program that dies is what this is about; the totals count it.
    return Stack(folder, ports="free", reset=True, report=lambda text: None, options=options)
