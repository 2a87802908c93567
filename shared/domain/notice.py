"""What a phone is sent beside alerts. docs/app-developers.md, "Notices"."""

from __future__ import annotations

from enum import StrEnum


class Notice(StrEnum):
    TRIAL = "trial"  # its resident asked whether notifications arrive
    STILL_HERE = "still_here"  # it will be forgotten unless it writes its device anew
