"""Reading `consumers.csv`: plain code, since the file has hundreds of thousands of rows.

No error holds a value of this file: it is all personal data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import Final

from reference.cells import MAX_TEXT, PINCODE
from reference.consumers import ACCOUNT_DIGITS, RECORD, SPECIAL_NEEDS, ConsumerTable
from reference.phones import e164
from reference.problems import Problems
from reference.tables import csv_rows, header_of
from schemas.reference import Consumer, columns_of
from schemas.vocabulary import SpecialNeed

COLUMNS: Final = columns_of(Consumer)
_NEEDS: Final = {"": SPECIAL_NEEDS.index(SpecialNeed.NONE), **{str(need): at for at, need in enumerate(SPECIAL_NEEDS)}}
_ACCOUNT_RULE: Final = "must be 8 or 10 digits"
_MAX_KINDS: Final = 1000


class _Words:
    """Words in the order in which they were first seen, by position."""

    def __init__(self, max_words: int | None = None) -> None:
        self.positions: dict[str, int] = {}
        self._max_words = max_words

    def position(self, word: str) -> int | None:
        """The position of a word; None when it is too long or there are too many words."""
        found = self.positions.get(word)
        if (
            found is None
            and len(word) <= MAX_TEXT
            and (self._max_words or len(self.positions) + 1) > len(self.positions)
        ):
            found = self.positions[word] = len(self.positions)
        return found


def parse_consumers(
    file: str, data: bytes, transformers: Mapping[str, int] | None, problems: Problems
) -> ConsumerTable:
    """The consumers of a file; `transformers` gives the position among all nodes of each transformer's id.

    With None (their file cannot be read) the reference to a transformer is not checked. After an error the table is of
    no use.
    """
    rows = csv_rows(file, data, problems)
    header = header_of(file, rows, COLUMNS, problems)
    table = ConsumerTable()
    if all(header.count(column) == 1 for column in COLUMNS):
        _fill(table, file, rows, header, transformers, problems)
    return table


def _fill(
    table: ConsumerTable,
    file: str,
    rows: Iterator[tuple[int, list[str]]],
    header: list[str],
    transformers: Mapping[str, int] | None,
    problems: Problems,
) -> None:
    pick = itemgetter(*map(header.index, COLUMNS))
    width = len(header)
    accounts, phones, pack = table.accounts, table.phones, RECORD.pack
    localities, pincodes, kinds = _Words(), _Words(), _Words(_MAX_KINDS)
    owner = -1
    for number, row in rows:
        if len(row) != width:
            problems.error(file, number, "", f"must have {width} cells, as the header has")
            continue
        account, old_account, phone, transformer, locality, pincode, need, kind = map(str.strip, pick(row))
        owner += 1
        if not _is_account(account):
            problems.error(file, number, "account_no", _ACCOUNT_RULE)
        elif accounts.setdefault(account, owner) != owner:
            problems.error(file, number, "account_no", "must not be the number, new or old, of another row")
        if old_account:
            if not _is_account(old_account):
                problems.error(file, number, "old_account_no", _ACCOUNT_RULE)
            elif accounts.setdefault(old_account, owner) != owner:
                problems.error(file, number, "old_account_no", "must not be the number, new or old, of another row")
        if phone:
            known = e164(phone)
            if known is None:
                problems.error(file, number, "phone", "must be a phone number")
            elif (others := phones.setdefault(known, owner)) != owner:
                if isinstance(others, int):
                    phones[known] = [others, owner]
                else:
                    others.append(owner)
        node = transformers.get(transformer) if transformers is not None else 0
        if node is None:
            problems.error(file, number, "transformer_id", "must be the id of a transformer of this pack")
        if pincode and not PINCODE.fullmatch(pincode):
            problems.error(file, number, "pincode", "must be a PIN code of six digits")
        if (need_at := _NEEDS.get(need.lower())) is None:
            problems.error(file, number, "special_need", f"must be one of {', '.join(SPECIAL_NEEDS)}")
        if (locality_at := localities.position(locality)) is None:
            problems.error(file, number, "locality", f"must have at most {MAX_TEXT} characters")
        if (kind_at := kinds.position(kind)) is None:
            problems.error(file, number, "kind", f"must be one of at most {_MAX_KINDS} words of {MAX_TEXT} characters")
        pincode_at = pincodes.position(pincode)
        table.records += pack(
            account.encode()[:10], node or 0, locality_at or 0, pincode_at or 0, kind_at or 0, need_at or 0
        )
    table.localities, table.pincodes, table.kinds = map(
        list, (localities.positions, pincodes.positions, kinds.positions)
    )


def _is_account(number: str) -> bool:
    return len(number) in ACCOUNT_DIGITS and number.isascii() and number.isdigit()
