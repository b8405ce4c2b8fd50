"""ClickHouse as the library libchdb.so, fetched by npm at a pinned version and checked by hash."""

import json
import shutil
from pathlib import Path

from deploy.local.cache import run_in, scratch, size_of
from deploy.local.errors import LocalError, Progress
from deploy.local.files import last_line, sha256_of, write_atomically
from deploy.local.wheels import NODE_WHEEL, fetch_wheel

PACKAGE = "@chdb/lib-linux-x64-gnu"
VERSION = "26.7.3-stable.1"
"""Pinned: the tag `latest` of the package is an older build that can't listen on a port."""
SHA256 = "36ad4e999882821ef13cf2d0f52c93f48e6ee1b4498b35a201c23ce4b8d15bf5"

_LIBRARY_BYTES = 566_300_000
_NEEDED_BYTES = 1200 << 20


def library_path(cache_dir: Path) -> Path:
    """Return the place of libchdb.so in the cache."""
    return cache_dir / f"libchdb-{VERSION}" / "libchdb.so"


def library_is_good(cache_dir: Path) -> bool:
    """Say whether libchdb.so is in the cache with the expected hash.

    The file is half a gigabyte, so its hash is taken when it is new or was touched, and remembered beside it with the
    file's size, inode and time of change.
    """
    library = library_path(cache_dir)
    try:
        stat = library.stat()
    except FileNotFoundError:
        return False
    identity = json.dumps([SHA256, stat.st_size, stat.st_ino, stat.st_mtime_ns, stat.st_ctime_ns])
    verified = library.with_name("verified.json")
    if verified.is_file() and verified.read_text(encoding="utf-8") == identity:
        return True
    if sha256_of(library) != SHA256:
        return False
    write_atomically(verified, identity)
    return True


def fetch_library(cache_dir: Path, progress: Progress) -> Path:
    """Make libchdb.so be in the cache and return its path. Raises LocalError when npm can't fetch it."""
    if not library_is_good(cache_dir):
        npm = npm_command(cache_dir, progress)
        with scratch(cache_dir, _NEEDED_BYTES, progress) as folder:
            if not library_is_good(cache_dir):
                downloaded = _install(folder, npm, progress)
                if sha256_of(downloaded) != SHA256:
                    raise LocalError(
                        f"{PACKAGE}@{VERSION} was downloaded but its libchdb.so is not the expected file (SHA-256 "
                        "differs). Run it again; if it happens again, the registry or a proxy serves something else."
                    )
                library_path(cache_dir).parent.mkdir(exist_ok=True)
                downloaded.replace(library_path(cache_dir))
        library_is_good(cache_dir)
    return library_path(cache_dir)


def npm_command(cache_dir: Path, progress: Progress) -> list[str]:
    """Return the words that run npm: the system's, or Node and npm out of a wheel when the system has none."""
    npm = shutil.which("npm")
    if npm is not None and shutil.which("node") is not None:
        return [npm]
    node = fetch_wheel(cache_dir, NODE_WHEEL, progress)
    return [str(node), str(node.parents[1] / "lib/node_modules/npm/bin/npm-cli.js")]


def _install(folder: Path, npm: list[str], progress: Progress) -> Path:
    log = folder / "npm.log"
    command = [*npm, "install", "--prefix", str(folder / "npm"), "--cache", str(folder / "npm-cache")]
    command += ["--ignore-scripts", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--omit=dev"]
    command += ["--no-update-notifier", "--loglevel=error", f"{PACKAGE}@{VERSION}"]
    (folder / "npm").mkdir()
    library = folder / "npm" / "node_modules" / PACKAGE / "libchdb.so"
    message = "downloading ClickHouse (MiB)"
    total = _LIBRARY_BYTES >> 20
    status = run_in(folder, command, log, lambda: progress(message, size_of(library.parent) >> 20, total))
    if status != 0 or not library.is_file():
        reason = last_line(log, lambda line: "npm error code" in line or "npm ERR! code" in line) or last_line(log)
        raise LocalError(f"npm could not install {PACKAGE}@{VERSION}: {reason}. Check the network and run it again.")
    progress(message, total, total)
    return library
