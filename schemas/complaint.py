"""`in.co.kesco.complaint.registered.v1`: a complaint as a channel registered it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final, Self
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator

from schemas.base import Incoming
from schemas.envelope import COMPLAINT_REGISTERED, Envelope
from schemas.identity import complaint_id
from schemas.refusal import Refusal, field_of, reason_of, refuse
from schemas.times import Time
from schemas.vocabulary import Channel, RefusalReason

MAX_TEXT_CHARACTERS: Final = 4000
_BLOCKS: Final = {Channel.CALL: "call", Channel.WEB: "web", Channel.HELPDESK: "help_desk"}
_TEXT_NUMBERS: Final = ("account_no", "phone")
_DECISIVE: Final = frozenset({"channel", "text", ""})
"""Fields whose error refuses the event; an error in any other is noted and the field left empty."""

ShortText = Annotated[str, Field(max_length=1000)]
Code = Annotated[str, Field(max_length=200)]


def _finite_latitude(value: float) -> float:
    if not -90 <= value <= 90:
        refuse(RefusalReason.NOT_ALLOWED, "must lie between -90 and 90")
    return value


def _finite_longitude(value: float) -> float:
    if not -180 <= value <= 180:
        refuse(RefusalReason.NOT_ALLOWED, "must lie between -180 and 180")
    return value


def _written_pincode(value: object) -> object:
    """Six digits as people write them: `208 011`, `२०८०११`."""
    if not isinstance(value, str):
        return value
    digits = "".join(value.split())
    return "".join(str(int(digit)) for digit in digits) if digits.isdecimal() else value


class Location(Incoming):
    """Where the customer says the trouble is; every part optional. Degrees are WGS 84."""

    address: ShortText | None = None
    locality: ShortText | None = None
    pincode: Annotated[str, Field(pattern=r"^[1-9][0-9]{5}$"), BeforeValidator(_written_pincode)] | None = None
    latitude: Annotated[float, AfterValidator(_finite_latitude)] | None = None
    longitude: Annotated[float, AfterValidator(_finite_longitude)] | None = None
    transformer_id: Code | None = None


class Call(Incoming):
    """What the call-centre switch knows of the call."""

    call_id: Code | None = None
    line: int | None = None
    queue_seconds: Annotated[int, Field(ge=0, le=86_400)] | None = None
    agent_id: Code | None = None


class Web(Incoming):
    """What the portal knows of the form."""

    session_id: Code | None = None
    form: Code | None = None


class HelpDesk(Incoming):
    """What the help desk's computer knows of the token."""

    substation_id: Code | None = None
    desk_id: Code | None = None
    token_no: Code | int | None = None
    operator_id: Code | None = None


class ComplaintRegistered(Incoming):
    """The `data` of a registered complaint (CIM `TroubleTicket`)."""

    channel: Annotated[Channel, Field(strict=False, description="must be the channel of the topic it came in on")]
    reported_at: Annotated[
        Time | None, Field(description="CIM dateTimeOfReport: when the customer said it; else the envelope's `time`")
    ] = None
    account_no: Annotated[
        Code | None, Field(description="CIM CustomerAccount.name: 8 (old) or 10 (new) digits; a bad one is noted")
    ] = None
    phone: Annotated[Code | None, Field(description="CIM TelephoneNumber.ituPhone; a bad one is noted")] = None
    customer_name: ShortText | None = None
    text: Annotated[
        str | None,
        Field(max_length=MAX_TEXT_CHARACTERS, description="CIM comment: the complaint in the customer's words"),
    ] = None
    language: Code | None = None
    category: Annotated[Code | None, Field(description="CIM troubleCode: upstream's own code")] = None
    neighbours_out: Annotated[bool | None, Field(description="CIM multiplePremises: are the neighbours out too")] = None
    location: Location | None = None
    call: Call | None = None
    web: Web | None = None
    help_desk: HelpDesk | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.text and self.text.strip()) and not (self.category and self.category.strip()):
            refuse(RefusalReason.MISSING_FIELD, "one of text and category must be there")
        return self


@dataclass(frozen=True, slots=True)
class ComplaintEvent:
    """A complaint that passed validation.

    `reported_at` is `data.reported_at` or else the envelope's time. `notes` name what was wrong with optional fields,
    as `field:reason`, for example `account_no:wrong_type`; such a field is None in `data`.
    """

    complaint_id: UUID
    source: str
    source_id: str
    reported_at: datetime
    data: ComplaintRegistered
    notes: tuple[str, ...]


def complaint_event(envelope: Envelope, channel: Channel | None) -> ComplaintEvent:
    """The validated complaint of an envelope; `channel` is the one its topic stands for (None: take the event's word).

    Raises Refusal (stage `validate`) when a required field is missing or ill-typed, the channel is another than the
    topic's, the text is longer than 4,000 characters, or a time lies outside the years that are possible.
    """
    try:
        if envelope.type != COMPLAINT_REGISTERED:
            raise Refusal(RefusalReason.UNKNOWN_TYPE, "type")
        data, notes = _validated(envelope.data)
        if channel is not None and data.channel is not channel:
            raise Refusal(RefusalReason.WRONG_CHANNEL, "data.channel")
        reported_at = data.reported_at or envelope.time
        if reported_at is None:
            raise Refusal(RefusalReason.MISSING_FIELD, "time")
    except Refusal as refusal:
        raise Refusal(refusal.reason, refusal.field, refusal.stage, envelope.source, envelope.id) from None
    identity = complaint_id(envelope.source, envelope.id)
    return ComplaintEvent(identity, envelope.source, envelope.id, reported_at, data, notes)


def _validated(data: dict[str, Any]) -> tuple[ComplaintRegistered, tuple[str, ...]]:
    """Validate; what is wrong in an optional field is taken out and noted, and the rest validated again."""
    data, notes = _tidied(data)
    while True:
        try:
            return ComplaintRegistered.model_validate(data), tuple(dict.fromkeys(notes))
        except ValidationError as error:
            found = error.errors(include_url=False, include_input=False, include_context=False)
            for detail in found:
                reason, path = reason_of(detail), [str(part) for part in detail["loc"]]
                if not path or path[0] in _DECISIVE or reason is RefusalReason.TIME_OUT_OF_RANGE:
                    raise Refusal(reason, field_of(detail, "data") if path else "data.text") from None
                notes.append(f"{'.'.join(path[:2])}:{reason}")
            data = _without(data, {tuple(map(str, detail["loc"][:2])) for detail in found})


def _without(data: dict[str, Any], paths: set[tuple[str, ...]]) -> dict[str, Any]:
    """A copy of `data` in which the fields at `paths` (one or two names deep) are None."""
    result = dict(data)
    for top, *below in paths:
        inner = result.get(top)
        if below and isinstance(inner, dict) and below[0] in inner:
            result[top] = {**inner, below[0]: None}
        else:
            result[top] = None
    return result


def _tidied(data: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Numbers sent as JSON numbers become text, and blocks of other channels are left out; both are noted."""
    notes: list[str] = []
    changed: dict[str, Any] = {}
    for name in _TEXT_NUMBERS:
        if type(value := data.get(name)) is int:
            changed[name] = str(value)
            notes.append(f"{name}:{RefusalReason.WRONG_TYPE}")
    location = data.get("location")
    if isinstance(location, dict) and type(pincode := location.get("pincode")) is int:
        changed["location"] = {**location, "pincode": str(pincode)}
        notes.append(f"location.pincode:{RefusalReason.WRONG_TYPE}")
    channel = data.get("channel")
    for owner, block in _BLOCKS.items():
        if data.get(block) is not None and channel != owner:
            changed[block] = None
            notes.append(f"{block}:{RefusalReason.WRONG_CHANNEL}")
    return ({**data, **changed} if changed else data), notes
