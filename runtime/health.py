"""/metrics, /livez and /readyz from threads of their own, so that they answer while the main loop is busy or stuck."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Final, Self

from prometheus_client import REGISTRY
from prometheus_client.exposition import choose_encoder

from runtime.settings import ConfigurationError

Probe = Callable[[], tuple[bool, str]]
"""Answers whether all is well, and in one line why not."""

_log: Final = logging.getLogger(__name__)


class HealthServer:
    """Serves one process's metrics and health. A context manager; `port` is the one really bound (0 asks for any).

    Raises ConfigurationError when the address is taken or none of this machine.
    """

    def __init__(self, host: str, port: int, *, live: Probe, ready: Probe) -> None:
        probes = {"/livez": live, "/readyz": ready}

        class Handler(BaseHTTPRequestHandler):
            timeout = 10

            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                if path == "/metrics":
                    encode, content_type = choose_encoder(self.headers.get("Accept") or "")
                    self._answer(HTTPStatus.OK, content_type, encode(REGISTRY))
                elif path in probes:
                    well, why = probes[path]()
                    status = HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE
                    self._answer(status, "text/plain; charset=utf-8", f"{why or 'ok'}\n".encode())
                else:
                    self._answer(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"/metrics, /livez, /readyz\n")

            def _answer(self, status: HTTPStatus, content_type: str, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                _log.debug(format, *args)

        try:
            self._server = ThreadingHTTPServer((host, port), Handler)
        except OSError as error:
            raise ConfigurationError(
                [f"COMPLAINTS_METRICS_HOST, COMPLAINTS_METRICS_PORT: nothing can listen there: {error.strerror}"]
            ) from error
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, name="health", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        _log.info("metrics and health are served", extra={"port": self.port})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
