"""A Kafka that is away is told in the process's own log, once in a while."""

from __future__ import annotations

import logging
import time

import pytest
from confluent_kafka import Consumer

from deploy.local.ports import free_port
from runtime.kafka import admin_client, reader_config


def test_a_client_writes_nothing_past_the_log(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    nobody = f"127.0.0.1:{free_port(set())}"
    admin = admin_client(nobody)
    consumer = Consumer(reader_config(nobody, client_id="test"))
    deadline = time.monotonic() + 1
    with caplog.at_level(logging.WARNING, "runtime.kafka"):
        while time.monotonic() < deadline:
            consumer.poll(0.1)
            admin.poll(0)
    consumer.close()
    assert f"{nobody}/bootstrap: Connect to" in caplog.text
    assert "%3|" not in capfd.readouterr().err
