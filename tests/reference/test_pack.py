"""A pack with errors is refused with all of them; what is merely odd is noted."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from reference.pack import read_pack
from reference.problems import PackError, PackInvalid
from schemas.reference import Substation, columns_of
from tests.reference import RIVER_TOWN
from tests.reference.editing import copy_of, edited

SUBSTATION_COLUMNS = ",".join(columns_of(Substation))
BROKEN = {
    "incomers.csv": """incomer_id,name,grid_substation
in1,North,Hill
in1,Again,Hill
""",
    "substations.csv": SUBSTATION_COLUMNS
    + """
a.1,One,,,,,in1,91,73.5,true,1
a_1,Two,,,,,in9,24.5,,maybe,-1
bad id,,,,,,in1,,,no,
unrouted,Four,,,,,in1,x,y,no,1.5
in1,Five,,,,,in1,,,no,
""",
    "feeders.csv": """feeder_id,name,aliases,substation_id,kind,consumers
f1,First,,a.1,suburban,1
f2,Second,,zz,urban,1
,Third,,a.1,urban,1
f4,Fourth,,a.1,urban
f5,A\x07bell,,a.1,urban,1
""",
    "transformers.csv": """transformer_id,feeder_id,name,capacity_kva,latitude,longitude,consumers
t1,f1,,0,,,
t2,f9,,nan,,181,
""",
    "localities.csv": """locality,aliases,pincode,node_ids,verified
Here,,31300,f1|nowhere,true
,,313001,t1,2
""",
    "planned_outages.csv": """planned_id,node_id,starts_at,ends_at,reason
p1,t1,2026-06-20T10:00:00,2026-06-20T11:00:00Z,
p1,gone,2026-06-20T10:00:00Z,2026-06-20T10:00:00Z,
p3,t1,2026-02-30T10:00:00Z,,
""",
    "service_limits.csv": """category,area_class,limit_hours,compensation_rs,per,source,verified
no_supply,urban,0,-1,house,,true
no_supply,urban,4,,case,,true
no_light,urban,soon,,case,,true
""",
    "consumers.csv": """account_no,old_account_no,phone,transformer_id,locality,pincode,special_need,kind
1111111111,22222222,9812345678,t1,,,none,
111111111a,2222222,98123,t9,,1,vip,
1111111111,22222222,,t1,,,,
33333333,3333333333,,t1,,,,extra,cell
""",
}

EXPECTED = {
    "incomers.csv": {(3, "incomer_id")},
    "substations.csv": {
        (2, "latitude"),
        (3, "substation_id"),
        (3, "incomer_id"),
        (3, "latitude"),
        (3, "help_desk"),
        (3, "consumers"),
        (4, "substation_id"),
        (4, "name_en"),
        (5, "substation_id"),
        (5, "latitude"),
        (5, "longitude"),
        (5, "consumers"),
        (6, "substation_id"),
    },
    "feeders.csv": {(2, "kind"), (3, "substation_id"), (4, "feeder_id"), (5, ""), (6, "name")},
    "transformers.csv": {(2, "capacity_kva"), (3, "feeder_id"), (3, "capacity_kva"), (3, "longitude")},
    "localities.csv": {(2, "pincode"), (2, "node_ids"), (3, "locality"), (3, "verified")},
    "planned_outages.csv": {
        (2, "starts_at"),
        (3, "planned_id"),
        (3, "node_id"),
        (3, "ends_at"),
        (4, "starts_at"),
        (4, "ends_at"),
    },
    "service_limits.csv": {
        (2, "limit_hours"),
        (2, "compensation_rs"),
        (2, "per"),
        (3, "area_class"),
        (4, "category"),
        (4, "limit_hours"),
    },
    "consumers.csv": {
        (3, "account_no"),
        (3, "old_account_no"),
        (3, "phone"),
        (3, "transformer_id"),
        (3, "pincode"),
        (3, "special_need"),
        (4, "account_no"),
        (4, "old_account_no"),
        (5, ""),
    },
}


def errors_of(folder: Path) -> tuple[PackError, ...]:
    with pytest.raises(PackInvalid) as refused:
        read_pack(folder)
    return refused.value.errors


def test_every_error_is_listed_at_once(tmp_path: Path) -> None:
    for name, content in BROKEN.items():
        (tmp_path / name).write_text(content)
    errors = errors_of(tmp_path)
    found = {file: {(error.row, error.column) for error in errors if error.file == file} for file in EXPECTED}
    assert found == EXPECTED
    assert len(errors) == sum(map(len, EXPECTED.values()))


def test_no_error_shows_a_value_of_a_consumer(tmp_path: Path) -> None:
    for name, content in BROKEN.items():
        (tmp_path / name).write_text(content)
    shown = "\n".join(str(error) for error in errors_of(tmp_path) if error.file == "consumers.csv")
    for value in ("1111111111", "22222222", "9812345678", "98123", "vip", "t9", "extra"):
        assert value not in shown


def test_river_town_is_whole() -> None:
    pack = read_pack(RIVER_TOWN)
    assert len(pack.consumers) == 29
    assert pack.notes == ("localities.csv: 1 row(s) name no node that feeds the place",)


def test_missing_files_and_columns_raise_no_errors_that_only_follow_from_them(tmp_path: Path) -> None:
    folder = edited(tmp_path / "pack", feeders=("feeder_id,name", "id,name"))
    (folder / "substations.csv").unlink()
    (folder / "localities.csv").unlink()
    assert [(error.file, error.row, error.column) for error in errors_of(folder)] == [
        ("feeders.csv", 1, "feeder_id"),
        ("substations.csv", 0, ""),
    ]


def test_consumers_need_transformers(tmp_path: Path) -> None:
    folder = copy_of(RIVER_TOWN, tmp_path / "pack")
    (folder / "transformers.csv").unlink()
    assert [(error.file, error.row) for error in errors_of(folder)] == [("transformers.csv", 0)]


def test_optional_files_may_be_absent(tmp_path: Path) -> None:
    folder = copy_of(RIVER_TOWN, tmp_path / "pack")
    absent = ["transformers.csv", "consumers.csv", "localities.csv", "planned_outages.csv", "service_limits.csv"]
    for name in absent:
        (folder / name).unlink()
    (folder / "localities.csv").write_text("locality,aliases,pincode,node_ids,verified\n")
    pack = read_pack(folder)
    assert len(pack.notes) == 4 and len(pack.consumers) == 0 and pack.tables.transformers == ()


@pytest.mark.parametrize("name", ["incomers", "substations", "feeders", "localities", "consumers"])
def test_a_byte_order_mark_crlf_and_packing_make_no_difference(tmp_path: Path, name: str) -> None:
    folder = copy_of(RIVER_TOWN, tmp_path / "pack")
    file = folder / f"{name}.csv"
    changed = b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n")
    if name == "consumers":
        (folder / "consumers.csv.gz").write_bytes(gzip.compress(changed))
        file.unlink()
    else:
        file.write_bytes(changed)
    whole, other = read_pack(RIVER_TOWN), read_pack(folder)
    assert (other.tables, other.consumers, other.version) == (whole.tables, whole.consumers, whole.version)


def test_the_order_of_columns_unknown_ones_and_blank_rows_make_no_difference(tmp_path: Path) -> None:
    folder = copy_of(RIVER_TOWN, tmp_path / "pack")
    rows = ["grid_substation, colour ,name,incomer_id", "Hill Grid,red,North line,in1", "", ",,,"]
    (folder / "incomers.csv").write_text("\n".join([*rows, "Hill Grid,,South line, in2 ", ",,,"]))
    pack = read_pack(folder)
    assert pack.tables.incomers == read_pack(RIVER_TOWN).tables.incomers
    assert "incomers.csv: 1 column(s) that the pack does not know are left out" in pack.notes


@pytest.mark.parametrize(
    ("content", "row", "rule"),
    [
        (b"incomer_id,name,grid_substation\nin1,a,b\nin2,\xff,c\n", 3, "must be UTF-8"),
        (b'incomer_id,name,grid_substation\nin1,a,b\nin2,"c,d\n', 3, "must be CSV"),
        ("incomer_id,name,grid_substation\nin1,a,b\n".encode("utf-16"), 1, "must be UTF-8"),
        (b"", 1, "column is missing"),
        (b"incomer_id,name,grid_substation\n", 0, "must have at least one row"),
    ],
)
def test_files_that_are_no_table(tmp_path: Path, content: bytes, row: int, rule: str) -> None:
    folder = copy_of(RIVER_TOWN, tmp_path / "pack")
    (folder / "incomers.csv").write_bytes(content)
    assert any(error.file == "incomers.csv" and error.row == row and rule in error.rule for error in errors_of(folder))


def test_a_broken_gzip_and_two_files_of_consumers(tmp_path: Path) -> None:
    folder = copy_of(RIVER_TOWN, tmp_path / "pack")
    (folder / "consumers.csv.gz").write_bytes(gzip.compress((folder / "consumers.csv").read_bytes()))
    assert "must not stand beside" in str(errors_of(folder)[0])
    (folder / "consumers.csv.gz").write_bytes(b"\x1f\x8b" + b"\0" * 40)
    assert "cannot be read" in str(errors_of(folder)[0])
    assert "must be a folder" in str(errors_of(tmp_path / "nowhere")[0])


def test_numbers_that_differ_from_the_consumers_are_noted(tmp_path: Path) -> None:
    folder = edited(tmp_path / "pack", transformers=("250,24.5805,73.6815,5", "250,24.5805,73.6815,6"))
    assert (
        "transformers.csv: 1 row(s) state another number of consumers than consumers.csv has" in read_pack(folder).notes
    )


def test_the_version_names_the_content(tmp_path: Path) -> None:
    other = edited(tmp_path / "pack", service_limits=("no_supply,urban,4", "no_supply,urban,5"))
    assert read_pack(other).version != read_pack(RIVER_TOWN).version
    assert len(read_pack(other).version) == 12
