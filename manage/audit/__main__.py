"""The proof of who did what: python -m manage.audit verify|anchor|export|key; docs/operations.md says when.

verify TERC [--anchors] [--head FILE...]
                               reads every entry and says whether one was changed, removed, moved or put
                               there; compares with the locked bucket where AUDIT_BUCKET names one, and with
                               heads that somebody kept of /.well-known/alert-online-audit/TERC.json
anchor TERC...                 writes the heads into the locked bucket now; `sweep` does so each day
export TERC --out FILE         all entries as JSON, or as CSV when FILE ends so
key FILE                       makes the file of secrets, or a new secret in it that seals from now on
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from manage.audit.key_file import add_key
from manage.audit.verifying import Verdict, kept_head, verify
from shared.errors import AlertOnlineError
from shared.settings import SettingsError

_SAID = {
    "missing": "is missing",
    "altered": "is not as it was written",
    "forged": "is not sealed by the key it names: its words or its seal were changed",
    "unknown-key": "names a key that is not in the file of secrets",
    "broken": "does not follow the entry before it",
    "beyond": "lies behind the head: somebody put it there, or took the head back",
    "head": "is the last one, but the head is not sealed, or not of it",
    "anchor": "is another one than was anchored",
}


def main(arguments: Sequence[str]) -> int:
    asked = _parser().parse_args(arguments)
    commands = {"verify": _verify, "anchor": _anchor, "export": _export, "key": _key}
    try:
        return commands[asked.command](asked)
    except (AlertOnlineError, SettingsError, OSError, ValueError) as error:
        print(f"It was not finished: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m manage.audit", description="The proof of who did what.")
    commands = parser.add_subparsers(dest="command", required=True)
    checked = commands.add_parser("verify", help="whether the audit is whole")
    checked.add_argument("terc", metavar="TERC")
    checked.add_argument("--anchors", action="store_true", help="not without the locked bucket")
    checked.add_argument(
        "--head", metavar="FILE", type=Path, nargs="+", default=[], help="a public head, kept"
    )
    anchored = commands.add_parser("anchor", help="write the heads into the locked bucket")
    anchored.add_argument("tercs", metavar="TERC", nargs="+")
    exported = commands.add_parser("export", help="all entries as a file")
    exported.add_argument("terc", metavar="TERC")
    exported.add_argument("--out", metavar="FILE", type=Path, required=True)
    key = commands.add_parser("key", help="a new secret")
    key.add_argument("file", metavar="FILE", type=Path)
    return parser


def _verify(asked: argparse.Namespace) -> int:
    """0 whole, 1 not."""
    from shared import wiring

    anchors, heads = wiring.anchors(), [kept_head(file) for file in asked.head]
    if asked.anchors and anchors is None:
        raise ValueError("AUDIT_BUCKET names no bucket")
    verdict = verify(asked.terc, wiring.audit(), wiring.audit_keys(), wiring.clock(), anchors, heads)
    print("\n".join(_told(verdict)))
    return 1 if verdict.fault else 0


def _told(verdict: Verdict) -> list[str]:
    lines = [f"{verdict.entries} entries, {verdict.anchors} anchors, the head is number {verdict.head}."]
    if verdict.waiting:
        lines.append(f"{verdict.waiting} acts wait to be sealed; `sweep` does so every minute.")
    if not verdict.anchors:
        lines.append("Compared with no anchor: a chain that was taken back as a whole is not seen so.")
    if verdict.fault:
        lines.append(f"NOT WHOLE: entry {verdict.fault.seq} {_SAID[verdict.fault.kind]}.")
    else:
        lines.append("Whole: no entry was changed, removed, moved or put there.")
    return lines


def _anchor(asked: argparse.Namespace) -> int:
    from shared import wiring
    from shared.services.sweep.anchor_audit import anchor

    anchors = wiring.anchors()
    if anchors is None:
        raise ValueError("AUDIT_BUCKET names no bucket")
    for terc in asked.tercs:
        done = anchor(wiring.audit(), anchors, terc)
        print(f"{terc} is anchored." if done else f"{terc}: nothing was done there yet.")
    return 0


def _export(asked: argparse.Namespace) -> int:
    from shared import wiring
    from shared.formats.audit_export import exported_csv, exported_json

    stored = list(wiring.audit().whole(asked.terc).stored)
    entries = [one.entry for one in stored if one.entry]
    write = exported_csv if asked.out.suffix == ".csv" else exported_json
    told = write(asked.terc, entries, unreadable=len(stored) - len(entries))
    asked.out.write_text(told, encoding="utf-8", newline="")
    print(f"{len(entries)} entries are in {asked.out}; what cannot be read is left out, `verify` names it.")
    return 0


def _key(asked: argparse.Namespace) -> int:
    print(f"Key {add_key(asked.file)} of {asked.file} seals from now on; keep the older ones in the file.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
