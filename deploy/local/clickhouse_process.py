"""One ClickHouse server as a process of its own, out of libchdb.so.

Called as `clickhouse_process.py LIBRARY CONFIG DATA_FOLDER`. The library's C entry `chdb_query_cmdline` runs
clickhouse-local, told to listen and then to wait: its last query reads a pipe on which nothing is ever written, so
closing the pipe is the orderly stop, asked for by SIGTERM or SIGINT. SIGTERM is blocked in every thread, since the
library's own threads would otherwise get it.

Exit status: 0 after an orderly stop, 75 when another process holds the data folder, 1 when the server ended by itself.
Stands alone (standard library only), so that it can be run by path in a bare interpreter.
"""

import ctypes
import fcntl
import os
import shutil
import signal
import sys
import threading
import time
from pathlib import Path

EXIT_LOCKED = 75
_LOCK_WAIT_SECONDS = 10.0
"""A server that was killed a moment ago may still be letting go of its files."""

_ENDED = signal.SIGUSR1


def lock_folder(folder: Path) -> int | None:
    """Take the lock of a data folder for the life of this process; None when another process keeps it."""
    handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    until = time.monotonic() + _LOCK_WAIT_SECONDS
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return handle
        except BlockingIOError:
            if time.monotonic() > until:
                return None
            time.sleep(0.1)


def forget_system_tables(folder: Path) -> None:
    """Delete the files of the `system` database: it is made anew in memory at each start and would clash with them."""
    for part in ("data", "metadata"):
        shutil.rmtree(folder / part / "system", ignore_errors=True)


def catches_abort() -> bool:
    """Say whether this process has a handler for SIGABRT: the library sets it while it starts, before it listens."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    caught = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught, 16) >> (signal.SIGABRT - 1) & 1)


def serve(library: ctypes.CDLL, config: Path, folder: Path, waiting: int) -> None:
    """Run the server until the pipe `waiting` is closed at its other end; print the library's error, if any."""
    query = (
        "SYSTEM START LISTEN TCP; SYSTEM START LISTEN HTTP; "
        f"SELECT * FROM file('/dev/fd/{waiting}', 'LineAsString', 'l String') "
        "SETTINGS log_queries = 0, max_execution_time = 0 FORMAT Null"
    )
    words = ["clickhouse-local", f"--config-file={config}", f"--path={folder}", f"--query={query}"]
    arguments = (ctypes.c_char_p * len(words))(*(os.fsencode(word) for word in words))
    library.chdb_query_cmdline.restype = ctypes.c_void_p
    library.chdb_result_error.argtypes = [ctypes.c_void_p]
    library.chdb_result_error.restype = ctypes.c_char_p
    result = library.chdb_query_cmdline(len(words), arguments)
    error = library.chdb_result_error(result) if result else b"no result"
    if error:
        sys.stderr.write(f"ClickHouse ended: {error.decode(errors='replace').strip()}\n")
    os.kill(os.getpid(), _ENDED)


def main(library_path: str, config: str, data_folder: str) -> int:
    signals = {signal.SIGTERM, signal.SIGINT, _ENDED}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    folder = Path(data_folder)
    folder.mkdir(parents=True, exist_ok=True)
    if lock_folder(folder) is None:
        sys.stderr.write("another process holds this ClickHouse data folder\n")
        return EXIT_LOCKED
    forget_system_tables(folder)
    library = ctypes.CDLL(library_path)
    waiting, closing = os.pipe()
    server = threading.Thread(target=serve, args=(library, Path(config), folder, waiting), daemon=True)
    server.start()
    got = None
    while got is None and not catches_abort():
        got = signal.sigtimedwait(signals, 0.1)
    # The library's own handler makes a crashing server linger for seconds before it ends.
    signal.signal(signal.SIGABRT, signal.SIG_DFL)
    if (got.si_signo if got else signal.sigwait(signals)) == _ENDED:
        return 1
    os.close(closing)
    server.join()
    return 0


if __name__ == "__main__":
    status = main(*sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # the library's own exit handlers have nothing left to do and can crash
