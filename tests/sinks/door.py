"""A door before a server: connections pass while it is open, and are cut off while it is shut."""

from __future__ import annotations

import contextlib
import socket
import threading
from types import TracebackType
from typing import Self


class Door:
    """Listens on a port of its own; `knocks` counts the connections that came, let in or not."""

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.knocks = 0
        self._open = True
        self._inside: list[socket.socket] = []

    def open(self) -> None:
        """Let connections in."""
        self._open = True

    def shut(self) -> None:
        """Cut off those inside, and everyone who comes."""
        self._open = False
        for each in self._inside:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self.shut()
        for each in (self._listener, *self._inside):
            each.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                guest, _ = self._listener.accept()
                self.knocks += 1
                if not self._open:
                    guest.close()
                    continue
                host = socket.create_connection(self._address)
                self._inside += [guest, host]
                for here, there in ((guest, host), (host, guest)):
                    threading.Thread(target=_pass_on, args=(here, there), daemon=True).start()


def _pass_on(here: socket.socket, there: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := here.recv(65_536):
            there.sendall(data)
    for each in (here, there):
        with contextlib.suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
