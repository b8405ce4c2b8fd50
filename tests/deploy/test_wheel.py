"""Installed from its wheel the project has every file that it reads, and writes none among the libraries."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from runtime.settings import PROJECT_DIR
from tests.test_architecture import ORDER

_BUILD = "import sys; from setuptools.build_meta import build_wheel; print(build_wheel(sys.argv[1]))"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "copy"
    for package in ORDER:
        shutil.copytree(PROJECT_DIR / package, copy / package, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(PROJECT_DIR / name, copy)
    built = subprocess.run([sys.executable, "-c", _BUILD, folder], cwd=copy, capture_output=True, text=True, timeout=60)
    assert built.returncode == 0, built.stderr
    return folder / built.stdout.split()[-1]


def test_the_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    files = {
        str(path.relative_to(PROJECT_DIR))
        for package in ORDER
        for path in (PROJECT_DIR / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    with zipfile.ZipFile(wheel) as packed:
        missing = files - set(packed.namelist())
    assert files
    assert not missing, "list its kind under [tool.setuptools.package-data] in pyproject.toml"


def test_an_installed_package_keeps_its_data_in_the_users_folder(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "libraries")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "libraries"), "XDG_DATA_HOME": str(tmp_path / "data")}
    environment.pop("COMPLAINTS_DATA_DIR", None)
    show = "from runtime.settings import load_settings; print(load_settings().data_dir)"
    shown = subprocess.run(
        [sys.executable, "-P", "-c", show], env=environment, cwd=tmp_path, stdout=subprocess.PIPE, text=True, check=True
    )
    assert shown.stdout.strip() == str(tmp_path / "data" / "complaints")
