"""A service to supervise, called as `service.py PORT WORD JOURNAL [stubborn]`.

It answers GET with 200 and its word, and notes down in the journal when it is told to stop; a stubborn one then stays.
"""

import signal
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import FrameType

_, port, word, journal, *manner = sys.argv


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(word.encode())


def stop(_signal: int, _frame: FrameType | None) -> None:
    with Path(journal).open("a", encoding="utf-8") as file:
        file.write(f"{word}\n")
    if manner != ["stubborn"]:
        sys.exit(0)


signal.signal(signal.SIGTERM, stop)
HTTPServer(("127.0.0.1", int(port)), Handler).serve_forever()
