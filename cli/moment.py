"""A moment as an option's value."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from schemas.times import EARLIEST_AT, LATEST_AT


class Moment(click.ParamType):
    """A date or time in ISO 8601; without an offset it is India's time."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The time with its zone; anything else is a usage error."""
        if isinstance(value, datetime):
            return value
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            self.fail("must be a time like 2026-06-20T21:00 or 2026-06-20T21:00:00+05:30.", param, ctx)
        if found.tzinfo is None:
            found = found.replace(tzinfo=ZoneInfo("Asia/Kolkata"))
        if not EARLIEST_AT <= found < LATEST_AT:
            self.fail("must lie between the years 2000 and 2069.", param, ctx)
        return found
