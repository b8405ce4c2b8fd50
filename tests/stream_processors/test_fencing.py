"""The word that another process has one's place comes through aiokafka."""

from __future__ import annotations

import copy

from stream_processors.fencing import FencedError


def test_aiokafka_can_copy_what_it_hands_on() -> None:
    assert str(copy.copy(FencedError())) == str(FencedError())
