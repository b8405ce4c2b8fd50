"""The network of the day: a reference pack with four feeders, in which names are Kanpur's and sizes are round."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from cli.kanpur import SHIPPED_PACK
from reference.lookup import Reference
from reference.pack import read_pack
from reference.prepared import open_prepared, prepare
from reference.writing import csv_text
from schemas.reference import Consumer, Feeder, FeederKind, Incomer, Locality, PlannedOutage, Substation, Transformer
from tests.analysts.day import BARRA, PARAMPURWA, SAKET, VARUN

CONSUMERS: Final = {
    BARRA: {101: 400, 102: 400, 103: 400},
    VARUN: {201: 300, 202: 300},
    PARAMPURWA: {301: 110, 302: 890},
    SAKET: {401: 500, 402: 500},
}
"""Connections below each transformer."""

_NAMES: Final = {
    "SS-GUJAINI": "Gujaini",
    "SS-HORSEMAN-BAGH": "Horseman Bagh",
    "SS-PARAG-DAIRY": "Parag Dairy",
    BARRA[2]: "Barra Gaon",
    VARUN[2]: "Varun Vihar",
    PARAMPURWA[2]: "Parampurwa",
    SAKET[2]: "Saket Nagar",
}


def reference(folder: Path) -> Reference:
    """The pack, written below a folder, checked and prepared like any other."""
    substations = {path[1]: path[0] for path in CONSUMERS}
    rows = {
        "incomers": csv_text(Incomer, [Incomer(each, each, "") for each in substations.values()]),
        "substations": csv_text(
            Substation,
            [
                Substation(each, _NAMES[each], "", (), "", "", above, None, None, each != "SS-GUJAINI", 0)
                for each, above in substations.items()
            ],
        ),
        "feeders": csv_text(
            Feeder, [Feeder(path[2], _NAMES[path[2]], (), path[1], FeederKind.URBAN, 0) for path in CONSUMERS]
        ),
        "transformers": csv_text(
            Transformer,
            [
                Transformer(f"DT-{number}", path[2], f"{_NAMES[path[2]]} {number}", None, None, None, consumers)
                for path, below in CONSUMERS.items()
                for number, consumers in below.items()
            ],
        ),
        "consumers": csv_text(Consumer, []),
        "localities": csv_text(Locality, []),
        "planned_outages": csv_text(PlannedOutage, []),
    }
    pack = folder / "pack"
    pack.mkdir()
    for name, text in rows.items():
        (pack / f"{name}.csv").write_text(text, encoding="utf-8")
    shutil.copy(SHIPPED_PACK / "service_limits.csv", pack)
    return open_prepared(prepare(read_pack(pack), folder / "prepared"))
