"""The rules for one cell of a pack: text in, value out, or BadCell with the rule that is broken."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeVar

E = TypeVar("E", bound=StrEnum)

MAX_TEXT: Final = 200
MAX_ID: Final = 200
"""A substation id becomes the end of a topic's name, which Kafka bounds at 249 characters."""

_ID: Final = re.compile(r"[^\s|\x00-\x1f\x7f]+(?: [^\s|\x00-\x1f\x7f]+)*")
_TOPIC_PART: Final = re.compile(r"[A-Za-z0-9._-]+", re.ASCII)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
PINCODE: Final = re.compile(r"[1-9][0-9]{5}", re.ASCII)
_COUNT: Final = re.compile(r"[0-9]{1,9}", re.ASCII)
_TIME: Final = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)
_FLAGS: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
RESERVED_ID: Final = "unrouted"
"""The key of complaints without a substation."""


class BadCell(Exception):
    """A cell breaks a rule; the message is the rule, without the cell's text."""


def text(cell: str) -> str:
    """Up to 200 characters without control characters; may be empty."""
    if len(cell) > MAX_TEXT:
        raise BadCell(f"must have at most {MAX_TEXT} characters")
    if _CONTROL.search(cell):
        raise BadCell("must not hold control characters")
    return cell


def name(cell: str) -> str:
    """A text that is not empty."""
    if not cell:
        raise BadCell("must not be empty")
    return text(cell)


def word(cell: str) -> str:
    """A text that is not empty, in lower case."""
    return name(cell).lower()


def texts(cell: str) -> tuple[str, ...]:
    """Several texts, parted by `|`; may be none."""
    return tuple(text(part) for part in map(str.strip, cell.split("|")) if part)


def node_id(cell: str) -> str:
    """The id of a node: 1 to 200 visible characters, inner single spaces allowed, no `|`."""
    if not cell:
        raise BadCell("must not be empty")
    if len(cell) > MAX_ID or not _ID.fullmatch(cell):
        raise BadCell(f"must be an id of at most {MAX_ID} visible characters")
    return cell


def substation_id(cell: str) -> str:
    """A node id that can stand in the name of a Kafka topic and isn't the word for complaints without a place."""
    if not cell:
        raise BadCell("must not be empty")
    if len(cell) > MAX_ID or not _TOPIC_PART.fullmatch(cell):
        raise BadCell(f"must be 1 to {MAX_ID} of A-Z a-z 0-9 . _ - since it becomes part of a topic's name")
    if cell == RESERVED_ID:
        raise BadCell(f"must not be the reserved word {RESERVED_ID}")
    return cell


def node_ids(cell: str) -> tuple[str, ...]:
    """Several node ids, parted by `|`; may be none."""
    return tuple(node_id(part) for part in map(str.strip, cell.split("|")) if part)


def flag(cell: str) -> bool:
    """true or false (also yes, no, 1, 0, in any case)."""
    try:
        return _FLAGS[cell.lower()]
    except KeyError:
        raise BadCell("must be true or false") from None


def count(cell: str) -> int:
    """A whole number from 0; empty counts as 0 (not stated)."""
    if cell and not _COUNT.fullmatch(cell):
        raise BadCell("must be a whole number from 0")
    return int(cell or 0)


def _number(cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        raise BadCell("must be a number") from None
    if not math.isfinite(value) or "_" in cell:
        raise BadCell("must be a number")
    return value


def degrees(bound: int) -> Callable[[str], float | None]:
    """Decimal degrees from -bound to bound (WGS 84); may be empty."""

    def parse(cell: str) -> float | None:
        if not cell:
            return None
        value = _number(cell)
        if not -bound <= value <= bound:
            raise BadCell(f"must lie between -{bound} and {bound} degrees")
        return value

    return parse


def known_degrees(bound: int) -> Callable[[str], float]:
    """Decimal degrees from -bound to bound (WGS 84); must not be empty."""
    parse = degrees(bound)

    def parse_known(cell: str) -> float:
        value = parse(cell)
        if value is None:
            raise BadCell("must not be empty")
        return value

    return parse_known


def positive(cell: str) -> float:
    """A number above 0."""
    if not cell:
        raise BadCell("must not be empty")
    value = _number(cell)
    if value <= 0:
        raise BadCell("must be above 0")
    return value


def positive_or_empty(cell: str) -> float | None:
    """A number above 0, or empty."""
    return positive(cell) if cell else None


def not_negative_or_empty(cell: str) -> float | None:
    """A number from 0, or empty."""
    if not cell:
        return None
    value = _number(cell)
    if value < 0:
        raise BadCell("must not be below 0")
    return value


def pincode(cell: str) -> str:
    """A postal code of six digits, the first not 0; may be empty."""
    if cell and not PINCODE.fullmatch(cell):
        raise BadCell("must be a PIN code of six digits")
    return cell


def time(cell: str) -> datetime:
    """An RFC 3339 time with an offset (seconds may be left out, a space may stand for the T)."""
    if not cell:
        raise BadCell("must not be empty")
    if not _TIME.fullmatch(cell):
        raise BadCell("must be a time with an offset, such as 2026-06-20T21:14:05+05:30")
    try:
        return datetime.fromisoformat(cell.upper())
    except ValueError:
        raise BadCell("must be a time that exists") from None


def one_of(words: type[E]) -> Callable[[str], E]:
    """One of a closed list of words, in any case."""
    known = {str(word): word for word in words}

    def parse(cell: str) -> E:
        try:
            return known[cell.lower()]
        except KeyError:
            raise BadCell(f"must be one of {', '.join(known)}") from None

    return parse
