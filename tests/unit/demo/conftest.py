from __future__ import annotations

from pathlib import Path

import pytest

from demo.generate import generate
from demo.municipality import Municipality, read

REAL = Path(__file__).parents[4] / "shared" / "data" / "teryt" / "demo_120903_myslenice"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("gmina"))


@pytest.fixture(scope="session")
def regionalna(folder: Path) -> Municipality:
    return read(folder)


@pytest.fixture(scope="session")
def real_folder() -> Path:
    if not REAL.is_dir():
        pytest.skip("the extracts of a real gmina are not here")
    return REAL


@pytest.fixture(scope="session")
def real(real_folder: Path) -> Municipality:
    return read(real_folder)
