"""The clock of a simulation and the form of its events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, Final, Self

from schemas.envelope import JSON_CONTENT_TYPE

Event = dict[str, Any]

INDIAN_TIME: Final = timezone(timedelta(hours=5, minutes=30), "IST")


@dataclass(frozen=True, slots=True)
class Span:
    """From `began_at` on, `seconds` long. Moments within it are seconds after its beginning."""

    began_at: datetime
    seconds: float

    @classmethod
    def of(cls, day: date, first_hour: int, hours: int) -> Self:
        """So many hours from an hour of that day on, Indian time."""
        return cls(datetime.combine(day, time(first_hour), INDIAN_TIME), hours * 3600.0)

    def at(self, moment: float) -> datetime:
        """The time of a moment, in whole seconds."""
        return self.began_at + timedelta(seconds=int(moment))

    def moment(self, at: datetime) -> float:
        """The moment of a time; negative before the span."""
        return (at - self.began_at).total_seconds()

    def hour(self, moment: float) -> float:
        """The hour of the clock at a moment, in [0, 24)."""
        return (self.began_at.hour + moment / 3600) % 24

    def iso(self, moment: float) -> str:
        """The time of a moment as RFC 3339 text."""
        return self.at(moment).isoformat()

    def event_id(self, prefix: str, number: int) -> str:
        """An id like those of the sources: prefix, day and a rising number."""
        return f"{prefix}-{self.began_at:%Y-%m-%d}-{number:06}"

    def event(self, kind: str, source: str, event_id: str, moment: float, data: Event) -> Event:
        """A structured-mode CloudEvent that its source recorded at `moment`."""
        return {
            "specversion": "1.0",
            "id": event_id,
            "source": source,
            "type": kind,
            "time": self.iso(moment),
            "datacontenttype": JSON_CONTENT_TYPE,
            "data": data,
        }
