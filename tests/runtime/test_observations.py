"""Observations of a batch count as each alone does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry, Histogram

from runtime.observations import observe_all

BOUNDS = (0.5, 1.0, 2.0)


def samples(histogram: Histogram) -> list[tuple[str, object, float]]:
    return [
        (sample.name, sample.labels, round(sample.value, 6))
        for family in histogram.collect()
        for sample in family.samples
        if not sample.name.endswith("_created")
    ]


@given(st.lists(st.lists(st.one_of(st.sampled_from([0.0, *BOUNDS]), st.floats(0, 9)), max_size=20), max_size=3))
def test_a_batch_counts_as_each_alone(batches: list[list[float]]) -> None:
    each, together = (Histogram("h", "h", buckets=BOUNDS, registry=CollectorRegistry()) for _ in range(2))
    for amounts in batches:
        observe_all(together, amounts)
        for amount in amounts:
            each.observe(amount)
    assert samples(together) == samples(each)
