"""Find the records that the store refuses, storing all the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sinks.rows import Row

Store = Callable[[Sequence[Row], str], bool]
"""Stores rows under a token; False when the store refuses them. Other errors are raised."""


def store_around(rows: Sequence[Row], token: str, store: Store) -> list[Row]:
    """Store `rows`, which were refused as one batch, in halves and halves of halves; returns the single rows refused.

    The same range is always halved at the same places and each half has a token of its own. So a sink that dies in the
    middle, and the one that takes over, do the same inserts again and none counts twice.
    """
    if len(rows) == 1:
        return list(rows)
    refused: list[Row] = []
    middle = len(rows) // 2
    for half in (rows[:middle], rows[middle:]):
        part = f"{token}:{half[0].offset}-{half[-1].offset}"
        if not store(half, part):
            refused += store_around(half, token, store)
    return refused
