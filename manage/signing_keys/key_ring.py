"""One municipality's signing keys: the public ones in Firestore, the private one as a file."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from shared.adapters.alert_signer import key_files, read_bundle, read_private_key
from shared.domain.signature import PublicKey, key_id, rotated
from shared.errors import Conflict
from shared.formats.key_json import base64url
from shared.ports import MunicipalityStore, Versioned

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

OVERLAP = timedelta(hours=24)  # both keys sign: until every function has taken up the new one


class KeyTrouble(RuntimeError):
    """Nothing was changed; the text says why, and what to do."""


@dataclass(frozen=True)
class KeyRing:
    """Where one municipality's keys are: the public ones in `store`, the private one in `folder`."""

    store: MunicipalityStore
    terc: str
    folder: Path

    def create(self, now: datetime) -> PublicKey:
        """The first key; a private one that lies in the folder already is taken. Raises KeyTrouble."""
        known = self._known()
        if using := in_use(known.value):
            raise KeyTrouble(f"{self.terc} has the key {using.id} already. `rotate` replaces it.")
        if private := self._read():
            return self._publish(known, public_half(private, now), now, None)
        private = _new_key()
        return self._publish(known, public_half(private, now), now, self._write_beside(private))

    def ensure(self, now: datetime) -> PublicKey:
        """A key in use whose private half is in the folder; what is there stays. Raises KeyTrouble."""
        using, private = in_use(self._known().value), self._read()
        if using is None:
            return self.create(now)
        return using if private and _id(private) == using.id else self.rotate(now)

    def rotate(self, now: datetime, overlap: timedelta = OVERLAP, stolen: bool = False) -> PublicKey:
        """A new key in place of the one in use, which still counts for `overlap`. Raises KeyTrouble.

        `stolen`: all keys before leave the list, since a thief can date back what they sign.
        """
        known = self._known()
        if in_use(known.value) is None:
            raise KeyTrouble(f"{self.terc} has no key yet. `create` makes one.")
        private = _new_key()
        waiting = self._write_beside(private)
        left: tuple[PublicKey, ...] = () if stolen else known.value
        fresh = public_half(private, now)
        return self._publish(Versioned(left, known.token), fresh, fresh.since + overlap, waiting)

    def add_to(self, bundle: Path) -> str:
        """Put the private key into the file of all, in place of the one before; said in words.

        Raises KeyTrouble when there is no private key, or the file holds something else.
        """
        private = self._read()
        if private is None:
            raise KeyTrouble(f"{self._file} is missing.")
        try:
            keys = read_bundle(bundle) if bundle.exists() else {}
        except ValueError:
            raise KeyTrouble(f"{bundle} is no file of keys. Nothing was changed.") from None
        keys[self.terc] = self._file.read_text()
        text = json.dumps(keys, indent=1, sort_keys=True)
        _written_beside(bundle, text.encode()).replace(bundle)
        return f"{bundle} holds the keys of {len(keys)} municipalities. Make it the secret's new version."

    def show(self) -> list[str]:
        """A line for each key, and one on the private half. Raises KeyTrouble."""
        known = self._known().value
        lines = [f"{key.id}  from {key.since:%Y-%m-%d %H:%M} {_end(key)}  {key.key}" for key in known]
        return [
            *(lines or [f"{self.terc} has no key: its alerts are published unsigned."]),
            self._private_line(),
        ]

    def _private_line(self) -> str:
        private, using = self._read(), in_use(self._known().value)
        if private is None:
            return f"{self._file}: missing"
        fits = using is not None and using.id == _id(private)
        return f"{self._file}: key {_id(private)}, {'in use' if fits else 'NOT the one in use'}"

    def _known(self) -> Versioned[tuple[PublicKey, ...]]:
        known = self.store.keys(self.terc)
        if known is None:
            raise KeyTrouble(
                f"There is no municipality {self.terc} in Firestore. Import its registers first."
            )
        return known

    def _publish(
        self,
        known: Versioned[tuple[PublicKey, ...]],
        fresh: PublicKey,
        closing: datetime,
        waiting: Path | None,
    ) -> PublicKey:
        """First everybody knows the public half, then the private one signs."""
        try:
            self.store.replace_keys(self.terc, known, rotated(known.value, fresh, closing))
        except Conflict:
            raise KeyTrouble(f"Somebody else changed {self.terc} at that moment. Try again.") from None
        if waiting:
            waiting.replace(self._file)
        return fresh

    @property
    def _file(self) -> Path:
        return key_files(self.folder, self.terc)[0]

    def _read(self) -> Ed25519PrivateKey | None:
        try:
            return read_private_key(self.folder, self.terc)
        except (OSError, ValueError) as error:
            raise KeyTrouble(f"{self._file} cannot be read: {error}") from error

    def _write_beside(self, private: Ed25519PrivateKey) -> Path:
        """Into a file of another name, which nobody else may read."""
        from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

        text = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _written_beside(self._file, text)


def _written_beside(file: Path, text: bytes) -> Path:
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
        handle.write(text)
    return fresh


def in_use(keys: Sequence[PublicKey]) -> PublicKey | None:
    return next((key for key in keys if key.until is None), None)


def public_half(private: Ed25519PrivateKey, since: datetime) -> PublicKey:
    """In use from that moment, to the second: signatures say no more."""
    raw = private.public_key().public_bytes_raw()
    return PublicKey(key_id(raw), base64url(raw), since.replace(microsecond=0))


def _new_key() -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate()


def _id(private: Ed25519PrivateKey) -> str:
    return key_id(private.public_key().public_bytes_raw())


def _end(key: PublicKey) -> str:
    return "and in use" if key.until is None else f"until {key.until:%Y-%m-%d %H:%M}"
