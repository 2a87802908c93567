"""`python -m tests.releases add VERSION`: freeze what the present release writes."""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from pathlib import Path

from infra.local.firestore import FirestoreEmulator
from infra.local.processes import free_port
from tests.releases.samples import HERE, dump, save


def add(version: str) -> None:
    """Each story in a database of its own. Raises FileExistsError for a release that has its samples."""
    with tempfile.TemporaryDirectory() as folder:
        emulator = FirestoreEmulator(free_port(), Path(folder) / "emulator.log", "demo-releases")
        try:
            os.environ["FIRESTORE_EMULATOR_HOST"] = emulator.host
            _write(version)
        finally:
            emulator.stop()


def _write(version: str) -> None:
    from google.cloud.firestore import Client

    from tests.releases.stories import STORIES

    for name, story in STORIES.items():
        client = Client(project=f"demo-release-{name}")
        story(client)
        sample = dump(client)
        save(version, name, sample)
        print(f"{version}/{name}.json: {len(sample)} documents")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.releases", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    adding = commands.add_parser("add", help="write the present release's samples")
    adding.add_argument("version", help="such as 0.2.0; the folder must not be there yet")
    version = parser.parse_args().version
    if (HERE / version).exists():
        parser.error(f"{HERE / version} is there already: what a release wrote does not change any more")
    add(version)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=HERE, capture_output=True, text=True, check=True)
    (HERE / version / "commit.txt").write_text(head.stdout)


if __name__ == "__main__":
    main()
