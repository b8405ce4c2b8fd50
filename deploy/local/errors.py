"""The one error of this package, and the shape of progress reports."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called as `progress(message, done, total)`; `done` and `total` count the unit that the message names, and are both 0
for a message that only says what is going on."""


class LocalError(Exception):
    """Something on this machine stands in the way. The message says what happened and what to do about it."""
