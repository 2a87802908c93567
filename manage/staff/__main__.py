"""Staff of a municipality by an operator: the first admins, and whoever has left.

python -m manage.staff create TERC --name "Anna Nowak" --email anna@urzad.example --roles admin [--print-link]
python -m manage.staff roles TERC EMAIL --roles author,approver
python -m manage.staff disable TERC EMAIL [--why TEXT]
python -m manage.staff lost-phone TERC EMAIL
python -m manage.staff list TERC

Into the project of the environment, or the emulators that it names. docs/operations.md says when to do what.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence

from shared.domain.lifecycle import STAFF_ROLES
from shared.domain.staff import StaffRecord
from shared.errors import AlertOnlineError, InvalidInput
from shared.formats.enrolment_json import read_newcomer
from shared.services.staff.end_staff import end_staff, set_roles
from shared.services.staff.enrol_ports import Doer, EnrolPorts
from shared.services.staff.invite import Newcomer, invite, mail_link
from shared.services.staff.lost_phone import renew_by_operator

OPERATOR = "manage.staff"  # where an act of the audit came from


class StaffTrouble(Exception):
    """What the operator has to put right; its text says how."""


def _create(ports: EnrolPorts, given: argparse.Namespace) -> Iterator[str]:
    """Again it sends a new link, which is what somebody who runs it twice wants."""
    doer = Doer(given.terc, None, OPERATOR)
    newcomer = Newcomer(*read_newcomer(_body(given), STAFF_ROLES))
    if not ports.staff_url:
        raise StaffTrouble("Set STAFF_URL, the address of the staff's page: the link leads there.")
    invitation = invite(ports, doer, newcomer)
    found = ports.store.invitation(invitation.uid)
    if found is None:
        raise StaffTrouble("The invitation was taken back meanwhile. Run it again.")
    told, link = mail_link(ports, doer, found)
    yield f"{newcomer.name} is invited until {told.ends:%Y-%m-%d %H:%M} UTC. The e-mail: {told.mail}."
    if given.print_link:
        yield f"Give this link to {newcomer.name} alone: {link}"


def _body(given: argparse.Namespace) -> dict[str, object]:
    return {"name": given.name, "email": given.email, "roles": given.roles}


def _known(ports: EnrolPorts, given: argparse.Namespace) -> StaffRecord:
    """By e-mail or uid. Raises StaffTrouble."""
    wanted = given.who.strip().lower()
    found = [one for one in ports.staff.all(given.terc) if wanted in (one.email.lower(), one.uid.lower())]
    if len(found) != 1:
        raise StaffTrouble(f"{len(found)} people of {given.terc} have this e-mail or uid; `list` shows all.")
    return found[0]


def _roles(ports: EnrolPorts, given: argparse.Namespace) -> Iterator[str]:
    wrong = set(given.roles) - STAFF_ROLES
    if wrong:
        raise StaffTrouble(f"There are {', '.join(sorted(STAFF_ROLES))}; not {', '.join(sorted(wrong))}.")
    person = _known(ports, given)
    after = set_roles(ports, Doer(given.terc, None, OPERATOR), person.uid, frozenset(given.roles))
    yield f"{after.name}: {', '.join(sorted(after.roles)) or 'no role'}"


def _disable(ports: EnrolPorts, given: argparse.Namespace) -> Iterator[str]:
    person = _known(ports, given)
    end_staff(ports, Doer(given.terc, None, OPERATOR), person.uid, given.why)
    yield f"{person.name} can do nothing any more: the register says so, and the account is disabled."


def _lost_phone(ports: EnrolPorts, given: argparse.Namespace) -> Iterator[str]:
    person = _known(ports, given)
    renew_by_operator(ports, Doer(given.terc, None, OPERATOR), person.uid)
    yield f"{person.name} can do nothing until they use the link that was sent to {person.email}."


def _list(ports: EnrolPorts, given: argparse.Namespace) -> Iterator[str]:
    for one in ports.staff.all(given.terc):
        state = str(one.state) if one.active else "disabled"
        part = one.membership(given.terc)
        roles = ", ".join(sorted(part.roles)) if part else ""
        yield f"{one.uid}\t{state}\t{one.name}\t{one.email or '-'}\t{roles or '-'}"


DO = {"create": _create, "roles": _roles, "disable": _disable, "lost-phone": _lost_phone, "list": _list}


def main(arguments: Sequence[str]) -> int:
    from shared import wiring
    from shared.settings import SettingsError

    given = _parser().parse_args(arguments)
    try:
        for line in DO[given.command](wiring.enrol_ports(), given):
            print(line, flush=True)
        return 0
    except InvalidInput as error:
        print("; ".join(f"{one.pointer.lstrip('/')}: {one.code}" for one in error.errors), file=sys.stderr)
    except AlertOnlineError as error:
        print(f"Not finished ({error.code}). Run it again: what was done stays done.", file=sys.stderr)
    except (StaffTrouble, SettingsError) as error:
        print(error, file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m manage.staff", description="Staff of a municipality")
    commands = parser.add_subparsers(dest="command", required=True)
    helps = {
        "create": "invites somebody, with all roles at once",
        "roles": "replaces the roles of somebody",
        "disable": "ends all rights of somebody",
        "lost-phone": "lets somebody enrol anew",
        "list": "shows everybody",
    }
    made = {name: commands.add_parser(name, help=text) for name, text in helps.items()}
    for one in made.values():
        one.add_argument("terc", type=_terc, metavar="TERC")
    for name in ("roles", "disable", "lost-phone"):
        made[name].add_argument("who", metavar="EMAIL", help="or the uid that `list` shows")
    made["create"].add_argument("--name", required=True)
    made["create"].add_argument("--email", required=True)
    made["create"].add_argument("--print-link", action="store_true", help="where no e-mail can be sent")
    for name in ("create", "roles"):
        made[name].add_argument("--roles", required=True, type=_words, help="author,approver,...")
    made["disable"].add_argument("--why", default="", help="for the audit")
    return parser


def _terc(text: str) -> str:
    if not re.fullmatch(r"[0-9]{7}", text, re.ASCII):
        raise argparse.ArgumentTypeError("seven digits, as in the register TERC")
    return text


def _words(text: str) -> list[str]:
    return [word for word in text.split(",") if word]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
