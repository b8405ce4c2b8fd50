"""The tables are the models, column for column."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from schemas.clickhouse.tables import COMPLAINT_STATUS, COMPLAINTS, NETWORK_EVENTS, OUTAGES, Origin, Table
from schemas.enriched import ComplaintEnriched
from schemas.network import NetworkEventAccepted
from schemas.outage import OutageStateChanged
from schemas.status import StatusAccepted


@pytest.mark.parametrize(
    ("table", "model"),
    [
        (COMPLAINTS, ComplaintEnriched),
        (COMPLAINT_STATUS, StatusAccepted),
        (NETWORK_EVENTS, NetworkEventAccepted),
        (OUTAGES, OutageStateChanged),
    ],
)
def test_a_table_takes_every_field_of_its_event(table: Table, model: type[BaseModel]) -> None:
    columns = {column.name: column for column in table.of_origin(Origin.VALUE)}
    assert list(columns) == [name for name in model.model_fields if name in columns]
    assert set(columns) == set(model.model_fields)
    for name, field in model.model_fields.items():
        assert columns[name].nullable == ("None" in str(field.annotation)), name
