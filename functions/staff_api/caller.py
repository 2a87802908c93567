"""From where a request comes, for limits on what strangers try."""

from __future__ import annotations

from flask import request

from functions.client_address import client_address
from shared.settings import settings

UNKNOWN = "unknown"  # all of them share the limits of one


def address() -> str:
    """Not that of Hosting's edge, through which every office comes."""
    return client_address(request, settings().edge_networks) or UNKNOWN
