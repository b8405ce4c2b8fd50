"""What an operator can set and see is written in docs/operations.md."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from prometheus_client.metrics import MetricWrapperBase

from runtime import metrics
from runtime.settings import PREFIX, Settings

OPERATIONS: Final = (Path(__file__).resolve().parents[2] / "docs" / "operations.md").read_text()


def test_every_setting_is_documented_with_its_meaning() -> None:
    for name, field in Settings.model_fields.items():
        assert f"`{PREFIX}{name.upper()}`" in OPERATIONS
        assert field.description and field.description in OPERATIONS


def test_every_metric_is_documented_with_its_meaning() -> None:
    for metric in (value for value in vars(metrics).values() if isinstance(value, MetricWrapperBase)):
        [family] = metric.describe()
        assert f"`{family.name}" in OPERATIONS
        assert family.documentation in OPERATIONS
