"""How far a batch that is declared and not yet stored is from leaving the deduplication window. Pure.

ClickHouse keeps a table's last tokens, WINDOW of them. A batch that is tried again is recognised only while its token
is among them. So what counts is how many INSERTs went into the table since the oldest such batch was declared.
"""

from __future__ import annotations

from collections.abc import Iterable


class TokenCount:
    """The INSERTs of this process, by table."""

    def __init__(self) -> None:
        self._of: dict[str, int] = {}

    def add(self, table: str) -> None:
        """One INSERT, stored or not: nobody knows whether its token is taken."""
        self._of[table] = self.of(table) + 1

    def of(self, table: str) -> int:
        """So many INSERTs until now."""
        return self._of.get(table, 0)


def headroom_ratio(tokens: int, pending_since: Iterable[int], window: int) -> float:
    """What is left of the window, from 1 (nothing is pending, or nothing came after it) to 0 (a repeat may be double).

    `tokens` is the count now, `pending_since` what it was when each pending batch was declared.
    """
    return max(0.0, 1.0 - (tokens - min(pending_since, default=tokens)) / window)
