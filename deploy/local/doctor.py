"""What this machine has and lacks for running Kafka and ClickHouse without containers."""

import importlib.util
import resource
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from deploy.local.errors import LocalError
from deploy.local.jars import locked_jars, missing_jars
from deploy.local.java import OLDEST_JAVA, system_java
from deploy.local.libchdb import VERSION, library_is_good
from deploy.local.machine import DATA_BYTES, is_supported, machine
from deploy.local.ports import ChosenPorts, Ports, choose_ports
from deploy.local.state import read_state
from deploy.local.wheels import JAVA_WHEEL, NODE_WHEEL, Wheel, wheel_is_good

OLDEST_PYTHON = (3, 11)
MEMORY_BYTES = 2 << 30
DOWNLOAD_BYTES = 2 << 30
OPEN_FILES = 4096


@dataclass(frozen=True)
class Check:
    """One line of the doctor's report. `ok` is False when the user must act, and then `how_to_get` says how; what will
    be downloaded by itself is in order."""

    name: str
    ok: bool
    detail: str
    how_to_get: str


def doctor(cache_dir: Path, data_dir: Path, ports: Ports | None = None) -> list[Check]:
    """Look at everything the servers need, download nothing, and change nothing."""
    return [
        _python(),
        _machine(),
        _pip(),
        _java(cache_dir),
        _jars(cache_dir),
        _npm(cache_dir),
        _library(cache_dir),
        _disk("disk for downloads", cache_dir, 0 if library_is_good(cache_dir) else DOWNLOAD_BYTES),
        _disk("disk for data", data_dir, DATA_BYTES),
        _memory(),
        _open_files(),
        _ports(ports or Ports(), read_state(data_dir).held_ports),
    ]


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check("python", sys.version_info >= OLDEST_PYTHON, version, "install Python 3.11 or newer")


def _machine() -> Check:
    return Check(
        "machine", is_supported(), machine(), "use Linux x86_64 with glibc, or containers, or servers elsewhere"
    )


def _pip() -> Check:
    found = importlib.util.find_spec("pip") is not None
    return Check("pip", found, "there" if found else "not in this Python", "run: python -m ensurepip")


def _java(cache_dir: Path) -> Check:
    system = system_java()
    if system is not None and system[1] >= OLDEST_JAVA:
        return Check("java", True, f"{system[0]}, version {system[1]}", "")
    seen = f"version {system[1]} at {system[0]} is too old" if system else "none on the PATH"
    return Check("java", True, f"{seen}; {_wheel(cache_dir, JAVA_WHEEL)}", "")


def _npm(cache_dir: Path) -> Check:
    npm = shutil.which("npm") if shutil.which("node") else None
    if npm is not None or library_is_good(cache_dir):
        return Check("npm", True, npm or "none on the PATH, and not needed any more", "")
    return Check("npm", True, f"none on the PATH; {_wheel(cache_dir, NODE_WHEEL)}", "")


def _wheel(cache_dir: Path, wheel: Wheel) -> str:
    good = wheel_is_good(cache_dir, wheel)
    return f"{wheel.name} is in {cache_dir}" if good else f"{wheel.name} will be downloaded"


def _jars(cache_dir: Path) -> Check:
    missing = len(missing_jars(cache_dir))
    detail = (
        f"{missing} of {len(locked_jars())} will be downloaded" if missing else f"all {len(locked_jars())}, verified"
    )
    return Check("kafka jars", True, detail, "")


def _library(cache_dir: Path) -> Check:
    detail = f"{VERSION}, verified" if library_is_good(cache_dir) else f"{VERSION} will be downloaded"
    return Check("clickhouse library", True, detail, "")


def _disk(name: str, folder: Path, needed_bytes: int) -> Check:
    existing = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.is_dir())
    free = shutil.disk_usage(existing).free
    detail = f"{free >> 20} MiB free, {needed_bytes >> 20} MiB needed below {folder}"
    return Check(name, free >= needed_bytes, detail, "free some, or choose another folder")


def _memory() -> Check:
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines() if sys.platform == "linux" else []
    available = next((int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable:")), 0)
    detail = f"{available >> 20} MiB available, {MEMORY_BYTES >> 20} MiB needed"
    return Check("memory", available >= MEMORY_BYTES, detail, "end other programs, or use a larger machine")


def _open_files() -> Check:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    enough = hard == resource.RLIM_INFINITY or hard >= OPEN_FILES
    detail = "no limit" if hard == resource.RLIM_INFINITY else f"limit {hard}, {OPEN_FILES} needed"
    return Check(
        "open files", enough, detail, f"raise the hard limit: ulimit -Hn {OPEN_FILES}, or nofile in limits.conf"
    )


def _ports(ports: Ports, held: ChosenPorts | None) -> Check:
    try:
        chosen = choose_ports(ports, kept=held, held=held)
    except LocalError as error:
        return Check("ports", False, str(error), "stop what uses them, or give other ports")
    used = ", ".join(str(port) for port in vars(chosen).values())
    return Check("ports", True, f"{used} in use by this instance" if held else f"free, such as {used}", "")
