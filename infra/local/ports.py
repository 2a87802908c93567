"""Where each program of the local stack listens: one table, each overridable, a busy one named."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from infra.local.processes import StartError, free_port, is_free

FIXED = {
    "hosting": 5000,
    "residents": 5100,
    "firestore": 8080,
    "tasks": 8123,
    "tasks_control": 8124,
    "identity": 8200,
    "scheduler": 8210,
    "auth": 9099,
    "auth_emulator": 9098,
    "eventarc": 9299,
    "fcm": 9443,
    "fcm_control": 9444,
    "mail": 9543,
    "mail_control": 9544,
}
# Of programs that only some stacks have (infra/local/stack_options.py).
OPTIONAL = {"firestore_faults": 8081, "firestore_faults_control": 8082, "app_check_door": 8083}
FUNCTIONS_FROM = 8101  # functions follow in the order of infra/functions.yaml


def _variable(name: str) -> str:
    return f"PORT_{name.upper()}"


def _chosen(name: str, default: int) -> int:
    text = os.environ.get(_variable(name)) or str(default)
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise StartError(f"{_variable(name)}={text} is not a port: give a number from 1 to 65535.")
    return int(text)


def fixed(functions: Iterable[str], optional: Iterable[str] = ()) -> dict[str, int]:
    """The usual ports; PORT_HOSTING and so on choose others. Raises StartError."""
    defaults = FIXED | {name: FUNCTIONS_FROM + index for index, name in enumerate(functions)}
    defaults |= {name: OPTIONAL[name] for name in optional}
    return {name: _chosen(name, port) for name, port in defaults.items()}


def free(functions: Iterable[str], optional: Iterable[str] = ()) -> dict[str, int]:
    """Any that are free, for tests beside a running stack."""
    return {name: free_port() for name in [*FIXED, *functions, *optional]}


def require_free(ports: Mapping[str, int]) -> None:
    """Raises StartError that names every busy port and what to do."""
    if len(set(ports.values())) < len(ports):
        raise StartError(f"Two programs were given the same port: {dict(ports)}")
    busy = {name: port for name, port in ports.items() if not is_free(port)}
    if not busy:
        return
    named = ", ".join(f"{port} ({name})" for name, port in busy.items())
    name, port = next(iter(busy.items()))
    raise StartError(
        f"In use by another program: port {named}. End that program (`make down` if it is an earlier stack), "
        f"or choose another port: {_variable(name)}={port + 10000} make up"
    )
