"""Logs: one line an event on standard error, as text or as JSON, for the whole process."""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime
from typing import Final, Literal

import orjson

NOISY: Final = ("aiokafka", "faust", "mode", "runtime.kafka")
"""Loggers of clients that retry many times a second."""

PERIOD_SECONDS: Final = 10.0

_STANDARD: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonFormatter(logging.Formatter):
    """One JSON object a line: at, level, logger, message, and whatever was passed as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line for one log record."""
        fields = {name: value for name, value in vars(record).items() if name not in _STANDARD}
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **fields,
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return orjson.dumps(line, default=str).decode()


class TextFormatter(logging.Formatter):
    """`time LEVEL logger message key=value …`."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line without its traceback."""
        fields = " ".join(f"{name}={value}" for name, value in vars(record).items() if name not in _STANDARD)
        line = super().formatMessage(record)
        return f"{line} {fields}" if fields else line


class OnceInAWhile(logging.Filter):
    """Lets each message of the noisy loggers through once in PERIOD_SECONDS."""

    def __init__(self) -> None:
        super().__init__()
        self._next: dict[tuple[str, int], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the message is to be logged; the place in the code that logs it tells it from others."""
        if not record.name.startswith(NOISY):
            return True
        place = (record.pathname, record.lineno)
        if record.created < self._next.get(place, 0.0):
            return False
        self._next[place] = record.created + PERIOD_SECONDS
        return True


def configure_logs(level: str, form: Literal["json", "text"]) -> None:
    """Send this process's logs to standard error. Called once, by a process's main."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if form == "json" else TextFormatter())
    handler.addFilter(OnceInAWhile())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    for noisy in NOISY:
        logging.getLogger(noisy).setLevel(max(logging.WARNING, logging.getLevelName(level)))
