"""The whole local stack, as a thing to start, use and end (`python -m infra.local.stack_command up|down`).

On 127.0.0.1 alone: Firestore, Auth, Hosting, Cloud Tasks, Eventarc, FCM, and each function in a process
of its own.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Self

from infra import deployment
from infra.local.accounts import StaffAccounts, StaffDocuments
from infra.local.auth_client import AuthClient
from infra.local.auth_factors import FactorStore
from infra.local.firestore import FirestoreEmulator
from infra.local.function_server import off_clock
from infra.local.ports import fixed, free, require_free
from infra.local.stack_export import Exports
from infra.local.stack_options import Options
from infra.local.stack_processes import ProcessRecord, end_stack
from infra.local.stack_programs import Programs
from infra.local.stack_state import State
from infra.local.stack_supervisor import Supervisor
from infra.local.tls import certificates

PROJECT = "demo-alert-online"
SAVE_EVERY = 60.0  # seconds between two exports of Firestore: what a crash may lose


class Stack:
    """Start, use, stop, start again: the addresses stay, the state is kept."""

    def __init__(
        self,
        state: Path | None = None,
        ports: str | Mapping[str, int] = "fixed",
        reset: bool = False,
        functions: Collection[str] | None = None,
        report: Callable[[str], None] = print,
        options: Options = Options(),  # noqa: B008  (frozen)
    ) -> None:
        """`ports` "fixed" (infra/local/ports.py), "free" or a table; `functions` None: all declared ones."""
        self._options = options
        self._deployment = deployment.load(options.declaration)
        self.functions = list(self._deployment.functions if functions is None else functions)
        self.state = State(state) if state else State.default()
        names = self._deployment.functions
        chosen = {"fixed": fixed, "free": free}
        more = options.more_ports()
        self.ports = dict(chosen[ports](names, more) if isinstance(ports, str) else ports)
        self._reset = reset
        self._report = report
        self._saving = threading.Lock()

    # Life

    def start(self) -> Self:
        """Returns when everything answers. Raises StartError, with nothing left running."""
        record = ProcessRecord(self.state.processes, self.state.lock)
        record.acquire()
        self._record = record
        self._supervisor = Supervisor(self.state, record, self._report, self._options.restart_pause)
        try:
            self._prepare()
            self._start_programs()
            self.staff.ensure()
        except BaseException:
            self._end()
            raise
        self._supervisor.watch()
        self._closing = threading.Event()
        saver = threading.Thread(
            target=self._save_regularly, args=[self._closing], name="export", daemon=True
        )
        saver.start()
        return self

    def _prepare(self) -> None:
        if left := end_stack(self._record):
            self._report(f"Ended what an earlier stack had left running: {', '.join(left)}.")
        if self._reset:
            self.state.clear()
            self._reset = False
        self.state.make()
        require_free(self.ports)
        self._programs = Programs(
            PROJECT,
            self._deployment,
            self.functions,
            self.ports,
            self.state,
            certificates(self.state.tls),
            self._options,
        )
        self.auth = AuthClient(self.host("auth"), PROJECT)
        documents = StaffDocuments(self.host("firestore"), PROJECT)
        self.staff = StaffAccounts(self.auth, FactorStore(self.state.factors), documents)

    def _start_programs(self) -> None:
        pool = ThreadPoolExecutor(32)
        try:
            starts: list[Future[None]] = [pool.submit(self._start_firestore)]
            starts += [pool.submit(self._supervisor.start, command) for command in self._programs.at_once()]
            for start in starts:
                start.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
        self._supervisor.start(self._programs.eventarc())  # registers its triggers with Firestore

    def _start_firestore(self) -> None:
        self._exports = Exports(self.state.firestore)
        self._firestore = FirestoreEmulator(
            self.ports["firestore"],
            self.state.log("firestore"),
            PROJECT,
            events_to=self.host("eventarc"),
            seed=self._exports.seed(),
            wait=False,
        )
        self._supervisor.adopt("firestore", self._firestore.program)
        self._firestore.wait_until_answers()

    def stop(self) -> None:
        """First those who write, then Firestore with everything they wrote."""
        self._closing.set()
        try:
            self._supervisor.stop(keep="firestore")
            if self._supervisor.running("firestore"):
                self._save_or_report()
        finally:
            self._end()

    def _end(self) -> None:
        self._supervisor.stop()
        self._record.release()

    def restart(self) -> None:
        self.stop()
        self.start()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def failed(self) -> threading.Event:
        """Set when a program died that cannot be restarted without losing data."""
        return self._supervisor.failed

    def save(self) -> bool:
        """Exports Firestore's data; whether there was anything new."""
        with self._saving:
            return self._exports.save(self._firestore)

    def _save_or_report(self) -> None:
        try:
            self.save()
        except OSError as error:
            self._report(f"Firestore's data could not be saved, the export before stays: {error}")

    def _save_regularly(self, closing: threading.Event) -> None:
        while not closing.wait(SAVE_EVERY):
            self._save_or_report()

    def kill(self, name: str) -> None:
        """Ends one program as a crash would; the supervisor restarts it after a pause."""
        self._supervisor.kill(name)

    def without(self, name: str) -> AbstractContextManager[None]:
        """One program is down meanwhile: without "eventarc", what is written triggers nothing."""
        return self._supervisor.without(name)

    def roll_out(self, name: str) -> None:
        """A function that ran another release's code (Options.releases) runs this one's from now on."""
        self._programs.roll_out(name)
        self._supervisor.replace(self._programs.function(name))

    def halt(self, name: str) -> None:
        """Stops one program in the middle of what it does, until it is told to `go_on`."""
        self._supervisor.send_signal(name, signal.SIGSTOP)

    def go_on(self, name: str) -> None:
        self._supervisor.send_signal(name, signal.SIGCONT)

    def put_clock(self, name: str, seconds: float) -> None:
        """How far a function's wall clock is off from now on, also after a restart; needs `wrong_clocks`."""
        off_clock.put(self.state.clock(name), seconds)

    def running(self, name: str) -> bool:
        return self._supervisor.running(name)

    # Use

    def host(self, name: str) -> str:
        """host:port of a program or function."""
        return self._programs.host(name)

    def address(self, name: str) -> str:
        """URL without a trailing slash."""
        return self._programs.address(name)

    def env(self) -> dict[str, str]:
        """The environment in which shared/ works against this stack."""
        return self._programs.env()

    def anonymous(self) -> tuple[str, str]:
        """uid and id token of a new resident."""
        return self.auth.sign_up_anonymously()

    def code(self, name: str) -> str:
        """An unused authenticator code of a demonstration account; may wait 30 seconds for it."""
        return self.staff.code(name)

    def staff_token(self, name: str, fresh: bool = False) -> str:
        """Id token of a demonstration account, signed in with password and authenticator code."""
        return self.staff.token(name, fresh)
