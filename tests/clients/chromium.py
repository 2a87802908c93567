"""The Chromium of this machine."""

from __future__ import annotations

import shutil

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


def chromium_program() -> str:
    """Raises FileNotFoundError when there is none."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        raise FileNotFoundError("Chromium is missing: `infra/setup.sh test` installs it")
    return found
