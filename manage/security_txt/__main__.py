"""Where to report a hole: security.txt (RFC 9116) of both sites, written anew with each deployment.

python -m manage.security_txt --contact mailto:security@gmina.example --residents https://alerty.example \
    --admin https://urzad.alerty.example
"""

from __future__ import annotations

import argparse
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = {"residents": "web-residents", "admin": "web-admin"}
VALID = timedelta(days=360)  # RFC 9116, section 2.5.5: less than a year ahead
_CONTACT = re.compile(r"mailto:[^\s@]+@[^\s@]+|https://\S+|tel:\+?[0-9-]+")
_SITE = re.compile(r"https://[A-Za-z0-9.-]+")


def security_txt(contact: str, site: str, now: datetime) -> str:
    """Raises ValueError for what is no contact (RFC 9116, section 2.5.3) or no site."""
    if not _CONTACT.fullmatch(contact):
        raise ValueError(f"no mailto:, https:// or tel: address: {contact}")
    if not _SITE.fullmatch(site):
        raise ValueError(f"no address of a site: {site}")
    return (
        f"Contact: {contact}\n"
        f"Expires: {(now + VALID).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\n"
        "Preferred-Languages: pl, en\n"
        f"Canonical: {site}/.well-known/security.txt\n"
    )


def file_of(site: str, root: Path = ROOT) -> Path:
    """firebase.json leads from /.well-known to a folder without a dot, which Hosting uploads."""
    return root / FOLDERS[site] / "well-known" / "security.txt"


def main(arguments: list[str], root: Path = ROOT) -> int:
    parser = argparse.ArgumentParser(prog="manage.security_txt", description="Where to report a hole")
    parser.add_argument("--contact", required=True)
    for site in FOLDERS:
        parser.add_argument(f"--{site}", required=True, metavar="https://...")
    given = parser.parse_args(arguments)
    now = datetime.now(UTC)
    try:
        texts = {site: security_txt(given.contact, getattr(given, site), now) for site in FOLDERS}
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    for site, text in texts.items():
        file_of(site, root).parent.mkdir(parents=True, exist_ok=True)
        file_of(site, root).write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
