"""A log line is one JSON object, and a library that retries does not flood it."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import orjson
import pytest

from runtime.logs import configure_logs


@pytest.fixture(autouse=True)
def loggers_as_before() -> Iterator[None]:
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    yield
    logging.captureWarnings(False)
    root.setLevel(level)
    root.handlers[:] = handlers


def test_a_line_is_one_json_object_with_its_extras(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("INFO", "json")
    logging.getLogger("sinks").info("stored", extra={"rows": 3})
    line = orjson.loads(capsys.readouterr().err)
    assert (line["level"], line["logger"], line["message"], line["rows"]) == ("INFO", "sinks", "stored", 3)


def test_a_library_that_retries_is_heard_once(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("INFO", "text")
    for attempt in range(50):
        logging.getLogger("aiokafka.client").error("no connection, attempt %s", attempt)
        logging.getLogger("sinks").info("stored %s", attempt)
    lines = capsys.readouterr().err.splitlines()
    assert sum("aiokafka.client" in line for line in lines) == 1
    assert sum("stored" in line for line in lines) == 50
