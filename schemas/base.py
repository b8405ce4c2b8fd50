"""The settings that every event model shares."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Incoming(BaseModel):
    """Data from outside: strict types, unknown fields left out, values never shown in an error."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True, hide_input_in_errors=True)


class Outgoing(BaseModel):
    """Flat data that we write ourselves: every field is always there."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    def to_json(self) -> bytes:
        """The flat JSON object, UTF-8; times are RFC 3339 with an offset."""
        return self.__pydantic_serializer__.to_json(self)
