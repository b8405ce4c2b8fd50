"""The closed lists of words that events, tables, metrics and screens share."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Channel(StrEnum):
    """How a complaint came in (CIM `TroubleReportingKind` is mapped outward: call, other, other)."""

    CALL = "call"
    WEB = "web"
    HELPDESK = "helpdesk"


class Category(StrEnum):
    """What a dispatcher must act on first (CIM `TroubleTicket.troubleCode`)."""

    NO_SUPPLY = "no_supply"
    NO_SUPPLY_AREA = "no_supply_area"
    PHASE_MISSING = "phase_missing"
    LOW_VOLTAGE = "low_voltage"
    VOLTAGE_FLUCTUATION = "voltage_fluctuation"
    FREQUENT_TRIPPING = "frequent_tripping"
    TRANSFORMER_FAULT = "transformer_fault"
    LINE_BROKEN = "line_broken"
    SPARKING_FIRE = "sparking_fire"
    POLE_DAMAGE_SHOCK = "pole_damage_shock"
    FUSE_BLOWN = "fuse_blown"
    UNDERGROUND_CABLE_FAULT = "underground_cable_fault"
    METER_FAULT = "meter_fault"
    PREPAID_SMART_METER = "prepaid_smart_meter"
    BILLING = "billing"
    CONNECTION_SERVICE = "connection_service"
    POWER_THEFT = "power_theft"
    STREET_LIGHT = "street_light"
    RESTORATION_QUERY = "restoration_query"
    SERVICE_COMPLAINT = "service_complaint"
    RESTORED_CONFIRMATION = "restored_confirmation"
    NOT_ELECTRICITY = "not_electricity"
    UNCLEAR = "unclear"


HAZARD_CATEGORIES: Final = frozenset({Category.LINE_BROKEN, Category.SPARKING_FIRE, Category.POLE_DAMAGE_SHOCK})
"""Categories that are a present danger by themselves; `hazard` is always true for them."""

SUPPLY_CATEGORIES: Final = frozenset(
    {
        Category.NO_SUPPLY,
        Category.NO_SUPPLY_AREA,
        Category.PHASE_MISSING,
        Category.LOW_VOLTAGE,
        Category.VOLTAGE_FLUCTUATION,
        Category.FREQUENT_TRIPPING,
        Category.TRANSFORMER_FAULT,
        Category.FUSE_BLOWN,
        Category.UNDERGROUND_CABLE_FAULT,
    }
    | HAZARD_CATEGORIES
)
"""Categories that are evidence of an outage."""


class Extent(StrEnum):
    """How far the trouble reaches, as the customer says it."""

    SINGLE = "single"
    AREA = "area"
    UNKNOWN = "unknown"


class Language(StrEnum):
    """The language of a text: Hindi (Devanagari), Hindi in Latin letters, English, both scripts, not known."""

    HINDI = "hi"
    HINGLISH = "hinglish"
    ENGLISH = "en"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class RoutedBy(StrEnum):
    """What tied a complaint to its node, the surest first."""

    TRANSFORMER = "transformer"
    ACCOUNT = "account"
    PHONE = "phone"
    HELP_DESK = "help_desk"
    LOCALITY = "locality"
    COORDINATES = "coordinates"
    PINCODE = "pincode"
    NONE = "none"


class SpecialNeed(StrEnum):
    """CIM `Customer.specialNeed`, as the reference pack states it."""

    NONE = "none"
    LIFE_SUPPORT = "life_support"
    HOSPITAL = "hospital"
    WATER_WORKS = "water_works"


class NodeKind(StrEnum):
    """The levels of the network, from the top: incomer > substation > feeder > transformer."""

    INCOMER = "incomer"
    SUBSTATION = "substation"
    FEEDER = "feeder"
    TRANSFORMER = "transformer"


class ComplaintStatus(StrEnum):
    """The steps of a complaint's life after it was registered."""

    REGISTERED = "registered"
    ACKNOWLEDGED = "acknowledged"
    ASSIGNED = "assigned"
    ENROUTE = "enroute"
    ARRIVED = "arrived"
    RESTORED = "restored"
    CLOSED = "closed"
    REOPENED = "reopened"
    REJECTED = "rejected"


class NetworkState(StrEnum):
    """The state of a node's switch: open (dead below) or closed (live)."""

    OPEN = "open"
    CLOSED = "closed"


class ReportedBy(StrEnum):
    """Who or what reported a network event."""

    SCADA = "scada"
    CREW = "crew"
    DISPATCHER = "dispatcher"


class OutageState(StrEnum):
    """CIM `OutageStatusKind`."""

    PREDICTED = "predicted"
    CONFIRMED = "confirmed"
    PARTIALLY_RESTORED = "partiallyRestored"
    RESTORED = "restored"
    CLOSED = "closed"


class OutageReason(StrEnum):
    """What an outage is in its state by."""

    COMPLAINTS = "complaints"
    """Opened: distinct customers below the node reported."""
    SWITCH_OPEN = "switch_open"
    """Opened or confirmed: telemetry, a crew or a dispatcher says that the node is dead below."""
    MOVED = "moved"
    """Partially restored, or opened in it: reports come from below one child alone now."""
    SILENCE = "silence"
    """Restored: nobody reports any more."""
    BURST = "burst"
    """Restored: a gap, and then so many new reports at once that a new outage is behind them."""
    THANKED = "thanked"
    """Restored, or closed after it: customers say that it is back."""
    STATUS = "status"
    """Restored: crews set the complaints of most of those who reported to restored or closed."""
    SWITCH_CLOSED = "switch_closed"
    """Restored: telemetry, a crew or a dispatcher says that the node, or one above it, is live."""
    NESTED = "nested"
    """Restored: the last part that was still dark is back."""
    TAKEN_OVER = "taken_over"
    """Closed: it is part of the outage that `parent_outage_id` names."""
    QUIET = "quiet"
    """Closed: it was restored otherwise, an hour ago."""
    UNSTATED = "unstated"
    """The writer of the row did not say."""


class RefusalReason(StrEnum):
    """Why an event was refused: the closed list of `dl.reason`.

    The words never hold a value of the event; the field is named beside them.
    """

    EMPTY_VALUE = "empty_value"
    NOT_UTF8 = "not_utf8"
    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    NOT_CLOUDEVENTS = "not_cloudevents"
    UNKNOWN_TYPE = "unknown_type"
    MISSING_FIELD = "missing_field"
    WRONG_TYPE = "wrong_type"
    NOT_ALLOWED = "not_allowed"
    TOO_LONG = "too_long"
    TIME_OUT_OF_RANGE = "time_out_of_range"
    WRONG_CHANNEL = "wrong_channel"
    TOO_LARGE = "too_large"
    PROCESSING_ERROR = "processing_error"
    SCHEMA_MISMATCH = "schema_mismatch"
    REFUSED_BY_STORE = "refused_by_store"


class DeadLetterStage(StrEnum):
    """The stage that refused a record."""

    DECODE = "decode"
    VALIDATE = "validate"
    PROCESS = "process"
    SINK = "sink"


UNROUTED: Final = "unrouted"
"""The key of an enriched complaint that no substation could be found for."""
