"""The modules of addresses by name without the app: links of letters, codes, what is near, the small map."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from infra.local.accounts import TERC
from infra.local.processes import ROOT
from shared.formats.search_json import packed
from tests.residents.register import GAZETTEER, SYM, VILLAGE_SYM, house

APP = ROOT / "web-residents/js"
LIBRARY = """
  const texts = given.texts;
  globalThis.fetch = async (address) => {
    asked.push(address);
    const at = address === `/search/${given.terc}.json` ? 0 : Number(/(\\d+)\\.json$/.exec(address)[1]) + 1;
    return { ok: at < texts.length, status: at < texts.length ? 200 : 404, text: async () => texts[at] };
  };
  const library = await (await import(base + 'address/library.js')).libraryOf(given.terc);"""


@pytest.fixture(scope="module", autouse=True)
def vendored() -> None:
    subprocess.run(["node", "infra/vendor.mjs"], cwd=ROOT, check=True)


def call(body: str, given: Any = None) -> Any:
    """What a body returns that imports from `base`, evaluated by Node.js."""
    script = f"""
      const base = {f"{APP.as_uri()}/"!r};
      const asked = [];
      const given = JSON.parse((await import('node:fs')).readFileSync(0, 'utf8'));
      process.stdout.write(JSON.stringify((await (async () => {{ {body} }})()) ?? null));"""
    command = ["node", "--input-type=module", "-e", script]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def in_register(body: str, most_bytes: int = 1_000_000, **given: Any) -> Any:
    """The same with the `library` of the register, packed to documents of a size."""
    return call(LIBRARY + body, {"terc": TERC, "texts": packed(GAZETTEER, most_bytes), **given})


# ---- Links of letters


@pytest.mark.parametrize(
    ("fragment", "codes"),
    [
        ("#a=1099013.0999001.00102.7", ("1099013", "0999001", "0999001:00102", "7")),
        ("a=1099013.0999001.-.12A", ("1099013", "0999001", None, "12A")),
        ("a=1099013.0999001.00102.12/3", ("1099013", "0999001", "0999001:00102", "12/3")),
        ("a=1099013.0999001.00102.7%C4%85", ("1099013", "0999001", "0999001:00102", "7ą")),
    ],
)
def test_a_letters_link_names_an_address(fragment: str, codes: tuple[str, str, str | None, str]):
    found = call("return (await import(base + 'address/address.js')).codesInLink(given)", fragment)
    terc, locality, street, number = codes
    assert found == {
        "terc": terc,
        "locality": locality,
        **({"street": street} if street else {}),
        "number": number,
    }


@pytest.mark.parametrize(
    "fragment",
    [
        "", "#", "a=", "a=1099013", "a=1099013.0999001.00102.", "a=109901.0999001.00102.7",
        "b=1099013.0999001.00102.7",
        "a=1099013.0999001.102.7", "a=1099013.0999001.00102. ", "a=1099013.0999001.00102." + "7" * 21,
        "a=1099013.0999001.00102.7 8", "a=1099013/../x.0999001.00102.7",
    ],
)  # fmt: skip
def test_another_link_names_none(fragment: str):
    assert call("return (await import(base + 'address/address.js')).codesInLink(given)", fragment) is None


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("https://a.example/app/visit#cell=8d1&until=2026-12-01", "/app/visit#cell=8d1&until=2026-12-01"),
        ("Zobacz: https://a.example/app/join#a=1.2.3.4 Gmina", "/app/join#a=1.2.3.4"),
        ("https://a.example/app/me#x", None),
        ("Główna 12", None),
    ],
)
def test_a_link_is_known_where_a_street_is_typed(text: str, path: str | None):
    assert call("return (await import(base + 'places/link.js')).linkIn(given)", text) == path


# ---- Codes and names


@pytest.mark.parametrize("most_bytes", [1_000_000, 700])
def test_codes_lead_to_the_address_and_back(most_bytes: int):
    codes = {"terc": TERC, "locality": SYM, "street": f"{SYM}:00101", "number": "12"}
    found = in_register(
        """const m = await import(base + 'address/address.js');
        const address = await m.addressOf(library, given.codes);
        const told = [m.codesOf(address), m.nameOfAddress(address), m.whereItIs(address)];
        return [...told, await m.pointOf(library, address), asked]""",
        most_bytes,
        codes=codes,
    )
    at = house("Główna", "12")
    assert found[:3] == [codes, "Główna 12", "Regionalna, Gmina Regionalna"]
    assert found[3] == {"lat": pytest.approx(at.lat, abs=1e-5), "lng": pytest.approx(at.lon, abs=1e-5)}
    assert len(set(found[4])) == len(found[4])  # each document is asked for once


@pytest.mark.parametrize(
    ("codes", "name"),
    [
        ({"locality": VILLAGE_SYM, "number": "3"}, "Zalesie 3"),
        ({"locality": SYM, "street": f"{SYM}:00101", "number": "999"}, "Główna"),
        ({"locality": SYM, "street": f"{SYM}:99999"}, None),
        ({"locality": "1234567"}, None),
    ],
)
def test_what_the_register_does_not_know_is_left_out(codes: dict[str, str], name: str | None):
    body = """const m = await import(base + 'address/address.js');
      const address = await m.addressOf(library, given.codes);
      return address && m.nameOfAddress(address)"""
    assert in_register(body, codes={"terc": TERC, **codes}) == name


def test_a_street_as_a_whole_lies_at_the_house_in_its_middle():
    body = """const m = await import(base + 'address/address.js');
      return m.pointOf(library, await m.addressOf(library, given.codes))"""
    found = in_register(body, codes={"terc": TERC, "locality": SYM, "street": f"{SYM}:00102"})
    assert found["lng"] in [pytest.approx(house("Rynek", number).lon, abs=1e-5) for number in ("12", "13")]


# ---- Near, and drawn


@pytest.mark.parametrize("most_bytes", [1_000_000, 700])
def test_the_nearest_addresses_come_first(most_bytes: int):
    at = house("Rynek", "5")
    body = """const m = await import(base + 'address/nearest.js');
      const { nameOfAddress } = await import(base + 'address/address.js');
      const found = await m.nearest(library, given.point, 50, 3);
      return found.map(({ address, metres }) => [nameOfAddress(address), Math.round(metres)])"""
    found = in_register(body, most_bytes, point={"lat": at.lat, "lng": at.lon})
    assert found[0] == ["Rynek 5", 0]
    assert {name for name, _ in found[1:]} == {"Rynek 4", "Rynek 6"}
    assert in_register(body, most_bytes, point={"lat": 50.5, "lng": 19.0}) == []


def test_the_small_map_shows_the_houses_about_with_the_streets_name():
    at = house("Główna", "12")
    body = """const m = await import(base + 'places/sketched.js');
      return m.sketched(library.gazetteer, given.point, given.street)"""
    drawn = in_register(body, point={"lat": at.lat, "lng": at.lon}, street=f"{SYM}:00101")
    assert {"x": 144, "y": 58, "own": True, "name": "Główna"} in drawn["houses"]
    assert 3 <= len(drawn["houses"]) < 24
    assert [name["text"] for name in drawn["names"]] == ["Główna"]


# ---- Wholly


def test_a_village_is_found_among_the_registers_with_all_its_addresses():
    body = """const m = await import(base + 'places/whole.js');
      const found = await m.findWhole(given.whole, [{ terc: given.terc, name: 'Gmina Regionalna' }]);
      return [found?.locality?.name ?? null, found ? (await m.pointsOf(found)).length : 0]"""
    assert in_register(body, whole={"level": "locality", "code": VILLAGE_SYM}) == ["Zalesie", 32]
    assert in_register(body, whole={"level": "gmina", "code": TERC[:6]}) == [None, 80]
    assert in_register(body, whole={"level": "locality", "code": "7654321"}) == [None, 0]
