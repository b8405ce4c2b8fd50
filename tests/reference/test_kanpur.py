"""The pack that ships, and help desks as configuration."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from reference.active import ActiveReference, activate
from reference.pack import read_pack
from tests.reference import KANPUR
from tests.reference.editing import copy_of

DEFAULT_POINT = (26.47356, 80.35069)
"""Where the post office directory puts nine offices of all parts of the city."""


def test_it_has_the_published_sizes() -> None:
    tables = read_pack(KANPUR).tables
    assert len(tables.substations) == 96
    assert sum("synthetic" not in row.name_en for row in tables.substations) == 57
    assert sum(row.help_desk for row in tables.substations) == 9
    below = [sum(row.incomer_id == incomer.incomer_id for row in tables.substations) for incomer in tables.incomers]
    assert min(below) >= 1 and max(below) <= 4


def test_filling_is_marked_in_id_and_name() -> None:
    tables = read_pack(KANPUR).tables
    named = [(row.substation_id, row.name_en) for row in tables.substations]
    named += [(row.feeder_id, row.name) for row in tables.feeders]
    named += [(row.incomer_id, row.name) for row in tables.incomers]
    for node_id, name in named:
        invented_feeder_of = node_id.startswith("F-") and "-SYN-" in node_id
        assert name.endswith("(synthetic)") == (node_id.startswith(("SS-SYN-", "IN-SYN-")) or invented_feeder_of)


def test_no_position_is_a_default_point_and_every_one_has_its_provenance() -> None:
    positions = {row.substation_id: (row.latitude, row.longitude) for row in read_pack(KANPUR).tables.substations}
    assert len(set(positions.values())) == 96 and DEFAULT_POINT not in positions.values()
    with (KANPUR / "provenance.csv").open(newline="") as lines:
        marked = {row["id"]: row["status"] for row in csv.DictReader(lines) if row["columns"] == "latitude, longitude"}
    assert marked.keys() == positions.keys() and set(marked.values()) == {"source", "synthetic"}


def test_localities_have_aliases_in_both_scripts_and_limits_say_what_is_a_placeholder() -> None:
    tables = read_pack(KANPUR).tables
    assert all(not "".join(row.aliases).isascii() for row in tables.localities)
    for limit in tables.service_limits:
        assert limit.verified != ("placeholder" in limit.source) or limit.source.startswith("UP")


@pytest.mark.parametrize("desks", [5, 9, 96])
def test_help_desks_are_configuration(tmp_path: Path, desks: int) -> None:
    folder = copy_of(KANPUR, tmp_path / "pack")
    file = folder / "substations.csv"
    with file.open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    with file.open("w", newline="") as out:
        writer = csv.DictWriter(out, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, "help_desk": "true" if at < desks else "false"} for at, row in enumerate(rows))
    activate(folder, tmp_path / "store")
    reference = ActiveReference(tmp_path / "store").current()
    assert [desk.substation_id for desk in reference.help_desks()] == [row["substation_id"] for row in rows[:desks]]
