"""Where a complaint belongs: the node of the network, what tied it there, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from reference.consumers import KnownConsumer, SharedPhone
from reference.gazetteer import NamedPlace, Place, PlaceKind
from reference.lookup import Reference
from reference.network import NOWHERE, NodePath
from schemas.complaint import ComplaintRegistered
from schemas.vocabulary import NodeKind, RoutedBy
from stream_processors.enrichment.pseudonym import mask_numbers
from stream_processors.enrichment.text import clean

TRANSFORMER_CONFIDENCE: Final = 0.98
ACCOUNT_CONFIDENCE: Final = 0.97
PHONE_CONFIDENCE: Final = 0.9
SHARED_PHONE_CONFIDENCE: Final = 0.7
HELP_DESK_CONFIDENCE: Final = 0.7
VERIFIED_LOCALITY_CONFIDENCE: Final = 0.7
LOCALITY_CONFIDENCE: Final = 0.5
TEXT_PLACE_FACTOR: Final = 0.8
"""A place named somewhere in the text may be another than where the trouble is; a locality field is about it."""
WIDE_PLACE_FACTOR: Final = 0.4
"""For a place that several substations feed: only their common incomer is known."""

_MAX_LOCALITY_CHARACTERS: Final = 100


@dataclass(frozen=True, slots=True)
class Routing:
    """A complaint's place. `path` is empty below what is known; `notes` say what was unknown or in conflict.

    The confidences are ranks that keep the order of the methods, not measured frequencies.
    """

    path: NodePath
    routed_by: RoutedBy
    confidence: float
    locality: str
    pincode: str
    notes: tuple[str, ...]


def route(
    data: ComplaintRegistered,
    account: KnownConsumer | None,
    phone: KnownConsumer | SharedPhone | None,
    in_text: Iterable[NamedPlace],
    reference: Reference,
) -> Routing:
    """The place of a complaint: by transformer, account, phone, help desk, locality field, place in the text, or none.

    The first of these that leads to a node decides. A help desk or a locality field that says another substation than
    the one decided on is noted.
    """
    location = data.location
    notes: list[str] = []
    transformer = _transformer(location.transformer_id if location else None, reference, notes)
    desk = _desk(data, reference, notes)
    stated = reference.locality(location.locality) if location and location.locality else None
    named = _best(place.place for place in in_text)

    if transformer:
        found = (transformer, RoutedBy.TRANSFORMER, TRANSFORMER_CONFIDENCE)
    elif account and account.path.node_id:
        found = (account.path, RoutedBy.ACCOUNT, ACCOUNT_CONFIDENCE)
    elif phone and phone.path.substation_id:
        known = isinstance(phone, KnownConsumer)
        found = (phone.path, RoutedBy.PHONE, PHONE_CONFIDENCE if known else SHARED_PHONE_CONFIDENCE)
    elif desk:
        found = (desk, RoutedBy.HELP_DESK, HELP_DESK_CONFIDENCE)
    elif stated and stated.path.node_id:
        found = (stated.path, RoutedBy.LOCALITY, _sureness(stated))
    elif named and named.path.node_id:
        found = (named.path, RoutedBy.LOCALITY, _sureness(named) * TEXT_PLACE_FACTOR)
    else:
        found = (NOWHERE, RoutedBy.NONE, 0.0)
    path, routed_by, confidence = found

    if desk and _elsewhere(desk, path):
        notes.append("help_desk:conflict")
    if stated and _elsewhere(stated.path, path):
        notes.append("location.locality:conflict")
    consumer = account or (phone if isinstance(phone, KnownConsumer) else None)
    return Routing(
        path=path,
        routed_by=routed_by,
        confidence=round(confidence, 3),
        locality=_locality(location.locality if location else None, stated, consumer, named),
        pincode=(location.pincode if location else None)
        or (consumer.pincode if consumer else "")
        or next((place.pincode for place in (stated, named) if place and place.pincode), ""),
        notes=tuple(notes),
    )


def _transformer(transformer_id: str | None, reference: Reference, notes: list[str]) -> NodePath | None:
    if not transformer_id:
        return None
    node = reference.node(transformer_id)
    if node is None or node.kind is not NodeKind.TRANSFORMER:
        notes.append("location.transformer_id:unknown")
        return None
    return node.path


def _desk(data: ComplaintRegistered, reference: Reference, notes: list[str]) -> NodePath | None:
    if data.help_desk is None or not data.help_desk.substation_id:
        return None
    node = reference.node(data.help_desk.substation_id)
    if node is None or node.kind is not NodeKind.SUBSTATION:
        notes.append("help_desk.substation_id:unknown")
        return None
    return node.path


def _best(places: Iterable[Place]) -> Place | None:
    """Of several places the one that leads deepest into the network, a locality before a substation or feeder."""
    return max(places, key=_rank, default=None)


def _rank(place: Place) -> tuple[bool, bool, int]:
    return bool(place.path.substation_id), place.kind is PlaceKind.LOCALITY, sum(map(bool, place.path))


def _sureness(place: Place) -> float:
    sure = VERIFIED_LOCALITY_CONFIDENCE if place.verified and not place.shared_name else LOCALITY_CONFIDENCE
    return sure if place.path.substation_id else sure * WIDE_PLACE_FACTOR


def _elsewhere(one: NodePath, other: NodePath) -> bool:
    return bool(one.substation_id and other.substation_id and one.substation_id != other.substation_id)


def _locality(written: str | None, stated: Place | None, consumer: KnownConsumer | None, named: Place | None) -> str:
    """The name of the locality: as the pack writes it where it can, else as it was stated, else the consumer's."""
    if stated:
        return stated.name
    if written and (kept := mask_numbers(clean(written))[:_MAX_LOCALITY_CHARACTERS]):
        return kept
    if consumer:
        return consumer.locality
    return named.name if named and named.kind is PlaceKind.LOCALITY else ""
