"""An import of registers into the library: what is written, what is not, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely.geometry import box

from manage.areas.importing import Telling, Wanted, import_registers
from shared.errors import Conflict, Unavailable
from shared.formats.search_json import gazetteer_of
from tests.fakes.area_import import FRAMES, FakeAreaImportStore
from tests.unit.manage.areas.files import ADDRESSES, SIMC, TERC, ULIC, csv_file, layer_file

MYSLENICE = "1209033"
AREA = f"areas/{MYSLENICE}"
TOWN, VILLAGE, HAMLET = "0951617", "0327416", "0327468"
PILSUDSKIEGO, ROLNICZA = f"{AREA}/units/{TOWN}:16274", f"{AREA}/units/{TOWN}:18821"
VILLAGE_HOUSE = '1209035,0327416,"Zawada""B""",,,7,32-400,19.951,49.85'


def on_day(lines, day="2026-07-01"):
    return [line.replace("2026-01-01", day) for line in lines]


@pytest.fixture
def store():
    return serving()


def serving():
    store = FakeAreaImportStore()
    store.stored[f"municipalities/{MYSLENICE}"] = {}
    return store


@pytest.fixture
def files(tmp_path):
    """The registers of one gmina, each as a file; a test may write others."""

    def write(**changed):
        registers = {"terc": TERC, "simc": SIMC, "ulic": ULIC, "addresses": [*ADDRESSES, VILLAGE_HOUSE]}
        paths = []
        for name, lines in (registers | changed).items():
            if lines is not None:
                paths.append(csv_file(tmp_path / name, list(lines)))
        if changed.get("boundary", True) is not None:
            shape = [box(19.88, 49.8, 20.02, 49.88)]
            columns = {"JPT_KOD_JE": ["1209033"], "JPT_NAZWA_": ["Myślenice"]}
            paths.append(layer_file(tmp_path / "a03.geojson", shape, columns, "GeoJSON", "EPSG:4326"))
        return paths

    return write


def taken(store, paths, **wanted):
    silent = Telling(lambda one: None, lambda file, rows: None, lambda done, size: None)
    return import_registers(store, paths, replace(Wanted([MYSLENICE]), **wanted), silent)


def reasons(imported):
    return [one.reason for one in imported.found.refusals]


def names(store):
    return gazetteer_of(store.stored[f"{AREA}/layers/search"]["text"])


def test_units_names_map_and_boundary_are_written(store, files):
    imported = taken(store, files())
    assert reasons(imported) == []
    units = {path.rpartition("/")[2]: one for path, one in store.stored.items() if "/units/" in path}
    assert set(units) == {MYSLENICE, TOWN, VILLAGE, HAMLET, f"{TOWN}:16274", f"{TOWN}:18821"}
    assert {code: one["addresses"] for code, one in units.items() if one["addresses"]} == {
        MYSLENICE: 3,
        TOWN: 2,
        VILLAGE: 1,
        f"{TOWN}:16274": 2,
    }
    street = units[f"{TOWN}:16274"]
    assert (street["level"], street["name"], street["parent"]) == ("street", "ul. Józefa Piłsudskiego", TOWN)
    assert units[HAMLET] | {"shape": None} == units[HAMLET], "nobody is known to live there"
    assert names(store).name == "Gmina Myślenice"
    assert store.stored[AREA]["kind"] == "municipality"
    assert set(store.stored[FRAMES]["frames"]) == {MYSLENICE}
    assert "Piłsudskiego" in store.stored[f"{AREA}/layers/base"]["geojson"]
    assert (store.stored["areas/12"]["kind"], store.stored["areas/1209"]["name"]) == (
        "voivodeship",
        "myślenicki",
    )


def test_units_come_before_what_readers_find_them_by(store, files):
    taken(store, files())
    paths = [change.path for change in store.written]
    assert max(at for at, path in enumerate(paths) if "/units/" in path) < paths.index(
        f"{AREA}/layers/search"
    )


def test_a_second_import_writes_nothing(store, files):
    taken(store, files())
    store.written.clear()
    again = taken(store, files())
    assert (store.written, again.changed, reasons(again)) == ([], False, [])


def test_files_one_after_the_other_make_the_same_library(store, files):
    taken(store, files())
    others = serving()
    by_name = {path.name: path for path in files()}
    taken(others, [by_name["a03.geojson"], by_name["simc"], by_name["terc"]])
    taken(others, [by_name["ulic"]])
    taken(others, [by_name["addresses"]])
    assert {path: one for path, one in others.stored.items() if "as_of" not in one} == {
        path: one for path, one in store.stored.items() if "as_of" not in one
    }


def test_a_newer_register_changes_what_differs_and_nothing_else(store, files):
    taken(store, files())
    store.written.clear()
    renamed = [line.replace("Rolnicza", "Nowa") for line in on_day(ULIC)]
    taken(store, files(ulic=renamed))
    units = [change.path for change in store.written if "/units/" in change.path]
    assert units == [ROLNICZA]
    assert (store.stored[ROLNICZA]["name"], store.stored[ROLNICZA]["as_of"]) == ("ul. Nowa", "2026-07-01")
    (town, *_) = names(store).localities
    assert {one.code: one.former for one in town.streets}["18821"] == ("ul. Rolnicza",)


def test_the_generation_changes_with_the_names_and_with_nothing_else(store, files):
    taken(store, files())
    first = store.stored[f"{AREA}/layers/search"]
    taken(store, files(simc=on_day(SIMC)))
    second = store.stored[f"{AREA}/layers/search"]
    assert second["registers"]["SIMC"] == "2026-07-01"
    assert second["generation"] == first["generation"]
    taken(store, files(simc=on_day(SIMC), addresses=[*ADDRESSES[:2], VILLAGE_HOUSE]))
    assert store.stored[f"{AREA}/layers/search"]["generation"] != first["generation"]


def test_a_street_that_is_gone_goes(store, files):
    taken(store, files())
    imported = taken(store, files(ulic=on_day(ULIC[:2])))
    assert ROLNICZA not in store.stored
    assert imported.municipalities[0].counts()["deleted"] == 1
    assert store.written[-1].path == ROLNICZA, "after the names that no longer have it"


def test_one_that_an_alert_names_is_retired_and_goes_with_the_alert(store, files):
    taken(store, files())
    store.named[MYSLENICE] = frozenset({f"{TOWN}:18821"})
    gone = files(ulic=on_day(ULIC[:2]))
    taken(store, gone)
    assert store.stored[ROLNICZA]["retired"] == "2026-07-01"
    assert store.stored[ROLNICZA]["name"] == "ul. Rolnicza"
    assert "Rolnicza" not in store.stored[f"{AREA}/layers/search"]["text"]
    store.written.clear()
    taken(store, gone)
    assert store.written == []
    store.named.clear()
    taken(store, gone)
    assert ROLNICZA not in store.stored


def test_one_that_comes_back_is_retired_no_more(store, files):
    taken(store, files())
    store.named[MYSLENICE] = frozenset({f"{TOWN}:18821"})
    taken(store, files(ulic=on_day(ULIC[:2])))
    taken(store, files(ulic=on_day(ULIC, "2026-08-01")))
    assert store.stored[ROLNICZA]["retired"] is None


def test_an_older_file_is_refused(store, files):
    taken(store, files())
    before = dict(store.stored)
    imported = taken(store, files(simc=on_day(SIMC, "2025-01-01")))
    assert reasons(imported) == ["of 2025-01-01, older than what is there, of 2026-01-01"]
    assert store.stored == before


def test_the_day_of_addresses_is_said_by_hand(store, files):
    taken(store, files(), as_of="2026-05-01")
    older = taken(store, files(), as_of="2026-04-30")
    assert {one.reason for one in older.found.refusals} == {
        "of 2026-04-30, older than what is there, of 2026-05-01"
    }
    assert reasons(taken(store, files(), as_of="2026-05-02")) == []


DAMAGED = {
    "a delimiter": {"simc": [line.replace(";", ",") for line in SIMC]},
    "a column": {"simc": [line.replace("SYMPOD", "X") for line in SIMC]},
    "a key": {"ulic": [*ULIC, ULIC[1]]},
    "a parent": {"simc": [*SIMC[:2], SIMC[3]]},
    "a street's locality": {"ulic": [*ULIC, ULIC[1].replace(TOWN, "0950463")]},
    "axes": {"addresses": [ADDRESSES[0], ADDRESSES[1].replace("19.938223,49.830862", "49.830862,19.938223")]},
    "many rows": {"addresses": [*ADDRESSES, *(f"1209034,x,M,,,{at},,19.9,49.8" for at in range(11))]},
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_file_changes_nothing(store, files, damage):
    imported = taken(store, files(**DAMAGED[damage]))
    assert imported.found.refusals
    assert store.written == []


def test_one_in_another_encoding_changes_nothing(store, files, tmp_path):
    paths = files()
    csv_file(tmp_path / "simc", SIMC, encoding="cp1250")
    assert taken(store, paths).found.refusals
    assert store.written == []


def test_half_of_the_addresses_gone_has_to_be_meant(store, files):
    taken(store, files())
    few = files(addresses=ADDRESSES[:2])
    assert reasons(taken(store, few)) == ["1 addresses instead of 3; --fewer takes them"]
    assert reasons(taken(store, few, fewer=True)) == []
    assert sum(one.count for one in names(store).localities) == 1


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        ({"terc": None}, "its name is not known: give TERC too"),
        ({"boundary": None}, "its boundary is not known: give A03 too"),
        ({"simc": None, "addresses": None, "ulic": None}, "its localities are not known: give SIMC too"),
    ],
)
def test_the_first_import_needs_a_name_a_boundary_and_localities(store, files, missing, reason):
    assert reasons(taken(store, files(**missing))) == [reason]
    assert store.written == []


def test_another_gminas_rows_are_read_and_not_kept(store, files):
    imported = taken(store, files(), tercs=["1209042"])
    assert (reasons(imported), imported.municipalities, store.written) == ([], [], [])


def test_two_imports_at_once_do_not_mix(store, files, monkeypatch):
    taken(store, files())
    real = store.documents
    monkeypatch.setattr(store, "documents", lambda terc: (real(terc)[0], "earlier"))
    with pytest.raises(Conflict):
        taken(store, files(ulic=on_day(ULIC[:2])))
    assert "Rolnicza" in store.stored[f"{AREA}/layers/search"]["text"]


def test_an_import_that_was_cut_off_shows_nothing_and_is_finished_by_the_next(store, files):
    store.fails_after = 3
    with pytest.raises(Unavailable):
        taken(store, files())
    assert f"{AREA}/layers/search" not in store.stored
    store.fails_after = None
    taken(store, files())
    whole = serving()
    taken(whole, files())
    assert store.stored == whole.stored


def test_the_boundary_of_a_municipality_that_is_not_served_is_kept_from_readers(files):
    store = FakeAreaImportStore()
    taken(store, files())
    assert AREA not in store.stored
    assert FRAMES not in store.stored
    assert names(store).name == "Gmina Myślenice"
    store.written.clear()
    store.stored[f"municipalities/{MYSLENICE}"] = {}
    taken(store, files(boundary=None))
    assert [change.path for change in store.written] == [AREA, FRAMES]
