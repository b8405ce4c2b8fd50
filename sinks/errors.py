"""What an error of ClickHouse means for a batch: data, a line a code."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from clickhouse_driver.errors import Error


class ErrorKind(StrEnum):
    """What is to be done with the batch."""

    RETRY = "retry"
    """The same block under the same token, after a wait."""
    REFUSED = "refused"
    """Something in the batch cannot be stored: find it and give it to the dead letters."""
    STOP = "stop"
    """The store is not as it must be, and no record is at fault: alert, and try again slowly."""
    UNKNOWN = "unknown"
    """Not in the list: a few tries, then as STOP."""


GUARD: Final = 395
"""FUNCTION_THROW_IF_VALUE_IS_NON_ZERO: the guard of the sink's own INSERT found an unreadable record."""

_RETRY: Final = {
    3: "UNEXPECTED_END_OF_FILE: the connection broke off",
    107: "FILE_DOESNT_EXIST: a part went away under a merge",
    159: "TIMEOUT_EXCEEDED",
    198: "DNS_ERROR",
    201: "QUOTA_EXCEEDED: ends with its interval",
    202: "TOO_MANY_SIMULTANEOUS_QUERIES",
    203: "NO_FREE_CONNECTION",
    209: "SOCKET_TIMEOUT",
    210: "NETWORK_ERROR",
    236: "ABORTED: the server shuts down",
    241: "MEMORY_LIMIT_EXCEEDED",
    242: "TABLE_IS_READ_ONLY: Keeper is away",
    243: "NOT_ENOUGH_SPACE",
    244: "UNEXPECTED_ZOOKEEPER_ERROR",
    252: "TOO_MANY_PARTS: merges must catch up",
    254: "NO_ACTIVE_REPLICAS",
    265: "TABLE_WAS_NOT_DROPPED: a change of schema is on its way",
    279: "ALL_CONNECTION_TRIES_FAILED",
    285: "TOO_FEW_LIVE_REPLICAS",
    286: "UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE",
    289: "REPLICA_IS_NOT_IN_QUORUM",
    290: "LIMIT_EXCEEDED",
    297: "MEMORY_LIMIT of a shared server",
    319: "UNKNOWN_STATUS_OF_INSERT: the token settles it",
    364: "IN_PARTITION_MOVE",
    384: "PART_IS_TEMPORARILY_LOCKED",
    394: "QUERY_WAS_CANCELLED: somebody killed it, or the server shuts down",
    425: "SYSTEM_ERROR: the operating system's own",
    774: "TABLE_IS_PERMANENTLY_READ_ONLY: set so by its setting table_readonly",
    999: "KEEPER_EXCEPTION",
    1000: "POCO_EXCEPTION: the network layer",
}
_REFUSED: Final = {
    GUARD: "the sink's own guard",
    6: "CANNOT_PARSE_TEXT",
    26: "CANNOT_PARSE_QUOTED_STRING",
    27: "CANNOT_PARSE_INPUT_ASSERTION_FAILED",
    38: "CANNOT_PARSE_DATE",
    41: "CANNOT_PARSE_DATETIME",
    43: "ILLEGAL_TYPE_OF_ARGUMENT",
    44: "ILLEGAL_COLUMN",
    53: "TYPE_MISMATCH",
    72: "CANNOT_PARSE_NUMBER",
    117: "INCORRECT_DATA",
    131: "TOO_LARGE_STRING_SIZE",
    321: "VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE",
    349: "CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN",
}
_STOP: Final = {
    16: "NO_SUCH_COLUMN_IN_TABLE: run complaints migrate up",
    20: "NUMBER_OF_COLUMNS_DOESNT_MATCH",
    47: "UNKNOWN_IDENTIFIER",
    60: "UNKNOWN_TABLE: run complaints migrate up",
    81: "UNKNOWN_DATABASE: run complaints migrate up",
    164: "READONLY: the user may not write",
    192: "UNKNOWN_USER",
    193: "WRONG_PASSWORD",
    194: "REQUIRED_PASSWORD",
    195: "IP_ADDRESS_NOT_ALLOWED",
    291: "DATABASE_ACCESS_DENIED",
    392: "QUERY_IS_PROHIBITED",
    497: "ACCESS_DENIED",
    516: "AUTHENTICATION_FAILED",
}

BACK_OFF_SECONDS: Final = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Waits between tries of a batch; the last one repeats."""

LONG_BACK_OFF_SECONDS: Final = 15.0
"""For TOO_MANY_PARTS, which more inserts only make worse, and for STOP."""

UNKNOWN_TRIES: Final = 5
"""So often an error that is not listed is tried again quickly."""

_SLOW_CODES: Final = frozenset({252})

_OF_SERVER: Final = frozenset(
    {3, 192, 193, 194, 195, 198, 202, 203, 209, 210, 236, 241, 243, 279, 297, 394, 425, 516, 1000}
)
"""Every other INSERT would meet these as well, whatever its table: unreachable, full, shutting down, no login."""


def kind_of(error: BaseException) -> ErrorKind:
    """What an error of the driver means. What is no answer of the server (socket, time limit, EOF) is RETRY."""
    code = code_of(error)
    if code in _RETRY:
        return ErrorKind.RETRY
    if code in _REFUSED:
        return ErrorKind.REFUSED
    return ErrorKind.STOP if code in _STOP else ErrorKind.UNKNOWN


def code_of(error: BaseException) -> int:
    """ClickHouse's code of an error; the driver's own network errors have the server's codes 209 and 210."""
    if isinstance(error, Error):
        return int(error.code or 0)
    return 3 if isinstance(error, EOFError) else 210 if isinstance(error, OSError) else 0


def is_of_server(error: BaseException) -> bool:
    """Does the error say that the server as a whole takes nothing now, and not only this table."""
    return code_of(error) in _OF_SERVER


def meaning_of(error: BaseException) -> str:
    """The name of an error for a log: never the server's text, which may quote the record."""
    code = code_of(error)
    known = _RETRY.get(code) or _REFUSED.get(code) or _STOP.get(code)
    return f"{code} {known}" if known else f"{code} {type(error).__name__}"


def back_off_seconds(error: BaseException, failures: int) -> float:
    """How long to wait before try number `failures` + 1."""
    kind = kind_of(error)
    slow = kind is ErrorKind.STOP or (kind is ErrorKind.UNKNOWN and failures >= UNKNOWN_TRIES)
    if slow or code_of(error) in _SLOW_CODES:
        return LONG_BACK_OFF_SECONDS
    return BACK_OFF_SECONDS[min(failures, len(BACK_OFF_SECONDS)) - 1]
