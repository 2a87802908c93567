"""What `make up` and `make down` do: serve in the foreground and say where; end a running stack.

python -m infra.local.stack_command up|down
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator

from infra.local.accounts import STAFF, password
from infra.local.processes import StartError
from infra.local.stack import Stack
from infra.local.stack_processes import ProcessRecord, end_stack
from infra.local.stack_state import State


def summary(stack: Stack) -> Iterator[str]:
    """The lines that tell a person where everything is."""
    yield ""
    yield f"  The staff's page       {stack.address('hosting')}"
    yield f"  The residents' app     {stack.address('residents')}"
    yield f"  The public pages       {stack.address('residents')}/alerts"
    yield f"  Firestore              {stack.host('firestore')}"
    yield f"  Auth                   {stack.address('auth')}"
    yield f"  Cloud Tasks (gRPC)     {stack.host('tasks')}"
    yield f"  Pushes received (FCM)  {stack.address('fcm_control')}"
    yield f"  Functions              {', '.join(f'{name} {stack.ports[name]}' for name in stack.functions)}"
    yield f"  Data and logs          {stack.state.folder}"
    yield ""
    yield f"  Staff accounts (password: {password()})"
    for member in STAFF.values():
        roles = " and ".join(member.roles)
        place = ", another municipality" if member.terc else ""
        yield f"    {member.email:<26} {member.name} ({roles}{place})"
    yield "  The second factor's code, now:  make code STAFF=anna"
    yield ""
    yield "  Ctrl-C ends the stack. What was entered is kept; RESET=1 make up starts empty."
    yield ""


def _serve_until_told(stack: Stack, ended: threading.Event) -> int:
    while not ended.wait(0.2):
        if stack.failed.is_set():
            break
    print("Stopping...", flush=True)
    stack.stop()
    print("Stopped.", flush=True)
    return 0 if ended.is_set() else 1


def up() -> int:
    ended = threading.Event()
    started = time.monotonic()
    reset = os.environ.get("RESET", "") not in {"", "0"}
    stack = Stack(reset=reset, report=lambda text: print(text, flush=True))
    print("Starting the local stack...", flush=True)
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell's background job starts with SIGINT ignored
        signal.signal(number, signal.default_int_handler)
    try:
        stack.start()
    except KeyboardInterrupt:
        print("Stopped before it was up.")
        return 130
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: ended.set())
    print("\n".join(summary(stack)))
    print(f"Ready after {time.monotonic() - started:.0f} s.", flush=True)
    return _serve_until_told(stack, ended)


def down() -> int:
    state = State.default()
    ended = end_stack(ProcessRecord(state.processes, state.lock))
    print(f"Ended: {', '.join(ended)}." if ended else "No stack was running.")
    return 0


def main(arguments: list[str]) -> int:
    commands = {"up": up, "down": down}
    if len(arguments) != 1 or arguments[0] not in commands:
        print("Say what: python -m infra.local.stack_command up|down", file=sys.stderr)
        return 2
    try:
        return commands[arguments[0]]()
    except StartError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
