"""`make sbom`: the software bill of materials (CycloneDX 1.6, ECMA-424) of what the lock files pin, as JSON.

The same lock files give the same text: the number of the document is made of what is in it.
"""

from __future__ import annotations

import json
import sys
import tomllib
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from infra.local.processes import ROOT
from infra.supply_chain.lock_files import Package, pinned

_NAMESPACE = uuid.UUID("6f0c7f6e-6a0e-5a55-9d1b-2f6b7f3c1e0a")


def bill(root: Path) -> dict[str, Any]:
    """CycloneDX JSON; what is only for building or testing has the scope "excluded"."""
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    packages = pinned(root)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{_number(project['version'], packages)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": project["name"],
                "name": project["name"],
                "version": project["version"],
            }
        },
        "components": [_component(package) for package in packages],
    }


def _number(version: str, packages: Sequence[Package]) -> uuid.UUID:
    return uuid.uuid5(_NAMESPACE, "\n".join([version, *map(repr, packages)]))


def _component(package: Package) -> dict[str, Any]:
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "scope": "required" if package.shipped else "excluded",
        "purl": package.purl,
    }
    if package.license:
        component["licenses"] = [{"license": {"name": package.license}}]
    hashes = [{"alg": algorithm, "content": digits} for algorithm, digits in package.hashes]
    if len(hashes) == 1:
        component["hashes"] = hashes
    elif hashes:  # one release in several files
        url = f"https://pypi.org/simple/{package.name}/"
        component["externalReferences"] = [{"type": "distribution", "url": url, "hashes": hashes}]
    return component


def main() -> int:
    json.dump(bill(ROOT), sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
