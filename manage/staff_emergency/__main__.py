"""The sealed account of a municipality, for the night on which nobody else can sign in.

python -m manage.staff_emergency create TERC --sheet FILE   makes it, and writes the sheet to print and seal
python -m manage.staff_emergency test TERC                  tries it, with what stands on the sheet
python -m manage.staff_emergency seal TERC --sheet FILE     a new sheet, after each use
python -m manage.staff_emergency remind                     mails the admins of offices whose trial is due;
                                                            `sweep` does the same once a week

FILE is HTML, readable by its owner alone: print it, seal it, delete it. docs/operations.md says who keeps it.
"""

from __future__ import annotations

import argparse
import getpass
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from manage.staff_emergency import sealing
from manage.staff_emergency.identity import Identity, RestIdentity, SignInFailed
from manage.staff_emergency.sealing import PageDoor, Sheet, SignIn, Trouble
from manage.staff_emergency.sheet import written
from shared.errors import AlertOnlineError
from shared.services.staff.enrol_ports import EnrolPorts
from shared.services.staff.remind_trial import remind_trial

GOOGLE = "https://identitytoolkit.googleapis.com"


def _make(ports: EnrolPorts, given: argparse.Namespace) -> Iterator[str]:
    make = sealing.create if given.command == "create" else sealing.seal
    yield _keep(make(ports, _identity(), given.terc), given.sheet)
    yield "Print it, seal it in an envelope, delete the file. Everybody is told by e-mail when it is used."


def _keep(sheet: Sheet, file: Path) -> str:
    """Never over a file that is there, and for its owner alone."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(written(sheet))
    return f"The sheet is in {file}."


def _test(ports: EnrolPorts, given: argparse.Namespace) -> Iterator[str]:
    password = getpass.getpass("The password on the sheet: ").strip()
    code = getpass.getpass("The code of an authenticator app with the sheet's secret: ").replace(" ", "")
    sealing.test(ports, given.terc, password, code, SignIn(_identity(), PageDoor(ports.staff_url)))
    yield "The sealed account works, and the office was told. Seal it again: `seal` makes a new sheet."


def _remind(ports: EnrolPorts, _: argparse.Namespace) -> Iterator[str]:
    from shared import wiring

    for one in wiring.municipalities().served():
        last = remind_trial(ports, wiring.review_ports(), one.terc)
        if last is not None:
            yield f"{one.terc}: last trial {last}"


DO = {"create": _make, "seal": _make, "test": _test, "remind": _remind}


def main(arguments: Sequence[str]) -> int:
    from shared import wiring
    from shared.settings import SettingsError

    given = _parser().parse_args(arguments)
    try:
        for line in DO[given.command](wiring.enrol_ports(), given):
            print(line, flush=True)
        return 0
    except AlertOnlineError as error:
        print(f"Not finished ({error.code}). Run it again.", file=sys.stderr)
    except (Trouble, SettingsError, FileExistsError) as error:
        print(error, file=sys.stderr)
    except SignInFailed as error:
        print(f"Identity Platform refused: {error}", file=sys.stderr)
    return 1


def _identity() -> Identity:
    """At the project that staff sign in at. Raises Trouble."""
    if emulator := os.environ.get("FIREBASE_AUTH_EMULATOR_HOST"):
        return RestIdentity(f"http://{emulator}/identitytoolkit.googleapis.com", "local")
    from shared.settings import settings

    if not settings().auth_key:
        raise Trouble("Set AUTH_API_KEY, the web API key of the project that staff sign in at.")
    return RestIdentity(GOOGLE, settings().auth_key)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m manage.staff_emergency", description="The sealed account"
    )
    commands = parser.add_subparsers(dest="command", required=True)
    helps = {
        "create": "makes it",
        "seal": "makes a new sheet",
        "test": "tries it",
        "remind": "tells whose trial is due",
    }
    made = {name: commands.add_parser(name, help=text) for name, text in helps.items()}
    for name in ("create", "seal", "test"):
        made[name].add_argument("terc", metavar="TERC", type=_terc)
    for name in ("create", "seal"):
        made[name].add_argument("--sheet", required=True, type=Path, help="a file that is not there yet")
    return parser


def _terc(text: str) -> str:
    if not re.fullmatch(r"[0-9]{7}", text, re.ASCII):
        raise argparse.ArgumentTypeError("seven digits, as in the register TERC")
    return text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
