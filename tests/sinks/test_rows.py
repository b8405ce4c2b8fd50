"""What passes the sink's own check, what the guard in the INSERT finds, and that they agree on good records."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.clickhouse.tables import COMPLAINTS, DEAD_LETTERS, Origin
from sinks.bisect import store_around
from sinks.rows import Row, ValueCheck, dead_letter_payload
from tests.sinks.events import enriched

GOOD = orjson.loads(enriched(1).to_json())
"""A record in which no field is null."""

FIELDS = st.sampled_from([column.name for column in COMPLAINTS.of_origin(Origin.VALUE)])
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(FIELDS, JSON)
def test_a_field_fits_by_its_json_type_and_nothing_else(field: str, value: object) -> None:
    sent, nullable = GOOD[field], {"neighbours_out", "due_at", "queue_seconds"}
    if isinstance(sent, list):
        wanted = isinstance(value, list) and all(isinstance(item, str) for item in value)
    else:
        whole_for_real = type(sent) is float and type(value) is int
        wanted = type(value) is type(sent) or whole_for_real or (value is None and field in nullable)
    assert (ValueCheck(COMPLAINTS)(orjson.dumps({**GOOD, field: value})) is not None) == wanted


@given(FIELDS)
def test_a_missing_field_is_found_even_an_optional_one(field: str) -> None:
    assert ValueCheck(COMPLAINTS)(orjson.dumps({name: GOOD[name] for name in GOOD if name != field})) is None


@given(st.binary() | JSON.map(orjson.dumps))
def test_any_bytes_are_judged_without_an_error(value: bytes) -> None:
    assert ValueCheck(COMPLAINTS)(value) is None


@given(
    st.binary(),
    st.lists(st.tuples(st.sampled_from(["dl.topic", "dl.partition", "dl.offset", "dl.attempts", "x"]), st.binary())),
)
def test_a_dead_letter_with_any_headers_is_a_row(value: bytes, headers: list[tuple[str, bytes]]) -> None:
    payload, _, _ = dead_letter_payload(value, tuple(headers), 1, 7, 1_750_000_000_000)
    assert ValueCheck(DEAD_LETTERS)(payload) is not None
    assert orjson.loads(payload)["value_bytes"] == len(value)


@given(st.sets(st.integers(0, 30), max_size=12), st.integers(1, 31))
def test_bisection_stores_all_others_and_tells_the_refused_ones(bad: set[int], size: int) -> None:
    rows = [Row(offset, 0, b"", "", 0.0, None) for offset in range(size)]
    stored: dict[str, list[int]] = {}

    def store(part: list[Row] | tuple[Row, ...], token: str) -> bool:
        offsets = [each.offset for each in part]
        if bad & set(offsets):
            return False
        assert stored.setdefault(token, offsets) == offsets
        return True

    refused = store_around(rows, "t", store)  # type: ignore[arg-type]
    found = [each.offset for each in refused]
    if size > 1:
        assert found == sorted(bad & set(range(size)))
        assert sorted(offset for part in stored.values() for offset in part) == sorted(set(range(size)) - bad)


@pytest.mark.parametrize("value", [None, b"", b"null", b"[]", b"{}", b'"text"', b"\xff\xfe"])
def test_what_is_no_object_is_poison(value: bytes | None) -> None:
    assert ValueCheck(COMPLAINTS)(value) is None
