"""Reference data: packs for tests stand in `packs/`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
RIVER_TOWN: Final = Path(__file__).with_name("packs") / "river_town"
"""An invented pack with three substations, two of them with a help desk."""
KANPUR: Final = ROOT / "deploy" / "reference" / "kanpur"
"""The pack that ships: no transformers, no consumers."""
NAMES: Final = {
    "Weavers Lane": "f10",
    "बुनकर गली": "f10",
    "dokinare": "lake_2",
    "Purana Shahar": "in1",
    "Mill-Road": "mill.1",
    "LAKE SIDE": "lake_2",
    "दूर खेत": "f21",
}
"""Names of places in it as people may write them, each with the node that it leads to."""
