"""The keys that sign alerts: python -m manage.signing_keys create|rotate|sign|show|add TERC --folder F.

The private half is written to F/TERC.pem, for its owner alone; in the cloud it is a secret, mounted as that
file. The public half goes to municipalities/TERC. docs/operations.md says when to do what.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from manage.signing_keys.key_ring import OVERLAP, KeyRing, KeyTrouble, in_use
from shared.errors import AlertOnlineError
from shared.formats.key_json import pem

LONGEST_OVERLAP = 8760  # hours, a year


def _sign_again(office: KeyRing) -> str:
    from shared import wiring
    from shared.adapters.alert_signer import PemAlertSigner
    from shared.services.publishing.sign_again import sign_again

    signer = PemAlertSigner(str(office.folder), wiring.clock())
    key = signer.key(office.terc)
    known = office.store.keys(office.terc)
    using = in_use(known.value) if known else None
    if key is None or using is None or key.id != using.id:
        raise KeyTrouble(f"The private half of the key in use is not in {office.folder}.")
    signed = sign_again(
        office.terc,
        alerts=wiring.alerts(),
        published=wiring.published(),
        signer=signer,
        clock=wiring.clock(),
    )
    return f"Alerts signed again: {signed}."


def _do(options: argparse.Namespace) -> Iterator[str]:
    """What was done, as it is done: who takes a key away must know of the new one, whatever fails next."""
    from shared import wiring

    office = KeyRing(wiring.municipalities(), options.terc, options.folder)
    now = wiring.clock().now()
    match options.action:
        case "create":
            key = office.create(now)
        case "rotate":
            overlap = timedelta() if options.stolen else options.overlap
            key = office.rotate(now, overlap, options.stolen)
        case "sign":
            yield _sign_again(office)
            return
        case "add":
            yield office.add_to(options.all)
            return
        case _:
            yield from office.show()
            return
    yield f"{office.terc} signs with the key {key.id} from now on."
    yield pem(key).rstrip()
    if options.stolen:
        yield _sign_again(office)


def _terc(text: str) -> str:
    if not re.fullmatch(r"\d{7}", text, re.ASCII):
        raise argparse.ArgumentTypeError("seven digits, as in the register TERC")
    return text


def _hours(text: str) -> timedelta:
    with suppress(ValueError):
        if 0 <= (hours := float(text)) <= LONGEST_OVERLAP:
            return timedelta(hours=hours)
    raise argparse.ArgumentTypeError(f"hours, from 0 to {LONGEST_OVERLAP}")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m manage.signing_keys", description="The keys that sign alerts."
    )
    parser.add_argument("action", choices=["create", "rotate", "sign", "show", "add"])
    parser.add_argument("terc", metavar="TERC", type=_terc)
    parser.add_argument("--folder", type=Path, required=True, help="of the private keys")
    parser.add_argument("--all", type=Path, metavar="FILE", help="add: of all keys, which is the secret")
    parser.add_argument(
        "--overlap", type=_hours, default=OVERLAP, metavar="HOURS", help="that the old key still counts"
    )
    parser.add_argument(
        "--stolen", action="store_true", help="rotate: nothing the old key signed counts any more"
    )
    options = parser.parse_args(arguments)
    if options.action == "add" and options.all is None:
        parser.error("add needs --all FILE")
    return options


def main(arguments: Sequence[str]) -> int:
    from shared.settings import SettingsError

    options = _options(arguments)
    try:
        for line in _do(options):
            print(line, flush=True)
    except (KeyTrouble, SettingsError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except AlertOnlineError as error:
        print(f"Firestore did not take it ({error.code}). What is printed above was done.", file=sys.stderr)
        print("`show` tells the keys; `sign` can be repeated.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
