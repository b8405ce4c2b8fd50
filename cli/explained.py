"""What enrichment saw in one complaint and why, in the words of a control room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from reference.consumers import KnownConsumer, SharedPhone
from reference.lookup import Reference
from reference.network import NodePath
from schemas.complaint import ComplaintEvent
from schemas.vocabulary import Extent, Language, NodeKind, RoutedBy, SpecialNeed
from stream_processors.enrichment.enrich import ENRICHER_VERSION, Seen
from stream_processors.enrichment.evidence import Evidence, reasons_of
from stream_processors.enrichment.place import Candidate
from stream_processors.enrichment.pseudonym import mask_numbers
from stream_processors.enrichment.text import language_of

_INDIA: Final = ZoneInfo("Asia/Kolkata")
_LABEL_WIDTH: Final = 12
_METHODS: Final = {
    RoutedBy.TRANSFORMER: "the transformer that was given",
    RoutedBy.ACCOUNT: "the account",
    RoutedBy.PHONE: "the phone",
    RoutedBy.HELP_DESK: "the help desk",
    RoutedBy.LOCALITY: "a place by name",
    RoutedBy.COORDINATES: "the coordinates",
    RoutedBy.PINCODE: "the PIN code",
    RoutedBy.NONE: "nothing",
}
_DECIDERS: Final = {
    "code": "decided by the sender's own code",
    "model": "decided by the model, against or without a rule",
    "no words": "there is no word in it: somebody may be behind it",
}
_LANGUAGES: Final = {
    Language.HINDI: "Hindi",
    Language.HINGLISH: "Hindi in Latin letters",
    Language.ENGLISH: "English",
    Language.MIXED: "both scripts",
    Language.UNKNOWN: "not known",
}
_EXTENTS: Final = {
    Extent.SINGLE: "one premises",
    Extent.AREA: "more than one premises",
    Extent.UNKNOWN: "not said, or not about supply",
}


def explanation(seen: Seen, event: ComplaintEvent, reference: Reference) -> Iterator[str]:
    """The lines for one complaint. None holds a phone, an account number or a name."""
    yield _line("text", seen.text or "none")
    yield _line("language", _LANGUAGES[language_of(seen.normal)] if seen.normal else "no text")
    yield ""
    yield from _category(seen)
    yield _line("hazard", "YES: a present danger" if seen.finding.hazard else "no")
    yield _line("extent", f"{seen.extent}: {_EXTENTS[seen.extent]}")
    yield ""
    yield from _customer(seen)
    yield from _place(seen, reference)
    yield ""
    yield _line("priority", f"{seen.urgency.priority} of 5: {seen.urgency.reason}")
    yield _line("due", _due(seen, event, reference))
    yield _line("planned", _planned(seen))
    yield _line("notes", ", ".join(seen.notes) or "none")
    yield ""
    yield _line("decided by", f"{ENRICHER_VERSION}, reference {reference.version}")


def _line(label: str, text: str) -> str:
    return f"{label + ':':<{_LABEL_WIDTH}} {text}".rstrip()


def _more(text: str) -> str:
    return f"{'':<{_LABEL_WIDTH}} {text}"


def _category(seen: Seen) -> Iterator[str]:
    finding = seen.finding
    yield _line("category", f"{finding.category}, confidence {finding.confidence:.2f}")
    yield _more(_DECIDERS.get(finding.rule, f"decided by the rule {finding.rule}"))
    if not seen.normal:
        return
    reasons = reasons_of(seen.normal, seen.place_words)
    if reasons.rule and reasons.rule.name != finding.rule:
        yield _more(f"the rule {reasons.rule.name} fits too, for {reasons.rule.category}, and did not decide")
    for found in reasons.because:
        yield _more(f"because of {_quoted(found)}")
    for found in reasons.unsaid:
        yield _more(f"not meant, denied or over: {_quoted(found)}")
    if not reasons.because:
        yield _more("heard: " + ("; ".join(map(_quoted, reasons.heard)) or "nothing that it knows"))
    if reasons.opinions:
        yield _more("the model alone: " + ", ".join(f"{category} {share:.2f}" for category, share in reasons.opinions))


def _quoted(found: Evidence) -> str:
    return f'"{found.words}" ({" ".join(found.ideas)})'


def _customer(seen: Seen) -> Iterator[str]:
    if seen.account:
        yield _line("customer", _known(seen.account, "by the account"))
    elif seen.spoken:
        yield _line("customer", _known(seen.spoken, "by an account number in the text"))
    elif isinstance(seen.phone, KnownConsumer):
        yield _line("customer", _known(seen.phone, f"by the phone that ends in {_last(seen)}"))
    elif isinstance(seen.phone, SharedPhone):
        yield _line("customer", f"{seen.phone.consumers} customers have the phone that ends in {_last(seen)}")
    elif seen.account_no or seen.phone_no:
        yield _line("customer", "the pack does not know the account or the phone")
    else:
        yield _line("customer", "no usable account or phone was given")
    if seen.need is not SpecialNeed.NONE:
        yield _more(
            f"special need: {seen.need}"
            + ("" if seen.consumer and seen.consumer.special_need is seen.need else ", by the text")
        )


def _known(consumer: KnownConsumer, how: str) -> str:
    return f"known {how}; kind: {consumer.kind or 'not stated'}"


def _last(seen: Seen) -> str:
    return (seen.phone_no or "")[-3:]


def _place(seen: Seen, reference: Reference) -> Iterator[str]:
    routing = seen.routing
    if routing.routed_by is RoutedBy.NONE:
        yield _line("place", "not known: the complaint goes to `unrouted` and is not lost")
    else:
        yield _line("place", _node(routing.path, reference))
        yield _more(f"decided by {_METHODS[routing.routed_by]}, confidence {routing.confidence:.2f}")
    if routing.locality:
        yield _more(f"locality: {mask_numbers(routing.locality)}")
    if seen.named:
        names = [
            f'"{mask_numbers(" ".join(words))}" as {place.place.name} ({place.place.kind})'
            + (", of which the text names a part that the pack does not know" if place.part_unknown else "")
            for place, words in zip(seen.named, seen.place_words, strict=True)
        ]
        yield _more("named in the text: " + "; ".join(names))
    for one in routing.candidates:
        yield _more(f"{'agrees' if _agrees(one, routing.path) else 'passed over'}: {_candidate(one, reference)}")


def _agrees(one: Candidate, path: NodePath) -> bool:
    return all(not said or not kept or said == kept for said, kept in zip(one.path, path, strict=True))


def _candidate(one: Candidate, reference: Reference) -> str:
    named = f" {one.named}" if one.named else ""
    return f"{one.field}{named} says {_node(one.path, reference)} ({one.confidence:.2f})"


def _node(path: NodePath, reference: Reference) -> str:
    """The deepest node with its name, and the substation above it."""
    node = reference.node(path.node_id)
    if node is None:
        return "no node"
    text = f"{node.kind} {node.name} [{node.node_id}]"
    above = reference.node(path.substation_id)
    if above is not None and node.kind in (NodeKind.FEEDER, NodeKind.TRANSFORMER):
        text += f" of substation {above.name}"
    return text


def _due(seen: Seen, event: ComplaintEvent, reference: Reference) -> str:
    area = reference.area_class(seen.routing.path)
    if seen.limit is None:
        return f"no limit: the pack has none for {seen.finding.category} in {area} areas"
    due = (event.reported_at + timedelta(hours=seen.limit.limit_hours)).astimezone(_INDIA)
    verified = "" if seen.limit.verified else ", not verified"
    return (
        f"{due:%Y-%m-%d %H:%M} IST: {seen.limit.limit_hours:g} hours for {seen.limit.category} in"
        f" {seen.limit.area_class} areas{verified}"
    )


def _planned(seen: Seen) -> str:
    if seen.planned is None:
        return "no"
    ends = seen.planned.ends_at.astimezone(_INDIA)
    reason = seen.planned.reason or "a planned shutdown"
    return f"YES: {reason} until {ends:%Y-%m-%d %H:%M} IST [{seen.planned.planned_id}]"
