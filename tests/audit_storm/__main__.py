"""The whole storm on an emulator of its own: python -m tests.audit_storm [--writers 8] [--actions 1000]."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from infra.local.firestore import FirestoreEmulator
from infra.local.processes import free_port
from tests.audit_storm.storm import storm

PROJECT = "demo-audit-storm"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.audit_storm")
    for name, usual in {"--writers": 8, "--actions": 1000, "--seed": 1}.items():
        parser.add_argument(name, type=int, default=usual)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        emulator = FirestoreEmulator(free_port(), Path(folder) / "emulator.log", PROJECT)
        try:
            os.environ["FIRESTORE_EMULATOR_HOST"] = emulator.host
            began = time.monotonic()
            outcome = storm(PROJECT, asked.writers, asked.actions, asked.seed)
        finally:
            emulator.stop()
    print(f"{outcome}; {time.monotonic() - began:.0f} s")
    return 0 if outcome.holds else 1


if __name__ == "__main__":
    sys.exit(main())
