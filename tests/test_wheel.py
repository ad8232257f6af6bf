"""The package holds everything the program reads, so that it runs where this checkout is not."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

HOUSE = Path(__file__).parent.parent
PACKAGES = ("bot", "handlers", "models", "migrations")
LEFT_BEHIND_BY_PYTHON = {"__pycache__"}
#: How uv says that what builds the package is neither in its cache nor within reach.
BUILDER_MISSING = re.compile(r"Failed to resolve requirements|Failed to fetch|Network connectivity is disabled")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    """The package, just built from this checkout."""
    # `uv run` names itself to what it runs.
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv is None:
        pytest.skip("uv is not here to build the package; run the tests by `python3 -m uv run pytest`")
    folder = tmp_path_factory.mktemp("wheel")
    command = [uv, "build", "--wheel", "--out-dir", str(folder), str(HOUSE)]
    built = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    if built.returncode and BUILDER_MISSING.search(built.stderr):
        pytest.skip("what builds the package is not in uv's cache, and there is no network to fetch it")
    assert built.returncode == 0, built.stderr
    return ZipFile(next(folder.glob("*.whl")))


def test_whoever_installs_the_package_gets_all_of_the_program(wheel: ZipFile) -> None:
    kept = {
        path.relative_to(HOUSE).as_posix()
        for package in PACKAGES
        for path in (HOUSE / package).rglob("*")
        if path.is_file() and LEFT_BEHIND_BY_PYTHON.isdisjoint(path.parts)
    }
    packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert packed == kept


@pytest.mark.parametrize(
    "needed",
    [
        "bot/locales/vi/reports.po",
        "bot/locales/en/reports.po",
        "bot/sandbox/page/index.html",
        "migrations/env.py",
        "migrations/versions/0001_first_form.py",
        "models/rules/lexicon.txt",
        "models/rules/examples/second.jsonl",
    ],
)
def test_what_is_read_beside_the_code_goes_along(wheel: ZipFile, needed: str) -> None:
    assert wheel.read(needed)


def test_the_package_brings_the_command_and_the_licence(wheel: ZipFile) -> None:
    said = {
        name.split(".dist-info/")[1]: wheel.read(name).decode() for name in wheel.namelist() if ".dist-info/" in name
    }
    assert "tocovid = bot.cli:main" in said["entry_points.txt"]
    assert "The tocovid authors" in said["licenses/LICENSE"]
