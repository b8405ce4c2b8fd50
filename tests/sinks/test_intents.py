"""Intents survive the trip through commit metadata, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinks.intents import (
    IN_TOPIC,
    NOTHING_PENDING,
    Intent,
    UnreadableIntentError,
    read_intent,
    read_record,
    record_value,
)

OFFSETS = st.integers(0, 2**63 - 1)


@given(OFFSETS, st.integers(0, 500_000), st.from_regex(r"\A[A-Za-z0-9-]{1,64}\Z"))
def test_an_intent_is_read_back_as_it_was(first: int, size: int, salt: str) -> None:
    intent = Intent(first, first + size, salt)
    assert read_intent(first, intent.metadata()) == intent
    assert len(intent.metadata()) < 4095


@pytest.mark.parametrize("metadata", ["v2|5|a", "v1|5", "v1|x|a", "v1|5|a|b", "0ffs3t", "v1|٥|a", "v1|9|a", IN_TOPIC])
def test_metadata_of_somebody_else_is_not_guessed_at(metadata: str) -> None:
    with pytest.raises(UnreadableIntentError):
        read_intent(10, metadata)


@given(OFFSETS, OFFSETS, OFFSETS, OFFSETS)
def test_different_ranges_have_different_tokens(first: int, last: int, other_first: int, other_last: int) -> None:
    same = (first, last) == (other_first, other_last)
    tokens = {Intent(*each, "s").token("t", 1, "x") for each in ((first, last), (other_first, other_last))}
    assert len(tokens) == (1 if same else 2)


@given(OFFSETS, st.integers(0, 500_000), OFFSETS)
def test_a_record_of_the_topic_counts_at_its_own_offset_only(first: int, size: int, other: int) -> None:
    metadata = Intent(first, first + size, "1-salt").metadata()
    value = record_value(first, metadata)
    assert read_record(value, first) == metadata
    assert read_record(value, other) == (metadata if other == first else NOTHING_PENDING)
    assert read_record(record_value(first, NOTHING_PENDING), first) == NOTHING_PENDING
