"""The Chromium of this machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterable

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
SHELLS = ("chromium-headless-shell",)  # the same engine without a browser around it takes half the time


def chromium_program() -> str:
    """Raises FileNotFoundError when there is none."""
    return _first(PROGRAMS)


def shell_program() -> str:
    """For pages that ask for nothing that the browser itself shows: no notifications. Raises as above."""
    return _first((*SHELLS, *PROGRAMS))


def _first(programs: Iterable[str]) -> str:
    found = next(filter(None, map(shutil.which, programs)), None)
    if found is None:
        raise FileNotFoundError("Chromium is missing: `infra/setup.sh test` installs it")
    return found
