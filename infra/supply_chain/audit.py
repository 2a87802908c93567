"""`make audit`: whether holes are known in the pinned packages, as PyPI's and npm's advisory services say.

The exit code is 1 when there is one in what is deployed; one in a tool is told. A service that does not
answer is said not to have been asked, which proves nothing, and fails nothing. The last line is JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from infra.local.processes import ROOT

SECONDS = 300
Run = Callable[[Sequence[str]], tuple[str, str]]  # what a program wrote to stdout and stderr

_PIP_AUDIT = (
    "-m",
    "pip_audit",
    "--disable-pip",
    "--no-deps",
    "--format",
    "json",
    "--progress-spinner",
    "off",
)
_NPM_AUDIT = ("npm", "audit", "--package-lock-only", "--json")


@dataclass(frozen=True)
class Answer:
    """`found`: package and advisory; `silence`: why the service was not heard, None when it was."""

    found: tuple[str, ...] = ()
    silence: str | None = None


def python_packages(run: Run, lock_file: str) -> Answer:
    said, failed = run([sys.executable, *_PIP_AUDIT, "-r", lock_file])
    answer = _object(said)
    if answer is None or not isinstance(answer.get("dependencies"), list):
        return Answer(silence=_last_line(failed) or "no answer")
    return Answer(
        tuple(
            f"{package['name']} {package['version']}: {hole['id']}"
            for package in answer["dependencies"]
            for hole in package.get("vulns", ())
        )
    )


def npm_packages(run: Run, *more: str) -> Answer:
    said, failed = run([*_NPM_AUDIT, *more])
    answer = _object(said)
    if answer is None or not isinstance(answer.get("vulnerabilities"), dict):
        message = (answer or {}).get("message")
        return Answer(silence=str(message) if message else _last_line(failed) or "no answer")
    holes: dict[str, dict[str, Any]] = answer["vulnerabilities"]
    return Answer(tuple(f"{name}: {hole.get('severity', 'unknown')}" for name, hole in holes.items()))


def _object(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1][:200] if lines else ""


def _run(command: Sequence[str]) -> tuple[str, str]:
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return "", f"{type(error).__name__}: {command[0]}"
    return done.stdout, done.stderr


def _lines(of: str, answer: Answer) -> list[str]:
    if answer.silence is not None:
        return [f"{of}: NOT AUDITED, the service cannot be reached or used ({answer.silence})"]
    return [f"{of}: {len(answer.found)} known holes", *(f"  {one}" for one in answer.found)]


def main(run: Run = _run) -> int:
    answers = {
        "deployed Python packages": python_packages(run, "requirements.txt"),
        "all Python packages": python_packages(run, "requirements-dev.txt"),
        "npm packages in the pages": npm_packages(run, "--omit=dev"),
        "all npm packages": npm_packages(run),
    }
    for of, answer in answers.items():
        sys.stdout.write("\n".join(_lines(of, answer)) + "\n")
    deployed = ("deployed Python packages", "npm packages in the pages")
    bad = any(answers[of].found for of in deployed)
    sys.stdout.write(json.dumps({of: asdict(answer) for of, answer in answers.items()}) + "\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
