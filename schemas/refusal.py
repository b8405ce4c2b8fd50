"""A refusal: why an event cannot be taken, in words that never hold a value of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Never

from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from schemas.vocabulary import DeadLetterStage, RefusalReason

_REASONS: Final = {
    "missing": RefusalReason.MISSING_FIELD,
    "string_too_long": RefusalReason.TOO_LONG,
    "enum": RefusalReason.NOT_ALLOWED,
    "literal_error": RefusalReason.NOT_ALLOWED,
    "string_pattern_mismatch": RefusalReason.NOT_ALLOWED,
    "string_too_short": RefusalReason.NOT_ALLOWED,
    "uuid_parsing": RefusalReason.NOT_ALLOWED,
}
"""pydantic's own error types by our reason; an error type that is itself a reason needs no line."""

_OWN: Final = frozenset(reason.value for reason in RefusalReason)


@dataclass(eq=False)
class Refusal(Exception):
    """Raised for an event that breaks the contract.

    `reason` comes from the closed list, `field` is the path of the offending field (`data.text`, `time`; empty when the
    whole record is meant), `stage` says who refused. `source` and `source_id` are the event's identity as far as it was
    readable, for the answer to its sender; they are not personal data.
    """

    reason: RefusalReason
    field: str = ""
    stage: DeadLetterStage = DeadLetterStage.VALIDATE
    source: str | None = None
    source_id: str | None = None

    def __str__(self) -> str:
        return f"{self.reason} ({self.field})" if self.field else str(self.reason)


def reason_of(error: ErrorDetails) -> RefusalReason:
    """The reason that stands for one pydantic error."""
    kind = error["type"]
    if kind in _REASONS:
        return _REASONS[kind]
    return RefusalReason(kind) if kind in _OWN else RefusalReason.WRONG_TYPE


def field_of(error: ErrorDetails, prefix: str = "") -> str:
    """The dotted path of the field that one pydantic error is about."""
    return ".".join([prefix, *map(str, error["loc"])] if prefix else map(str, error["loc"]))


def refuse(reason: RefusalReason, message: str) -> Never:
    """Raise from a pydantic validator. `message` states the rule, never the value."""
    raise PydanticCustomError(reason.value, "{rule}", {"rule": message})


def refusal_of(error: ValidationError, prefix: str = "") -> Refusal:
    """The refusal for the first thing that pydantic found wrong."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    return Refusal(reason_of(first), field_of(first, prefix))
