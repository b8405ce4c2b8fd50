"""What is written to the store of consumers is what is found there."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from reference.consumers import ConsumerStore, KnownConsumer, SharedPhone, write_consumers
from reference.consumers_file import COLUMNS, parse_consumers
from reference.network import NodePath, common_path
from reference.problems import Problems
from reference.writing import csv_lines

PATHS = [NodePath("i"), NodePath("i", "s"), NodePath("i", "s", "f"), NodePath("i", "s", "g")]
PATHS += [path._replace(transformer_id=f"t{at}") for path in PATHS[2:] for at in (path.feeder_id, path.feeder_id * 2)]
TRANSFORMERS = {path.transformer_id: at for at, path in enumerate(PATHS) if path.transformer_id}
DIGITS = st.sampled_from("0123456789")
CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp"]), max_size=12)
ROWS = st.lists(
    st.tuples(
        st.text(DIGITS, min_size=10, max_size=10),
        st.text(DIGITS, min_size=8, max_size=8) | st.just(""),
        st.integers(0, 5).map(lambda last: f"+91987654321{last}") | st.just(""),
        st.sampled_from(sorted(TRANSFORMERS)),
        CELLS,
        st.sampled_from(["", "208001", "313002"]),
        st.sampled_from(["none", "life_support", "hospital", "water_works"]),
        CELLS,
    ),
    max_size=20,
    unique_by=(lambda row: row[0], lambda row: row[1] or row[0]),
)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_every_consumer_is_found_by_every_number(rows: list[tuple[str, ...]]) -> None:
    problems = Problems()
    data = csv_lines([COLUMNS, *rows]).encode()
    table = parse_consumers("consumers.csv", data, TRANSFORMERS, problems)
    assert problems.errors == []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "consumers.lmdb")
        write_consumers(file, table, PATHS)
        store = ConsumerStore(file, PATHS, table.localities, table.pincodes, table.kinds)
        below: dict[str, list[NodePath]] = {}
        for account, old, phone, transformer, locality, pincode, need, kind in rows:
            path = PATHS[TRANSFORMERS[transformer]]
            consumer = store.by_account(account)
            assert consumer is not None and consumer == KnownConsumer(
                account, path, locality, pincode, consumer.special_need, kind
            )
            assert str(consumer.special_need) == need
            assert not old or store.by_account(old) == consumer
            below.setdefault(phone, []).append(path)
        for phone, paths in below.items():
            found = store.by_phone(phone)
            if not phone:
                assert found is None
            elif len(paths) == 1:
                assert isinstance(found, KnownConsumer) and found.path == paths[0]
            else:
                assert found == SharedPhone(len(paths), common_path(paths))
