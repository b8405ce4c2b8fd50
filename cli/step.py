"""The detector's step as an option's value."""

from __future__ import annotations

import re
from typing import Any, Final

import click

_GRID_SECONDS: Final = 600
"""The detector looks at the ordinary rate so often; its steps must meet that."""


class Step(click.ParamType):
    """A duration like 30s, 1m or 30 (seconds)."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Whole seconds; anything else, or what does not divide ten minutes, is a usage error."""
        if isinstance(value, int):
            return value
        match = re.fullmatch(r"(\d{1,4})\s*(s|m|min)?", value, re.ASCII)
        if not match:
            self.fail("must be a duration like 30s or 1m.", param, ctx)
        seconds = int(match[1]) * (60 if (match[2] or "s").startswith("m") else 1)
        if not seconds or _GRID_SECONDS % seconds:
            self.fail("must divide ten minutes: 5s, 10s, 15s, 20s, 30s, 1m, 2m, 5m ….", param, ctx)
        return seconds
