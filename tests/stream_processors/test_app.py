"""The app's own rules, before any record."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import faust
import pytest
from faust.exceptions import ImproperlyConfigured

from stream_processors.app import WorkerSettings, make_app
from stream_processors.output import ConfirmedOutput
from stream_processors.processing import BatchProcessor
from stream_processors.transport import BatchConsumer

NOWHERE = "127.0.0.1:9"


async def subscribe(folder: Path, change: Callable[[faust.App], object]) -> None:
    settings = WorkerSettings(NOWHERE, "group", "1", ["raw"], folder)
    processor = BatchProcessor(lambda: pytest.fail("no record was read"), ConfirmedOutput(NOWHERE, "test"), int)
    app = make_app(settings, processor)
    change(app)
    consumer = app.consumer
    assert isinstance(consumer, BatchConsumer)
    try:
        await consumer.subscribe(["raw"])
    finally:
        consumer._thread.thread_loop.close()
        processor.close()


@pytest.mark.parametrize(
    "change",
    [lambda app: app.Table("counts", default=int), lambda _app: None],
    ids=["a table", "a topic that no agent acknowledges"],
)
def test_an_app_that_needs_single_messages_is_refused(tmp_path: Path, change: Callable[[faust.App], object]) -> None:
    with pytest.raises(ImproperlyConfigured, match="no tables, no replies"):
        asyncio.run(subscribe(tmp_path, change))
