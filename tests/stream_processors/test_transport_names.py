"""The transport leans on names that its libraries do not promise; this fails, and names them, when one is gone."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest
from aiokafka.consumer.consumer import AIOKafkaConsumer
from aiokafka.consumer.fetcher import Fetcher
from aiokafka.consumer.group_coordinator import GroupCoordinator
from aiokafka.consumer.subscription_state import Assignment, Subscription, SubscriptionState, TopicPartitionState
from faust import App
from faust.tables.recovery import Recovery
from faust.transport.conductor import Conductor
from faust.transport.consumer import Consumer
from faust.transport.drivers import aiokafka as driver
from faust.types import ConsumerMessage
from mode import Service

from stream_processors.transport import BatchConsumer, BatchConsumerThread, BatchScheduler

OVERRIDDEN: list[tuple[type, type, str]] = [
    (BatchScheduler, BatchScheduler.__mro__[1], "iterate"),
    *(
        (BatchConsumerThread, driver.AIOKafkaConsumerThread, name)
        for name in ("_create_consumer", "_fetch_records", "on_start")
    ),
    (BatchConsumerThread, driver.AIOKafkaConsumerThread, "seek_to_committed"),
    *((BatchConsumer, driver.Consumer, name) for name in ("_new_consumer_thread", "_to_message", "subscribe")),
    *(
        (BatchConsumer, Consumer, name)
        for name in (
            "getmany",
            "ack",
            "perform_seek",
            "_filter_tps_with_pending_acks",
            "_new_offset",
            "_add_gap",
            "on_buffer_full",
            "on_buffer_drop",
        )
    ),
]


@pytest.mark.parametrize(("ours", "theirs", "name"), OVERRIDDEN, ids=lambda value: getattr(value, "__name__", value))
def test_what_is_overridden_is_there_and_takes_the_same(ours: type, theirs: type, name: str) -> None:
    taken, given = (list(inspect.signature(getattr(owner, name)).parameters) for owner in (ours, theirs))
    assert taken == given


USED_IN_SOURCE: list[tuple[Callable[..., Any], list[str]]] = [
    (Consumer.__init__, ["self._unacked_messages", "self._committed_offset", "self.scheduler"]),
    (Consumer._wait_next_records, ["self._getmany(", "self.flow_active", "self.can_resume_flow"]),
    (Consumer._drain_messages, ["getmany(timeout=1.0)", "self.wait_first(", "self._add_gap("]),
    (Consumer.wait_empty, ["self._unacked_messages", "self.commit_and_end_transactions"]),
    (Consumer.force_commit, ["self._filter_tps_with_pending_acks("]),
    (Consumer._filter_committable_offsets, ["self._new_offset("]),
    (Consumer.perform_seek, ["self.seek_to_committed()", "self._committed_offset.update("]),
    (driver.AIOKafkaConsumerThread.getmany, ["self.call_thread(", "self._fetch_records"]),
    (driver.AIOKafkaConsumerThread._fetch_records, ["self.consumer.flow_active", "fetcher.fetched_records("]),
    (driver.AIOKafkaConsumerThread.on_start, ["self._create_consumer("]),
    (driver.AIOKafkaConsumerThread._create_worker_consumer, ["table_standby_replicas", "fetch_max_wait_ms=1500"]),
    (driver.ConsumerRebalanceListener.on_partitions_revoked, ["on_rebalance_start()"]),
    (driver.ConsumerRebalanceListener.on_partitions_assigned, ["consumer_generation_id = generation"]),
    (App._on_partitions_revoked, ["stop_flow", "flow_control.clear", "_consumer_wait_empty"]),
    (App.on_rebalance_start, ["self.rebalancing = True"]),
    (App.on_rebalance_end, ["self.rebalancing = False"]),
    (Conductor._update_indices, ["self._acking_topics.add("]),
    (ConsumerMessage.on_final_ack, ["consumer.ack(self)"]),
    (GroupCoordinator._do_heartbeat, ["self._send_req(request)", "self.member_id"]),
    (GroupCoordinator._do_commit_offsets, ["self._send_req(request)"]),
    (GroupCoordinator.__init__, ["self._group_instance_id", "self.group_id"]),
    (Fetcher._proc_fetch_request, ["records = MemoryRecords(part_data[-1])"]),
    (AIOKafkaConsumer.start, ["self._fetch_max_wait_ms"]),
    (AIOKafkaConsumer.seek_to_committed, ["if offset and offset > 0", "self._fetcher.seek_to("]),
    (Fetcher.seek_to, ["del self._records[tp]"]),
]


@pytest.mark.parametrize(("function", "words"), USED_IN_SOURCE, ids=lambda value: getattr(value, "__qualname__", ""))
def test_what_the_transport_relies_on_is_as_it_was(function: Callable[..., Any], words: list[str]) -> None:
    source = inspect.getsource(function)
    assert [word for word in words if word not in source] == []


def test_each_rebalance_ends_in_a_seek_before_the_flow_goes_on() -> None:
    source = inspect.getsource(Recovery._resume_streams)
    order = ["consumer.perform_seek()", "app.flow_control.resume()", "consumer.resume_flow()", "app.on_rebalance_end()"]
    assert [word for word in order if word in source] == order
    assert sorted(order, key=source.index) == order


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (driver.AIOKafkaConsumerThread, "call_thread"),
        (driver.AIOKafkaConsumerThread, "_ensure_consumer"),
        (Consumer, "topic_partitions"),
        (driver.AIOKafkaConsumerThread, "assignment"),
        (TopicPartitionState, "has_valid_position"),
        (TopicPartitionState, "position"),
        (Assignment, "state_value"),
        (Assignment, "tps"),
        (Subscription, "assignment"),
        (SubscriptionState, "subscription"),
        (Conductor, "acking_topics"),
        (App, "rebalancing"),
        (Service, "crash_reason"),
        (Service, "wait_until_stopped"),
    ],
)
def test_what_the_worker_asks_is_there(owner: type, name: str) -> None:
    assert hasattr(owner, name)
