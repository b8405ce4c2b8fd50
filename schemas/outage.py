"""`in.co.kesco.outage.state.v1`: one state of one outage."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from schemas.base import Outgoing
from schemas.vocabulary import NodeKind, OutageState


class OutageStateChanged(Outgoing):
    """One row of ClickHouse `outages`, as written to the topic `outages` with key `outage_id`."""

    outage_id: str
    node_id: str
    node_kind: NodeKind
    state: OutageState
    at: datetime
    started_at: datetime
    detected_at: datetime
    customers_reporting: Annotated[int, Field(ge=0)]
    customers_affected: Annotated[int, Field(ge=0, description="an estimate")]
    score: float
    rule_set: str
    planned: bool
    parent_outage_id: str
