"""Every package that the lock files pin: name, version, and what it is recognised by."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

_PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_LAST_NAME = re.compile(r".*node_modules/((?:@[^/]+/)?[^/]+)$")


@dataclass(frozen=True)
class Package:
    ecosystem: str  # pypi or npm
    name: str
    version: str
    shipped: bool  # part of what is deployed; else a tool of building or testing
    hashes: tuple[tuple[str, str], ...]  # algorithm as CycloneDX names it, hexadecimal digits
    license: str | None = None  # as the lock file says it

    @property
    def purl(self) -> str:
        """Package URL (ECMA-427); npm's scope is its namespace."""
        return f"pkg:{self.ecosystem}/{quote(self.name, safe='/')}@{quote(self.version)}"


def pinned(root: Path) -> list[Package]:
    """Of requirements.txt, requirements-dev.txt and package-lock.json, each once, in order of its name."""
    shipped = list(_python(root / "requirements.txt", shipped=True))
    known = {package.purl for package in shipped}
    tools = [one for one in _python(root / "requirements-dev.txt", shipped=False) if one.purl not in known]
    npm = {package.purl: package for package in _npm(root / "package-lock.json")}
    return sorted([*shipped, *tools, *npm.values()], key=lambda package: package.purl)


def _python(file: Path, shipped: bool) -> Iterator[Package]:
    text = file.read_text()
    found = list(_PINNED.finditer(text))
    ends = [one.start() for one in found[1:]] + [len(text)]
    for one, end in zip(found, ends, strict=True):
        hashes = tuple(("SHA-256", digits) for digits in _HASH.findall(text, one.end(), end))
        name = re.sub(r"[-_.]+", "-", one["name"]).lower()  # PEP 503
        yield Package("pypi", name, one["version"], shipped, hashes)


def _npm(file: Path) -> Iterator[Package]:
    locked: dict[str, dict[str, Any]] = json.loads(file.read_text())["packages"]
    for path, package in locked.items():
        named = _LAST_NAME.fullmatch(path)
        if named is None or package.get("link"):
            continue
        hashes = tuple(_integrity(package.get("integrity", "")))
        dev = bool(package.get("dev") or package.get("devOptional"))
        name = str(package.get("name", named[1]))
        yield Package("npm", name, package["version"], not dev, hashes, package.get("license"))


def _integrity(text: str) -> Iterator[tuple[str, str]]:
    """Subresource integrity: "sha512-" and base64."""
    for one in text.split():
        algorithm, _, value = one.partition("-")
        yield algorithm.upper().replace("SHA", "SHA-"), base64.b64decode(value).hex()
