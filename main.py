"""The deployables by name, each imported on first use, so that a function loads only its own code.

At the root because functions-framework puts only this file's folder on the import path.
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import Any

from shared import logs
from shared.settings import SettingsError, require_settings

FUNCTIONS = frozenset(
    {
        "staff_api",
        "public_api",
        "index_resident",
        "on_alert_written",
        "start_alert",
        "deliver_slice",
        "expire_alert",
        "call_staff",
        "sweep",
    }
)


def __getattr__(name: str) -> Any:
    if name not in FUNCTIONS:
        raise AttributeError(name)
    logs.configure()
    try:
        require_settings(name)
    except SettingsError as error:
        # Whole, in the log's own words: what leaves the process is told without its message.
        logging.getLogger(__name__).critical("%s cannot work. %s", name, error)
        raise
    return getattr(import_module(f"functions.{name}"), name)
