"""What the local stack keeps between two starts, and where."""

from __future__ import annotations

import base64
import json
import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from infra.local.processes import ROOT

_KEPT_ON_RESET = {"tls", "keys", "signing"}  # certificates and signing keys hold no data


@dataclass(frozen=True)
class State:
    folder: Path

    @classmethod
    def default(cls) -> State:
        """STACK_STATE, else .local in the repository."""
        return cls(Path(os.environ.get("STACK_STATE") or ROOT / ".local").resolve())

    @property
    def firestore(self) -> Path:
        return self.folder / "firestore"

    @property
    def users(self) -> Path:
        return self.folder / "auth" / "users.json"

    @property
    def factors(self) -> Path:
        return self.folder / "auth" / "factors.sqlite"

    @property
    def tasks(self) -> Path:
        return self.folder / "tasks" / "tasks.sqlite"

    @property
    def events(self) -> Path:
        return self.folder / "events" / "events.sqlite"

    @property
    def messages(self) -> Path:
        return self.folder / "fcm" / "messages.jsonl"

    @property
    def mails(self) -> Path:
        return self.folder / "mail" / "mails.jsonl"

    @property
    def sms(self) -> Path:
        return self.folder / "mail" / "sms.jsonl"

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    @property
    def signing_keys(self) -> Path:
        """Of the municipalities, {terc}.pem; made by whoever writes a municipality's registers."""
        return self.folder / "signing"

    @property
    def audit_keys(self) -> Path:
        """The secrets that seal the audit; made once."""
        return self.keys / "audit.json"

    @property
    def tls(self) -> Path:
        return self.folder / "tls"

    @property
    def processes(self) -> Path:
        return self.folder / "processes.json"

    @property
    def lock(self) -> Path:
        return self.folder / "lock"

    def clock(self, name: str) -> Path:
        """Seconds that a function's wall clock is off; stack_options, `wrong_clocks`."""
        return self.clocks / name

    @property
    def clocks(self) -> Path:
        return self.folder / "clocks"

    def log(self, name: str) -> Path:
        return self.folder / "logs" / f"{name}.log"

    def make(self) -> None:
        for file in (self.users, self.tasks, self.events, self.messages, self.mails, self.log("")):
            file.parent.mkdir(parents=True, exist_ok=True)
        for folder in (self.firestore, self.keys, self.tls, self.signing_keys):
            folder.mkdir(parents=True, exist_ok=True)
        if not self.audit_keys.exists():
            secret = base64.b64encode(secrets.token_bytes(32)).decode()
            self.audit_keys.write_text(json.dumps({"current": "1", "keys": {"1": secret}}))

    def clear(self) -> None:
        """Forgets the data; only folders that the stack made, whatever else lies beside them."""
        for file in (self.firestore, self.users.parent, self.tasks.parent, self.events.parent):
            shutil.rmtree(file, ignore_errors=True)
        for file in (self.messages.parent, self.mails.parent, self.log("").parent, self.clocks):
            shutil.rmtree(file, ignore_errors=True)
