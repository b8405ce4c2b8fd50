"""The rows of a reference pack: nine CSV files, one dataclass each, with the columns of the files as fields.

`node_id` is the id of any incomer, substation, feeder or transformer; ids are unique over all four. The tree is
incomer > substation > feeder > transformer > consumer. Degrees are WGS 84. `consumers` counts those below the node; 0
means that nobody stated it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from schemas.vocabulary import Category, SpecialNeed


class FeederKind(StrEnum):
    """What an 11 kV feeder serves; it decides the area class of a service limit."""

    URBAN = "urban"
    RURAL = "rural"
    INDUSTRIAL = "industrial"


class LimitPer(StrEnum):
    """Whom a compensation is owed to: every consumer who was out, or the case once."""

    CONSUMER = "consumer"
    CASE = "case"


ANY_AREA: Final = "any"
"""The area class of a service limit that holds where no limit for the very area class exists."""


@dataclass(frozen=True, slots=True)
class Incomer:
    """A 33 kV line from a grid substation."""

    incomer_id: str
    name: str
    grid_substation: str


@dataclass(frozen=True, slots=True)
class Substation:
    """A 33/11 kV substation (CIM `Substation`). `help_desk`: complaints are also written to its own topic."""

    substation_id: str
    name_en: str
    name_hi: str
    aliases: tuple[str, ...]
    circle: str
    division: str
    incomer_id: str
    latitude: float | None
    longitude: float | None
    help_desk: bool
    consumers: int


@dataclass(frozen=True, slots=True)
class Feeder:
    """An 11 kV feeder (CIM `Feeder`)."""

    feeder_id: str
    name: str
    aliases: tuple[str, ...]
    substation_id: str
    kind: FeederKind
    consumers: int


@dataclass(frozen=True, slots=True)
class Transformer:
    """A distribution transformer, 11/0.4 kV. `capacity_kva` is None when nobody stated it."""

    transformer_id: str
    feeder_id: str
    name: str
    capacity_kva: float | None
    latitude: float | None
    longitude: float | None
    consumers: int


@dataclass(frozen=True, slots=True)
class Consumer:
    """A connection (CIM `CustomerAgreement`). `account_no` has 10 digits (or 8), `old_account_no` 8; phone as E.164.

    `kind` is a free word; packs of ours use CIM's `CustomerKind`.
    """

    account_no: str
    old_account_no: str
    phone: str
    transformer_id: str
    locality: str
    pincode: str
    special_need: SpecialNeed
    kind: str


@dataclass(frozen=True, slots=True)
class Locality:
    """A place as people name it. `node_ids` feed it; `verified` is true when a source says so."""

    locality: str
    aliases: tuple[str, ...]
    pincode: str
    node_ids: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class PlannedOutage:
    """A planned shutdown of a node (CIM `PlannedOutage`) in [starts_at, ends_at)."""

    planned_id: str
    node_id: str
    starts_at: datetime
    ends_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ServiceLimit:
    """How long a complaint of a category may last, in hours, and what is owed beyond it, in rupees (None: not known).

    `area_class` is a feeder kind or `any`; `verified` is false for a placeholder.
    """

    category: Category
    area_class: str
    limit_hours: float
    compensation_rs: float | None
    per: LimitPer
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class DefaultPoint:
    """A point that maps and directories give for many places, such as a city's head post office: no position."""

    latitude: float
    longitude: float
    reason: str


@dataclass(frozen=True, slots=True)
class Tables:
    """Every file of a pack but the consumers."""

    incomers: tuple[Incomer, ...]
    substations: tuple[Substation, ...]
    feeders: tuple[Feeder, ...]
    transformers: tuple[Transformer, ...]
    localities: tuple[Locality, ...]
    planned_outages: tuple[PlannedOutage, ...]
    service_limits: tuple[ServiceLimit, ...]
    default_points: tuple[DefaultPoint, ...] = ()


def columns_of(row_type: type[Any]) -> tuple[str, ...]:
    """The columns of the file that holds rows of this type, in order."""
    return tuple(field.name for field in fields(row_type))
