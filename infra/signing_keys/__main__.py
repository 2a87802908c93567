"""The keys that sign alerts: python -m infra.signing_keys create|rotate|sign|show TERC --folder F.

The private half is written to F/TERC.pem, for its owner alone; in the cloud it is a secret, mounted as that
file. The public half goes to municipalities/TERC. docs/operations.md says when to do what.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from infra.signing_keys.office import OVERLAP, KeyTrouble, Office, in_use
from shared.formats.key_json import pem


def _sign_again(office: Office) -> str:
    from shared import wiring
    from shared.adapters.alert_signer import PemAlertSigner
    from shared.services.sign_again import sign_again

    signer = PemAlertSigner(str(office.folder), wiring.clock())
    key = signer.key(office.terc)
    known = office.store.get(office.terc)
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


def _do(options: argparse.Namespace) -> list[str]:
    from shared import wiring

    office = Office(wiring.signing_keys(), options.terc, options.folder)
    now = wiring.clock().now()
    match options.action:
        case "create":
            key = office.create(now)
        case "rotate":
            overlap = timedelta() if options.stolen else timedelta(hours=options.overlap)
            key = office.rotate(now, overlap, options.stolen)
        case "sign":
            return [_sign_again(office)]
        case _:
            return office.show()
    again = [_sign_again(office)] if options.stolen else []
    return [f"{office.terc} signs with the key {key.id} from now on.", pem(key).rstrip(), *again]


def _terc(text: str) -> str:
    if not re.fullmatch(r"\d{7}", text, re.ASCII):
        raise argparse.ArgumentTypeError("seven digits, as in the register TERC")
    return text


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m infra.signing_keys", description="The keys that sign alerts."
    )
    parser.add_argument("action", choices=["create", "rotate", "sign", "show"])
    parser.add_argument("terc", metavar="TERC", type=_terc)
    parser.add_argument("--folder", type=Path, required=True, help="of the private keys")
    hours = OVERLAP.total_seconds() / 3600
    parser.add_argument("--overlap", type=float, default=hours, help="hours that the old key still counts")
    parser.add_argument(
        "--stolen", action="store_true", help="rotate: nothing the old key signed counts any more"
    )
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    from shared.settings import SettingsError

    options = _options(arguments)
    try:
        print(*_do(options), sep="\n")
    except (KeyTrouble, SettingsError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
