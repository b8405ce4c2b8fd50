"""Where a complaint belongs: the node of the network, what tied it there, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from reference.consumers import KnownConsumer, SharedPhone
from reference.gazetteer import Place
from reference.lookup import Reference
from reference.network import NOWHERE, NodePath, common_path
from schemas.complaint import ComplaintRegistered, Location
from schemas.vocabulary import NodeKind, RoutedBy
from stream_processors.enrichment.placenames import NamedPlace, finest, place_names
from stream_processors.enrichment.pseudonym import mask_name, mask_numbers
from stream_processors.enrichment.text import clean

TRANSFORMER_CONFIDENCE: Final = 0.98
ACCOUNT_CONFIDENCE: Final = 0.97
SPOKEN_ACCOUNT_CONFIDENCE: Final = 0.95
"""For an account number in the text: somebody may speak of another's."""
PHONE_CONFIDENCE: Final = 0.9
SHARED_PHONE_CONFIDENCE: Final = 0.7
HELP_DESK_CONFIDENCE: Final = 0.7
VERIFIED_LOCALITY_CONFIDENCE: Final = 0.7
LOCALITY_CONFIDENCE: Final = 0.5
TEXT_PLACE_FACTOR: Final = 0.8
"""A place named somewhere in the text may be another than where the trouble is; a locality field is about it."""
UNKNOWN_PART_FACTOR: Final = 0.6
"""For `Barra 8` where the pack knows `Barra` and `Barra 2`, which other substations feed."""
WIDE_PLACE_FACTOR: Final = 0.4
"""For a place that several substations feed: only their common incomer is known."""
LIKELIEST_FACTOR: Final = 0.3
"""For a place that several substations of several incomers feed: the first that the pack names, its main one."""
COORDINATES_CONFIDENCE: Final = 0.5
COORDINATES_BORDER_CONFIDENCE: Final = 0.3
"""Transformers of several substations stand about equally near."""
PINCODE_CONFIDENCE: Final = 0.2

NEARLY_AS_NEAR: Final = 1.5
"""A transformer up to so many times as far away as the nearest one may just as well be the one that feeds a house."""
ALIKE_METRES: Final = 50.0
"""Positions are not better than this: a transformer so much further away than the nearest counts as near as it."""

_MAX_LOCALITY_CHARACTERS: Final = 100


class Candidate(NamedTuple):
    """What one method says: the way down to a node, how sure it is, and the field of the event it comes from.

    `named` is the place's name or the distance; `fed_by` are the nodes that feed the place, where they are several;
    `likeliest`: these have no node in common, and `path` leads to the substation of the first.
    """

    routed_by: RoutedBy
    path: NodePath
    confidence: float
    field: str
    named: str = ""
    fed_by: tuple[str, ...] = ()
    likeliest: bool = False


_NOBODY: Final = Candidate(RoutedBy.NONE, NOWHERE, 0.0, "")


class Routing(NamedTuple):
    """A complaint's place. `path` is empty below what is known; `notes` say what was unknown or in conflict.

    `fed_by` are the nodes that feed a place, where several do. `candidates` are all methods that
    said something, in the order in which they count. The confidences are ranks that keep the order of the methods, not
    measured frequencies.
    """

    path: NodePath
    routed_by: RoutedBy
    confidence: float
    locality: str
    pincode: str
    notes: tuple[str, ...]
    fed_by: tuple[str, ...]
    candidates: tuple[Candidate, ...]


def route(
    data: ComplaintRegistered,
    account: KnownConsumer | None,
    spoken: KnownConsumer | None,
    phone: KnownConsumer | SharedPhone | None,
    in_text: Sequence[NamedPlace],
    reference: Reference,
) -> Routing:
    """The place of a complaint: by transformer, account, account `spoken` of in the text, phone, help desk, locality
    field, place in the text, coordinates, PIN code, the likeliest substation of a place of several, or none.

    The first of these that leads to a substation or below decides, else the first that leads to an incomer. A later one
    that leads deeper below the same substation makes it finer; one that leads to another substation is noted.
    """
    location = data.location
    notes: list[str] = []
    transformer = _transformer(location, reference, notes)
    desk = _desk(data, reference, notes)
    stated = _stated(location, reference)
    best = _named(in_text)
    named = best.place if best else None

    candidates: list[Candidate] = []
    if transformer:
        candidates.append(
            Candidate(RoutedBy.TRANSFORMER, transformer, TRANSFORMER_CONFIDENCE, "location.transformer_id")
        )
    if account and account.path.node_id:
        candidates.append(Candidate(RoutedBy.ACCOUNT, account.path, ACCOUNT_CONFIDENCE, "account_no"))
    if spoken and spoken != account and spoken.path.node_id:
        candidates.append(Candidate(RoutedBy.ACCOUNT, spoken.path, SPOKEN_ACCOUNT_CONFIDENCE, "text", "account"))
    if phone and phone.path.node_id:
        sure = PHONE_CONFIDENCE if isinstance(phone, KnownConsumer) else SHARED_PHONE_CONFIDENCE
        candidates.append(Candidate(RoutedBy.PHONE, phone.path, sure, "phone"))
    if desk:
        candidates.append(Candidate(RoutedBy.HELP_DESK, desk, HELP_DESK_CONFIDENCE, "help_desk"))
    by_name: list[Candidate] = []
    if stated:
        by_name += _by_name(stated, 1.0, "location.locality", reference)
    if best:
        factor = TEXT_PLACE_FACTOR * (UNKNOWN_PART_FACTOR if best.part_unknown else 1)
        by_name += _by_name(best.place, factor, "text", reference)
    candidates += (one for one in by_name if not one.likeliest)
    if location:
        candidates += _by_coordinates(location, reference, notes)
        candidates += _by_pincode(location, reference)
    candidates += (one for one in by_name if one.likeliest)

    decided, confidence = _decided(candidates)
    path = decided.path
    others = (one for one in candidates if one.routed_by is not RoutedBy.PINCODE)
    notes += [f"{one.field}:conflict" for one in others if _elsewhere(one, path, reference)]
    if location and location.pincode and _outside(location.pincode, path, reference):
        notes.append("location.pincode:conflict")
    consumer = account or spoken or (phone if isinstance(phone, KnownConsumer) else None)
    return Routing(
        path=path,
        routed_by=decided.routed_by,
        confidence=round(confidence, 3),
        locality=_locality(data, stated, consumer, named, reference),
        pincode=(location.pincode if location else None)
        or (consumer.pincode if consumer else "")
        or next((place.pincode for place in (stated, named) if place and place.pincode), ""),
        notes=tuple(notes),
        fed_by=decided.fed_by,
        candidates=tuple(candidates),
    )


def _decided(candidates: Sequence[Candidate]) -> tuple[Candidate, float]:
    """The candidate that decides, and how sure it is together with what it makes finer."""
    if not candidates:
        return _NOBODY, 0.0
    decided = next((one for one in candidates if one.path.substation_id), candidates[0])
    if decided.path.substation_id:
        for one in candidates:
            if one.routed_by is RoutedBy.LOCALITY and _is_below(one.path, decided.path):
                return one, max(one.confidence, decided.confidence)
    return decided, decided.confidence


def _is_below(path: NodePath, upper: NodePath) -> bool:
    known = sum(map(bool, upper))
    return path[:known] == upper[:known] and sum(map(bool, path)) > known


def _transformer(location: Location | None, reference: Reference, notes: list[str]) -> NodePath | None:
    if not location or not location.transformer_id:
        return None
    node = reference.node(location.transformer_id.strip())
    if node is None or node.kind is not NodeKind.TRANSFORMER:
        notes.append("location.transformer_id:unknown")
        return None
    return node.path


def _desk(data: ComplaintRegistered, reference: Reference, notes: list[str]) -> NodePath | None:
    if data.help_desk is None or not data.help_desk.substation_id:
        return None
    node = reference.node(data.help_desk.substation_id.strip())
    if node is None or node.kind is not NodeKind.SUBSTATION:
        notes.append("help_desk.substation_id:unknown")
        return None
    return node.path


def _stated(location: Location | None, reference: Reference) -> Place | None:
    """The place of the locality field, else the one that the address names."""
    if not location:
        return None
    if location.locality and (
        place := reference.locality(location.locality) or place_names(reference).in_field(location.locality)
    ):
        return place
    if location.address:
        return finest(named.place for named in place_names(reference).in_text(location.address))
    return None


def _named(in_text: Sequence[NamedPlace]) -> NamedPlace | None:
    place = finest(named.place for named in in_text)
    return next((named for named in in_text if named.place is place), None)


def _by_coordinates(location: Location, reference: Reference, notes: list[str]) -> list[Candidate]:
    """What the coordinates say: the transformer that is clearly nearest, else what the near ones have in common."""
    latitude, longitude = location.latitude, location.longitude
    if latitude is None and longitude is None:
        return []
    if latitude is None or longitude is None:
        notes.append("location.latitude:incomplete")
        return []
    if fault := reference.point_fault(latitude, longitude):
        notes.append(f"location.latitude:{fault}")
        return []
    near = reference.transformers_near(latitude, longitude)
    if not near:
        notes.append("location.latitude:no_transformer_near")
        return []
    bound = max(near[0].metres * NEARLY_AS_NEAR, near[0].metres + ALIKE_METRES)
    path = common_path(one.path for one in near if one.metres <= bound)
    confidence = COORDINATES_CONFIDENCE
    if not path.substation_id:
        path, confidence = near[0].path._replace(feeder_id="", transformer_id=""), COORDINATES_BORDER_CONFIDENCE
    return [Candidate(RoutedBy.COORDINATES, path, confidence, "location.latitude", f"{near[0].metres:.0f} m")]


def _by_pincode(location: Location, reference: Reference) -> list[Candidate]:
    path = reference.pincode(location.pincode) if location.pincode else NOWHERE
    if not path.node_id:
        return []
    confidence = PINCODE_CONFIDENCE if path.substation_id else PINCODE_CONFIDENCE * WIDE_PLACE_FACTOR
    return [Candidate(RoutedBy.PINCODE, path, confidence, "location.pincode")]


def _by_name(place: Place, factor: float, field: str, reference: Reference) -> list[Candidate]:
    """What a named place says; of nodes that have none in common the substation of the first."""
    if not place.node_ids:
        return []
    fed_by = place.node_ids if len(place.node_ids) > 1 else ()
    if place.path.node_id:
        return [Candidate(RoutedBy.LOCALITY, place.path, _sureness(place) * factor, field, place.name, fed_by)]
    first = reference.node(place.node_ids[0])
    if first is None or not first.path.substation_id:
        return []
    path = first.path._replace(feeder_id="", transformer_id="")
    sure = LOCALITY_CONFIDENCE * LIKELIEST_FACTOR * factor
    return [Candidate(RoutedBy.LOCALITY, path, sure, field, place.name, fed_by, likeliest=True)]


def _sureness(place: Place) -> float:
    sure = VERIFIED_LOCALITY_CONFIDENCE if place.verified and not place.shared_name else LOCALITY_CONFIDENCE
    return sure if place.path.substation_id else sure * WIDE_PLACE_FACTOR


def _elsewhere(one: Candidate, path: NodePath, reference: Reference) -> bool:
    """Whether a candidate says another substation; a likeliest one when no node that feeds its place is of this one."""
    said = {one.path.substation_id}
    if one.likeliest:
        said = {node.path.substation_id for node_id in one.fed_by if (node := reference.node(node_id))}
    return bool(one.path.substation_id and path.substation_id and path.substation_id not in said)


def _outside(pincode: str, path: NodePath, reference: Reference) -> bool:
    """Whether the pack knows the PIN code, and all that feeds its localities lies elsewhere."""
    fed_by = reference.pincode_paths(pincode)
    return bool(fed_by) and not any(
        all(not said or not kept or said == kept for said, kept in zip(one[:2], path[:2], strict=True))
        for one in fed_by
    )


def _locality(
    data: ComplaintRegistered,
    stated: Place | None,
    consumer: KnownConsumer | None,
    named: Place | None,
    reference: Reference,
) -> str:
    """The name of the locality: as the pack writes it where it can, else as it was stated, else the consumer's."""
    names = place_names(reference)
    if stated:
        return names.locality_of(stated) or stated.name
    location = data.location
    written = location.locality if location and not names.says_nothing(location.locality) else None
    if written and (kept := mask_numbers(mask_name(clean(written), data.customer_name))[:_MAX_LOCALITY_CHARACTERS]):
        return kept
    if consumer:
        return consumer.locality
    return names.locality_of(named) if named else ""
