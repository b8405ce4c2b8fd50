"""Another pack is put into use without a restart and without a change of code: names, ids, 5, 9 or 96 help desks."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from reference.maker import complete_pack
from runtime.kafka import existing_topics
from schemas.topics import DESK_PREFIX, desk_topic
from tests.pipeline.events import complaint
from tests.pipeline.running import Pipeline
from tests.reference import KANPUR, RIVER_TOWN
from tests.reference.editing import copy_of, edited


@pytest.fixture(autouse=True)
def river_town_afterwards(pipeline: Pipeline) -> Iterator[None]:
    yield
    pipeline.complaints("reference", "load", str(RIVER_TOWN))


def with_help_desks(folder: Path, desks: int) -> Path:
    """Kanpur with so many help desks and a few consumers."""
    source = copy_of(KANPUR, folder / "source")
    file = source / "substations.csv"
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    for number, row in enumerate(rows):
        row["help_desk"] = str(number < desks).lower()
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    complete_pack(source, folder / "pack", seed=desks, consumers=1_000, transformers=700)
    return folder / "pack"


@pytest.mark.parametrize("desks", [5, 9, 96])
def test_help_desks_are_configuration(pipeline: Pipeline, source: str, tmp_path: Path, desks: int) -> None:
    pack = with_help_desks(tmp_path, desks)
    told = pipeline.complaints("reference", "load", str(pack))
    version = told.split("version ")[1].split(".")[0]
    with (pack / "substations.csv").open(encoding="utf-8") as file:
        substations = [row["substation_id"] for row in csv.DictReader(file)]
    with_desk, without_desk = substations[:desks], substations[desks:]
    topics = existing_topics(pipeline.settings.kafka_bootstrap_servers)
    assert {desk_topic(desk) for desk in with_desk} <= set(topics)

    await_pack(pipeline, source, version)
    pipeline.publish(
        [complaint(source, place, channel="helpdesk", help_desk={"substation_id": place}) for place in substations]
    )
    pipeline.await_rows(
        "SELECT uniqExact(substation_id) FROM complaints_current"
        " WHERE source = %(source)s AND routed_by = 'help_desk' AND source_id = substation_id",
        [(len(substations),)],
        {"source": source},
    )
    for place in with_desk:
        assert ours(pipeline, place, source) == [place.encode()]
    for place in without_desk[:3]:
        if desk_topic(place) in topics:
            assert ours(pipeline, place, source) == []


def await_pack(pipeline: Pipeline, source: str, version: str) -> None:
    """Wait until the processor has taken the pack."""
    query = "SELECT countIf(reference_version = %(version)s) > 0 FROM complaints_current WHERE source = %(source)s"
    for number in range(20):
        pipeline.publish([complaint(f"{source}/probe", f"{version}-{number}")])
        count = "SELECT count() FROM complaints_current WHERE source = %(source)s AND source_id = %(id)s"
        names = {"source": f"{source}/probe", "id": f"{version}-{number}", "version": version}
        pipeline.await_rows(count, [(1,)], names)
        if pipeline.rows(query, names) == [(1,)]:
            return
    pytest.fail("the processor did not take the pack")


def ours(pipeline: Pipeline, substation_id: str, source: str) -> list[bytes]:
    """The ids of this test's events on a desk's topic."""
    headers = [dict(record.headers()) for record in pipeline.records(DESK_PREFIX + substation_id)]
    return [header["ce_id"] for header in headers if header["ce_source"] == source.encode()]


def test_a_pack_with_errors_is_refused_whole_and_the_one_in_use_stays(
    pipeline: Pipeline, source: str, tmp_path: Path
) -> None:
    broken = edited(
        tmp_path / "pack", feeders=("f20,Lake Side,,lake_2", "f20,Lake Side,,nowhere"), incomers=("in2,", "in1,")
    )
    for command in ("check", "load"):
        told = pipeline.complaints("reference", command, str(broken), exit_code=1)
        assert "incomers.csv row 3, incomer_id" in told
        assert "feeders.csv row 4, substation_id" in told
    pipeline.publish([complaint(source, "1", account_no="0000000003")])
    pipeline.await_rows(
        "SELECT substation_id, feeder_id, transformer_id, routed_by FROM complaints_current WHERE source = %(source)s",
        [("mill.1", "f10", "t100", "account")],
        {"source": source},
    )
