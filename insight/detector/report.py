"""What the detector is told: reports of customers, switch positions, and what became of complaints."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Final, NamedTuple, Protocol

from schemas.vocabulary import SUPPLY_CATEGORIES, Category, ComplaintStatus, Extent, NetworkState, RoutedBy

UNKNOWN, AREA, SINGLE, TRANSFORMER_FAULT, OTHER_TROUBLE = range(5)
"""What a report says of its extent; an index into `likelihood.Marks`."""

_MOST_BACKDATED_SECONDS: Final = 2 * 3600.0
_LEAST_CONFIDENCE: Final = 0.5
_OTHER_TROUBLE: Final = frozenset(
    {
        Category.LOW_VOLTAGE,
        Category.VOLTAGE_FLUCTUATION,
        Category.FREQUENT_TRIPPING,
        Category.LINE_BROKEN,
        Category.POLE_DAMAGE_SHOCK,
    }
)
"""Troubles that a dead node does not cause, or seldom: who has bad voltage has some, and a line or pole that is down
leaves a few houses behind it dark. So it is even where the neighbours have the same."""
_SEEN_TO: Final = {ComplaintStatus.RESTORED: True, ComplaintStatus.CLOSED: True, ComplaintStatus.REOPENED: False}
_GUESSED: Final = frozenset({RoutedBy.LOCALITY, RoutedBy.COORDINATES, RoutedBy.PINCODE})


class Kind(Enum):
    """What a report is to the detector: of no supply, a question when it comes back (there is none then), or thanks."""

    SUPPLY = "supply"
    QUERY = "query"
    RESTORED = "restored"


class Report(NamedTuple):
    """One complaint. `at`: when the customer said it, Unix seconds; `node_id`: the deepest node that is known.

    `received`: when it became known to us; 0 means at once. The same customer at the same time is the same report.
    """

    customer: str
    node_id: str
    at: float
    kind: Kind = Kind.SUPPLY
    says: int = UNKNOWN
    received: float = 0.0

    @property
    def known_at(self) -> float:
        """When it became known to us."""
        return self.received or self.at


class SwitchEvent(NamedTuple):
    """A node is dead below (`is_open`) or live since `at` (Unix seconds)."""

    node_id: str
    at: float
    is_open: bool


class StatusEvent(NamedTuple):
    """A crew or a dispatcher said at `at` (Unix seconds) that a customer's complaint is seen to, or open again."""

    customer: str
    at: float
    restored: bool


class Shutdown(NamedTuple):
    """Planned work: the node is dead from `starts` to `ends` (Unix seconds)."""

    node_id: str
    starts: float
    ends: float


class Enriched(Protocol):
    """The columns of an enriched complaint that the detector reads."""

    @property
    def customer_key(self) -> str: ...
    @property
    def category(self) -> Category: ...
    @property
    def extent(self) -> Extent: ...
    @property
    def neighbours_out(self) -> bool | None: ...
    @property
    def planned(self) -> bool: ...
    @property
    def reported_at(self) -> datetime: ...
    @property
    def received_at(self) -> datetime: ...
    @property
    def incomer_id(self) -> str: ...
    @property
    def substation_id(self) -> str: ...
    @property
    def feeder_id(self) -> str: ...
    @property
    def transformer_id(self) -> str: ...
    @property
    def routed_by(self) -> RoutedBy: ...
    @property
    def routing_confidence(self) -> float: ...


def report_of(row: Enriched) -> Report | None:
    """What a stored complaint tells the detector; None when nothing: planned, no place, or not about supply.

    A reported time after it was received, or over two hours before, is a clock error: the time of receipt counts.
    """
    kind = _kind(row.category)
    node_id = _node(row)
    if kind is None or row.planned or not node_id:
        return None
    received = _seconds(row.received_at)
    reported = _seconds(row.reported_at)
    at = reported if received - _MOST_BACKDATED_SECONDS <= reported <= received else received
    return Report(row.customer_key, node_id, at, kind, _says(row), received)


def switch_of(node_id: str, state: NetworkState, at: datetime, received_at: datetime) -> SwitchEvent:
    """What a network event tells; a time after it was received is a clock error: the time of receipt counts."""
    return SwitchEvent(node_id, min(_seconds(at), _seconds(received_at)), state is NetworkState.OPEN)


def status_of(customer: str, status: ComplaintStatus, at: datetime, received_at: datetime) -> StatusEvent | None:
    """What a status event of a customer's complaint tells; None when nothing of the supply."""
    if status not in _SEEN_TO:
        return None
    return StatusEvent(customer, min(_seconds(at), _seconds(received_at)), _SEEN_TO[status])


def _seconds(moment: datetime) -> float:
    """Unix seconds in whole milliseconds, as ClickHouse keeps them."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000).timestamp()


def _kind(category: Category) -> Kind | None:
    if category in SUPPLY_CATEGORIES:
        return Kind.SUPPLY
    return {Category.RESTORED_CONFIRMATION: Kind.RESTORED, Category.RESTORATION_QUERY: Kind.QUERY}.get(category)


def _node(row: Enriched) -> str:
    guessed = row.routed_by in _GUESSED and row.routing_confidence < _LEAST_CONFIDENCE
    transformer = "" if guessed else row.transformer_id
    return transformer or row.feeder_id or row.substation_id or row.incomer_id


def _says(row: Enriched) -> int:
    """Who asks when supply comes back takes it that others are out too; who tells of a fuse, that it is his own."""
    if row.category is Category.TRANSFORMER_FAULT:
        return TRANSFORMER_FAULT
    if row.category in _OTHER_TROUBLE:
        return OTHER_TROUBLE
    area = row.neighbours_out or row.extent is Extent.AREA or row.category is Category.NO_SUPPLY_AREA
    single = not area and (row.neighbours_out is False or row.extent is Extent.SINGLE)
    match row.category:
        case Category.FUSE_BLOWN:
            return SINGLE if area else OTHER_TROUBLE
        case Category.RESTORATION_QUERY:
            return UNKNOWN if single else AREA
        case Category.PHASE_MISSING:
            return AREA if area else SINGLE
        case _:
            return AREA if area else SINGLE if single else UNKNOWN
