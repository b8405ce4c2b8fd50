"""What a detector says of itself when the group is lost."""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import pytest

from insight.detection.lease import Lease


@pytest.mark.parametrize("partitions", [[], [Mock(topic="clock", partition=0)]])
def test_one_that_lost_its_session_is_not_in_line_until_the_group_answers_again(partitions: list[Any]) -> None:
    with Lease("127.0.0.1:1", "nobody", 6) as lease:
        told = [lease.joined]
        for happened in (lease._assigned, lease._lost, lease._assigned):
            happened(Mock(), partitions)
            told.append(lease.joined)
    assert told == [False, True, False, True]
