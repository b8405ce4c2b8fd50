"""Enrichment: from a valid complaint event to its flat row. Pure: no I/O but lookups in the reference, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from reference.consumers import KnownConsumer, SharedPhone
from reference.lookup import Reference
from reference.names import words
from reference.phones import e164
from schemas.complaint import ComplaintEvent, ComplaintRegistered
from schemas.enriched import ComplaintEnriched, event_version
from schemas.record import RawRecord
from schemas.reference import PlannedOutage, ServiceLimit
from schemas.times import from_milliseconds
from schemas.vocabulary import HAZARD_CATEGORIES, Extent, Language, SpecialNeed
from stream_processors.enrichment.category import Finding, classify
from stream_processors.enrichment.codes import category_of_code
from stream_processors.enrichment.consequence import Urgency, extent_of, need_of, said_before, urgency_of
from stream_processors.enrichment.model_hash import MODEL_SHA256
from stream_processors.enrichment.place import Routing, route
from stream_processors.enrichment.placenames import NamedPlace, place_names
from stream_processors.enrichment.pseudonym import Pseudonymiser, account_number, mask_name, mask_numbers
from stream_processors.enrichment.spoken import masked, spoken_account
from stream_processors.enrichment.text import clean, language_of, normalise

ENRICHER_REVISION: Final = 5
"""Rises with every change of the rules: rows of a higher revision replace those of a lower one."""

ENRICHER_VERSION: Final = f"rules-{ENRICHER_REVISION}+model-{MODEL_SHA256[:8]}"
"""What made a row: the rules by their revision, the model by the start of its hash."""

CODE_CONFIDENCE: Final = 0.95
"""How sure a category is that upstream stated with a code that we know."""

LATE_SECONDS: Final = 3600.0
"""A `reported_at` further than this after `received_at` is noted: the sender's clock or time zone is wrong."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found in one complaint and what follows from it, before it is a row.

    `account` is the customer by the field, `spoken` by a number in the text. `normal` is the text as it is matched and
    `place_words` the words of `named` in it; both may hold personal data.
    """

    account_no: str | None
    phone_no: str | None
    account: KnownConsumer | None
    spoken: KnownConsumer | None
    phone: KnownConsumer | SharedPhone | None
    text: str
    normal: str
    named: tuple[NamedPlace, ...]
    place_words: tuple[tuple[str, ...], ...]
    finding: Finding
    extent: Extent
    need: SpecialNeed
    repeat: bool
    urgency: Urgency
    routing: Routing
    limit: ServiceLimit | None
    planned: PlannedOutage | None
    notes: tuple[str, ...]

    @property
    def consumer(self) -> KnownConsumer | None:
        """The customer, by account, else by an account in the text, else by a phone of his own."""
        return self.account or self.spoken or (self.phone if isinstance(self.phone, KnownConsumer) else None)


def see(event: ComplaintEvent, reference: Reference) -> Seen:
    """Look at one complaint. Never raises for a valid event.

    What is wrong, unknown or in conflict in optional fields is added to the event's notes; no note holds a value.
    """
    data = event.data
    notes = list(event.notes)
    account_no = _account_no(data, notes)
    account = reference.consumer_by_account(account_no) if account_no else None
    if account_no and account is None:
        notes.append("account_no:unknown")
    phone_no = _phone(data, notes)
    phone = reference.consumer_by_phone(phone_no) if phone_no else None

    text = clean(data.text or "")
    found = spoken_account(text, reference)
    spoken = found.consumer if found else None
    if spoken and account is None:
        notes.append("account_no:from_text")
    consumer = account or spoken or (phone if isinstance(phone, KnownConsumer) else None)
    normal = normalise(text)
    named = place_names(reference).in_text(normal)
    place_words = _words_of(named, normal)
    finding = _finding(data, normal, place_words)
    routing = route(data, account, spoken, phone, named, reference)
    extent = extent_of(finding.category, finding.extent, data.neighbours_out)
    need = need_of(consumer.special_need if consumer else SpecialNeed.NONE, normal)
    repeat = said_before(normal)
    return Seen(
        account_no=account_no,
        phone_no=phone_no,
        account=account,
        spoken=spoken,
        phone=phone,
        text=mask_numbers(mask_name(masked(text, found), data.customer_name)),
        normal=normal,
        named=named,
        place_words=place_words,
        finding=finding,
        extent=extent,
        need=need,
        repeat=repeat,
        urgency=urgency_of(finding.category, hazard=finding.hazard, extent=extent, special_need=need, repeat=repeat),
        routing=routing,
        limit=reference.service_limit(finding.category, reference.area_class(routing.path)),
        planned=_planned(routing, event.reported_at, reference),
        notes=tuple(dict.fromkeys((*notes, *routing.notes))),
    )


def enrich(
    event: ComplaintEvent,
    record: RawRecord,
    *,
    reference: Reference,
    pseudonymiser: Pseudonymiser,
    enriched_at: datetime,
) -> ComplaintEnriched:
    """The row of one complaint. Never raises for a valid event.

    `record` is the raw record the event came in; its timestamp is `received_at`.
    """
    data = event.data
    seen = see(event, reference)
    routing, finding = seen.routing, seen.finding
    received_at = from_milliseconds(record.timestamp_ms)
    late = (event.reported_at - received_at).total_seconds() > LATE_SECONDS
    return ComplaintEnriched(
        complaint_id=event.complaint_id,
        source=event.source,
        source_id=event.source_id,
        channel=data.channel,
        reported_at=event.reported_at,
        received_at=received_at,
        enriched_at=enriched_at,
        customer_key=_customer_key(event, seen, pseudonymiser),
        phone_last3=seen.phone_no[-3:] if seen.phone_no else "",
        text=seen.text,
        language=language_of(seen.normal) if seen.normal else Language.UNKNOWN,
        category=finding.category,
        category_confidence=finding.confidence,
        hazard=finding.hazard,
        extent=seen.extent,
        neighbours_out=data.neighbours_out,
        priority=seen.urgency.priority,
        special_need=seen.need,
        incomer_id=routing.path.incomer_id,
        substation_id=routing.path.substation_id,
        feeder_id=routing.path.feeder_id,
        transformer_id=routing.path.transformer_id,
        routed_by=routing.routed_by,
        routing_confidence=routing.confidence,
        locality=routing.locality,
        pincode=routing.pincode,
        planned=seen.planned is not None,
        due_at=event.reported_at + timedelta(hours=seen.limit.limit_hours) if seen.limit else None,
        queue_seconds=data.call.queue_seconds if data.call else None,
        notes=(*seen.notes, "reported_at:after_received_at") if late else seen.notes,
        event_version=event_version(ENRICHER_REVISION, record.timestamp_ms),
        enricher_version=ENRICHER_VERSION,
        reference_version=reference.version,
        kafka_topic=record.topic,
        kafka_partition=record.partition,
        kafka_offset=record.offset,
    )


def _planned(routing: Routing, at: datetime, reference: Reference) -> PlannedOutage | None:
    """The planned shutdown of the node or one above it; of all nodes that feed a place, where they are several."""
    if not routing.fed_by:
        return reference.planned_outage(routing.path, at)
    nodes = [node for node_id in routing.fed_by if (node := reference.node(node_id))]
    each = [reference.planned_outage(node.path, at) for node in nodes]
    return each[0] if all(each) else None


def _account_no(data: ComplaintRegistered, notes: list[str]) -> str | None:
    if not data.account_no or not data.account_no.strip():
        return None
    account_no = account_number(data.account_no)
    if account_no is None:
        notes.append("account_no:not_8_or_10_digits")
    return account_no


def _phone(data: ComplaintRegistered, notes: list[str]) -> str | None:
    if not data.phone or not data.phone.strip():
        return None
    phone = e164(data.phone)
    if phone is None:
        notes.append("phone:not_e164")
    return phone


def _customer_key(event: ComplaintEvent, seen: Seen, pseudonymiser: Pseudonymiser) -> str:
    """The key of who complains: the pack's account number for a known account or phone, so that the old number, the
    new number and the phone of one customer agree; else the account as given, else the phone, else the event itself."""
    if seen.consumer:
        return pseudonymiser.of_account(seen.consumer.account_no)
    if seen.account_no:
        return pseudonymiser.of_account(seen.account_no)
    if seen.phone_no:
        return pseudonymiser.of_phone(seen.phone_no)
    return pseudonymiser.of_event(event.source, event.source_id)


def _words_of(named: Sequence[NamedPlace], normal: str) -> tuple[tuple[str, ...], ...]:
    """The words by which the text names each place."""
    tokens = words(normal) if named else []
    return tuple(tuple(tokens[place.start : place.end]) for place in named)


def _finding(data: ComplaintRegistered, normal: str, place_words: Sequence[tuple[str, ...]]) -> Finding:
    """What the complaint says, by upstream's code where it is known, else by the text.

    A danger in the text counts more than a code without one, and the extent is always the text's.
    """
    said = classify(normal, place_words)
    coded = category_of_code(data.category) if data.category else None
    if coded is None or said.hazard:
        return said
    return replace(said, category=coded, confidence=CODE_CONFIDENCE, hazard=coded in HAZARD_CATEGORIES, rule="code")
