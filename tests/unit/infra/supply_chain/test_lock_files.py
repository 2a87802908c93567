"""The lock files as a bill of materials: nothing left out, nothing twice, each recognised by its content."""

from __future__ import annotations

import json
import re

from infra.local.processes import ROOT
from infra.supply_chain.lock_files import pinned
from infra.supply_chain.sbom import bill

PINNED_LINE = re.compile(r"^[A-Za-z0-9._-]+==", re.MULTILINE)
PACKAGES = pinned(ROOT)
NAMED = {package.name: package for package in PACKAGES}


def test_every_pinned_package_is_in_it_once():
    assert len({package.purl for package in PACKAGES}) == len(PACKAGES)
    python = PINNED_LINE.findall((ROOT / "requirements-dev.txt").read_text())
    assert sum(package.ecosystem == "pypi" for package in PACKAGES) == len(python)
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    versions = {(one.get("name", path.rpartition("node_modules/")[2]), one["version"])
                for path, one in locked.items() if path}  # fmt: skip
    assert {(one.name, one.version) for one in PACKAGES if one.ecosystem == "npm"} == versions


def test_every_package_is_recognised_by_its_content():
    assert [package.purl for package in PACKAGES if not package.hashes] == []


def test_no_python_lock_file_names_the_host_it_came_from():
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert "://" not in (ROOT / name).read_text()


def test_what_is_deployed_is_told_from_tools():
    assert NAMED["flask"].shipped
    assert NAMED["firebase"].shipped
    assert not NAMED["pytest"].shipped
    assert not NAMED["eslint"].shipped


def test_a_scoped_package_has_its_scope_as_namespace():
    assert NAMED["@noble/ed25519"].purl.startswith("pkg:npm/%40noble/ed25519@")


def test_the_bill_is_cyclonedx_with_a_component_for_each_package():
    found = bill(ROOT)
    assert (found["bomFormat"], found["specVersion"], found["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", found["serialNumber"])
    assert [one["bom-ref"] for one in found["components"]] == [package.purl for package in PACKAGES]
    assert {one["scope"] for one in found["components"]} == {"required", "excluded"}
    hashes = [each for one in found["components"] for each in one.get("hashes", ())]
    lengths = {"SHA-1": 40, "SHA-256": 64, "SHA-512": 128}
    assert all(len(each["content"]) == lengths[each["alg"]] for each in hashes)


def test_the_same_lock_files_give_the_same_bill():
    assert bill(ROOT) == bill(ROOT)
