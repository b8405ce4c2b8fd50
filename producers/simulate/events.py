"""The evening's clock and the form of its events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, Final, Self

from schemas.envelope import JSON_CONTENT_TYPE

Event = dict[str, Any]

INDIAN_TIME: Final = timezone(timedelta(hours=5, minutes=30), "IST")
_FIRST_HOUR: Final = 18
_HOURS: Final = 5


@dataclass(frozen=True, slots=True)
class Evening:
    """From `began_at` on, `seconds` long. Moments within it are seconds after its beginning."""

    began_at: datetime
    seconds: float

    @classmethod
    def of(cls, day: date) -> Self:
        """18:00 to 23:00, Indian time."""
        return cls(datetime.combine(day, time(_FIRST_HOUR), INDIAN_TIME), _HOURS * 3600.0)

    def at(self, moment: float) -> datetime:
        """The time of a moment, in whole seconds."""
        return self.began_at + timedelta(seconds=int(moment))

    def iso(self, moment: float) -> str:
        """The same as RFC 3339 text."""
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
