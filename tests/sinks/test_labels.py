"""Corrections: kept by complaint, given out with the text and without personal data."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner, Result

from cli.label import label
from insight.labels import COLUMNS, without_personal_data
from reference.active import activate
from tests.reference import KANPUR, ROOT
from tests.sinks.conftest import Backends
from tests.sinks.stage import PASSWORDS, Stage, connect_as

Run = Callable[..., Result]


@pytest.fixture
def run(backends: Backends, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    stage.admin.execute("TRUNCATE TABLE complaints.complaint_labels")
    monkeypatch.setenv("COMPLAINTS_CLICKHOUSE_HOST", backends.endpoints.clickhouse_host)
    monkeypatch.setenv("COMPLAINTS_CLICKHOUSE_PORT", str(backends.endpoints.clickhouse_native_port))
    monkeypatch.setenv("COMPLAINTS_CLICKHOUSE_ADMIN_PASSWORD", PASSWORDS["admin"])
    monkeypatch.setenv("COMPLAINTS_DATA_DIR", str(tmp_path))
    activate(KANPUR, tmp_path / "reference")
    return lambda *arguments, stdin=None: CliRunner().invoke(label, arguments, input=stdin)


def stored(stage: Stage, text: str, category: str = "no_supply", hazard: bool = False) -> UUID:
    complaint_id = uuid4()
    row = (complaint_id, text, "hinglish", category, hazard, "single", "call", "SS-1")
    stage.admin.execute(
        "INSERT INTO complaints.complaints"
        " (complaint_id, text, language, category, hazard, extent, channel, substation_id, stored_at) SELECT"
        " %(a)s, %(b)s, %(c)s, %(d)s, %(e)s, %(f)s, %(g)s, %(h)s, now64(3)",
        dict(zip("abcdefgh", row, strict=True)),
    )
    return complaint_id


def exported(run: Run) -> list[dict[str, str]]:
    result = run("export")
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(result.stdout.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def test_a_correction_is_a_row_of_the_training_data(run: Run, stage: Stage) -> None:
    one = stored(stage, "juhi me pole se jhatka, H.No 127/455, mera naam Ramesh Gupta hai, complaint 88213")
    assert run("add", f"--complaint-id={one}", "--category=billing").exit_code == 0
    done = run("add", f"--complaint-id={one}", "--category=pole_damage_shock", "--place=Juhi")
    assert done.exit_code == 0, done.output
    (row,) = exported(run)
    assert tuple(row) == COLUMNS
    with (ROOT / "tests" / "data" / "complaints.tsv").open(encoding="utf-8") as file:
        assert file.readline().rstrip("\n").split("\t") == list(COLUMNS)
    assert row["text"] == "juhi me pole se jhatka, H.No [house], mera naam [name] hai, complaint [number]"
    assert [row[name] for name in ("category", "hazard", "extent", "place", "language", "script", "trap")] == [
        "pole_damage_shock",
        "1",
        "single",
        "Juhi",
        "hinglish",
        "Latn",
        "-",
    ]
    assert row["split"] in ("train", "test") and row["family"].startswith("op-")


def test_a_file_is_taken_whole_or_not_at_all(run: Run, stage: Stage) -> None:
    ids = [stored(stage, "transformer se chingari"), stored(stage, "बिजली नहीं है")]
    head = "complaint_id\tcategory\thazard\n"
    wrong = (f"{uuid4()}\tno_supply\t", f"{ids[1]}\tline_broken\t0", "x\tno\t", f"{ids[1]}\t\tq")
    bad = f"{head}{ids[0]}\ttransformer_fault\t1\n" + "\n".join(wrong) + "\n"
    refused = run("add", "--file=-", stdin=bad)
    assert refused.exit_code == 1
    assert [line.partition(" must")[0] for line in refused.stderr.splitlines()] == [
        "row 5: complaint_id",
        "row 5: category",
        "row 6: hazard",
        "row 3: no complaint with this id is stored",
        "row 4: line_broken is a present danger by its meaning: choose another category",
    ]
    assert exported(run) == []
    good = f"{head}{ids[0]}\ttransformer_fault\t1\n{ids[1]}\tno_supply_area\t\n"
    assert run("add", "--file=-", stdin=good).exit_code == 0
    rows = {row["text"]: row for row in exported(run)}
    assert rows["transformer se chingari"]["hazard"] == "1"
    assert (rows["बिजली नहीं है"]["script"], rows["बिजली नहीं है"]["category"]) == ("Deva", "no_supply_area")


def test_a_label_without_text_is_counted_and_left_out(run: Run, stage: Stage) -> None:
    one = stored(stage, "meter jal gaya")
    assert run("add", f"--complaint-id={one}", "--category=meter_fault").exit_code == 0
    stage.admin.execute("ALTER TABLE complaints.complaints DELETE WHERE 1 SETTINGS mutations_sync = 1")
    result = run("export")
    assert "1 label(s) have no text any more" in result.stderr and result.stdout.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [["add"], ["add", "--complaint-id=x"], ["add", f"--complaint-id={uuid4()}", "--category=fire"]]
)
def test_wrong_use(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("mera naam suresh hai bijli nahi", "mera naam [name] hai bijli nahi"),
        ("मेरा नाम सुरेश कुमार है", "मेरा नाम [name] है"),
        ("name change karna hai bill me", "name change karna hai bill me"),
        ("mail a.b@c.in, 128/98 B kidwai nagar", "mail [email] [house] kidwai nagar"),
        ("3 ghante se, 440 volt", "3 ghante se, 440 volt"),
    ],
)
def test_what_may_tell_who_somebody_is_goes(text: str, kept: str) -> None:
    assert without_personal_data(text) == kept


def test_the_query_of_the_docs_runs_for_an_analyst(run: Run, stage: Stage, backends: Backends) -> None:
    assert run("add", f"--complaint-id={stored(stage, 'light nahi')}", "--category=no_supply").exit_code == 0
    (query,) = re.findall(r"```sql\n(.*?);\n```", (ROOT / "docs" / "labels.md").read_text(), re.DOTALL)
    analyst = connect_as(backends.endpoints, "complaints_analyst", PASSWORDS["analyst"])
    try:
        assert analyst.execute(query) == [("no_supply", 1, 1.0)]
    finally:
        analyst.disconnect()
