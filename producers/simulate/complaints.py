"""The complaint events of the simulation, with all that is wrong, missing or odd in what channels send."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from producers.simulate.channels import Contact
from producers.simulate.city import City, Customer
from producers.simulate.dice import Dice
from producers.simulate.events import Event, Span
from producers.simulate.sentences import PlaceNames, Sentences, slip
from schemas.envelope import COMPLAINT_REGISTERED
from schemas.vocabulary import SUPPLY_CATEGORIES, Category, Channel

_CODES: Final = {
    Category.NO_SUPPLY: "NO SUPPLY",
    Category.NO_SUPPLY_AREA: "AREA OUTAGE",
    Category.LOW_VOLTAGE: "LOW VOLTAGE",
    Category.FUSE_BLOWN: "FUSE OFF CALL",
    Category.TRANSFORMER_FAULT: "TRANSFORMER",
    Category.LINE_BROKEN: "LINE BREAKDOWN",
    Category.BILLING: "BILLING",
    Category.METER_FAULT: "DEFECTIVE METER",
    Category.PREPAID_SMART_METER: "PREPAID METER",
    Category.STREET_LIGHT: "STREET LIGHT",
    Category.POWER_THEFT: "THEFT",
}
"""Codes that the channels choose from; everything else is OTHER."""
_DRIFT: Final = 0.08
"""Share of codes in another writing: labels drift from year to year and desk to desk."""
_CODE_GIVEN: Final = {Channel.CALL: 0.25, Channel.WEB: 0.6, Channel.HELPDESK: 0.3}
_CODE_ALONE: Final = 0.12
"""Share of those with a code that come without a text."""
_NAMES: Final = ("R. Kumar", "Shabana", "Anil Gupta", "Sunita Devi", "Imran", "Pooja Singh", "Ram Prasad", "S. Awasthi")
_FORMS: Final = {Category.BILLING: "bill", Category.TRANSFORMER_FAULT: "transformer"}

_ACCOUNT: Final = {Channel.CALL: 0.55, Channel.WEB: 0.85, Channel.HELPDESK: 0.75}
_PHONE: Final = {Channel.CALL: 0.95, Channel.WEB: 0.85, Channel.HELPDESK: 0.5}
_LOCALITY: Final = {Channel.CALL: 0.7, Channel.WEB: 0.55, Channel.HELPDESK: 0.6}
"""Share of events that have the field at all."""
_ASKED_NEIGHBOURS: Final = {Channel.CALL: 0.5, Channel.WEB: 0.35, Channel.HELPDESK: 0.4}
_HONEST: Final = 0.9
_NULL_AS_TEXT, _NEWLINE, _HALF_DAY_LOST, _TIME_MISSING = 0.01, 0.03, 0.03, 0.05
"""Faults seen in a city's real complaint data: `null` as a text, line ends in fields, AM and PM lost (help desks)."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint event and the contact that it came from."""

    contact: Contact
    event: Event


def complaint_events(city: City, contacts: Iterable[Contact], span: Span, dice: Dice) -> Iterator[Complaint]:
    """One event for each contact, in their order. Each source counts up its own ids, with gaps."""
    numbers: Counter[str] = Counter()
    sentences = Sentences()
    for contact in contacts:
        substation_id = city.nodes[contact.wish.household.customer.transformer_id].path.substation_id
        source, prefix = _source(contact, substation_id)
        numbers[source] += 1 if dice.chance(0.97) else dice.whole(2, 6)
        event_id = span.event_id(prefix, numbers[source])
        data = _data(city, contact, substation_id, numbers[source], sentences, span, dice)
        yield Complaint(contact, span.event(COMPLAINT_REGISTERED, source, event_id, contact.recorded_at, data))


def _source(contact: Contact, substation_id: str) -> tuple[str, str]:
    if contact.channel is Channel.CALL:
        return f"/kesco/call-centre/acd-{1 + contact.line % 2}", "CC"
    if contact.channel is Channel.WEB:
        return "/kesco/web-portal", "WP"
    return f"/kesco/help-desk/{substation_id}", "HD"


def _data(
    city: City,
    contact: Contact,
    substation_id: str,
    number: int,
    sentences: Sentences,
    span: Span,
    dice: Dice,
) -> Event:
    channel, wish = contact.channel, contact.wish
    place = place_names(city, wish.household.customer)
    hours = int((contact.said_at - wish.since) // 3600)
    text: str | None = sentences.say(wish.says, place, hours, wish.several, dice)
    category = None
    if dice.chance(_CODE_GIVEN[channel]):
        category = _code(wish.says, dice)
        if wish.says in _CODES and dice.chance(_CODE_ALONE):
            text = None
    if text is not None and dice.chance(_NEWLINE):
        text = text.replace(" ", "\n", 1) + "\n"
    return {
        "channel": channel.value,
        "reported_at": _reported_at(contact, span, dice),
        "account_no": wish.household.account if dice.chance(_ACCOUNT[channel]) else None,
        "phone": _phone(wish.household.phone, dice) if dice.chance(_PHONE[channel]) else None,
        "customer_name": _customer_name(dice),
        "text": text,
        "language": None,
        "category": category,
        "neighbours_out": _neighbours_out(contact, dice),
        "location": _location(city, contact, place, dice),
        **_block(contact, substation_id, number, dice),
    }


def place_names(city: City, customer: Customer) -> PlaceNames:
    """What the customer calls the place: the locality with its other spellings, else the substation's name."""
    locality = city.localities.get(customer.locality)
    if locality is not None:
        names = (locality.locality, *locality.aliases)
    else:
        substation_id = city.nodes[customer.transformer_id].path.substation_id
        row = next(row for row in city.tables.substations if row.substation_id == substation_id)
        names = (row.name_en.partition(" (")[0], row.name_hi, *row.aliases)
    in_latin = tuple(name for name in names if name and name.isascii())
    return PlaceNames(in_latin, tuple(name for name in names if name and not name.isascii()))


def _code(says: Category, dice: Dice) -> str:
    code = _CODES.get(says, "OTHER")
    return (
        dice.pick((code.title(), code.replace(" ", "_"), f"{code}.", f" {code.lower()}"))
        if dice.chance(_DRIFT)
        else code
    )


def _reported_at(contact: Contact, span: Span, dice: Dice) -> str | None:
    if dice.chance(_TIME_MISSING):
        return None
    at = span.at(contact.said_at)
    if contact.channel is Channel.HELPDESK and dice.chance(_HALF_DAY_LOST) and at.hour >= 12:
        at -= timedelta(hours=12)
    return at.isoformat()


def _phone(digits: str, dice: Dice) -> str:
    return dice.weighted(
        (
            (f"+91{digits}", 0.6),
            (digits, 0.25),
            (f"0{digits}", 0.08),
            (f"{digits[:5]} {digits[5:]}", 0.04),
            (f"+91-{digits[:5]}-{digits[5:]}", 0.03),
        )
    )


def _customer_name(dice: Dice) -> str | None:
    if dice.chance(_NULL_AS_TEXT):
        return "null"
    return dice.pick(_NAMES) if dice.chance(0.3) else None


def _neighbours_out(contact: Contact, dice: Dice) -> bool | None:
    wish = contact.wish
    about_supply = wish.says in SUPPLY_CATEGORIES or wish.says is Category.RESTORATION_QUERY
    if not about_supply or not dice.chance(_ASKED_NEIGHBOURS[contact.channel]):
        return None
    return wish.several if dice.chance(_HONEST) else not wish.several


def _location(city: City, contact: Contact, place: PlaceNames, dice: Dice) -> Event | None:
    if dice.chance(0.08):
        return None
    channel, customer = contact.channel, contact.wish.household.customer
    locality = None
    if dice.chance(_LOCALITY[channel]) and (place.latin or place.devanagari):
        names = place.devanagari if place.devanagari and (dice.chance(0.2) or not place.latin) else place.latin
        locality = names[0] if dice.chance(0.6) else dice.pick(names)
        if locality.isascii() and dice.chance(0.08):
            locality = slip(locality, dice)
    if dice.chance(_NULL_AS_TEXT):
        locality = "null"
    latitude, longitude = _position(city, customer, dice) if channel is Channel.WEB else (None, None)
    return {
        "address": _address(dice) if dice.chance(0.5) else None,
        "locality": locality,
        "pincode": customer.pincode if customer.pincode and dice.chance(0.4) else None,
        "latitude": latitude,
        "longitude": longitude,
        "transformer_id": customer.transformer_id if channel is Channel.WEB and dice.chance(0.02) else None,
    }


def _address(dice: Dice) -> str:
    house = f"{dice.whole(1, 133)}/{dice.whole(1, 900)}"
    return f"{house} {dice.pick('ABCDEGHKMNOY')} Block" if dice.chance(0.6) else house


def _position(city: City, customer: Customer, dice: Dice) -> tuple[float | None, float | None]:
    node = city.nodes[customer.transformer_id]
    if node.latitude is None or node.longitude is None or not dice.chance(0.2):
        return None, None
    return round(node.latitude + dice.between(-0.003, 0.003), 5), round(node.longitude + dice.between(-0.003, 0.003), 5)


def _block(contact: Contact, substation_id: str, number: int, dice: Dice) -> Event:
    if contact.channel is Channel.CALL:
        call_id = f"{dice.whole(0, 1 << 32):08x}"
        agent_id = f"A-{dice.whole(1, 200):03}"
        return {
            "call": {
                "call_id": call_id,
                "line": contact.line,
                "queue_seconds": contact.queue_seconds,
                "agent_id": agent_id,
            }
        }
    if contact.channel is Channel.WEB:
        session_id = f"{dice.whole(0, 1 << 48):012x}"
        return {"web": {"session_id": session_id, "form": _FORMS.get(contact.wish.says, "power_cut")}}
    desk = {"substation_id": substation_id, "desk_id": f"{substation_id}-1", "token_no": number}
    return {"help_desk": {**desk, "operator_id": f"OP-{dice.whole(1, 4)}"}}
