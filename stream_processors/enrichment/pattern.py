"""A small language for patterns over ideas, compiled to regular expressions over one character an idea.

A pattern is a row of parts, parted by spaces:

- `FIRE` an idea, `WIRE|CABLE` one of several, `SUPPLY` a group; `IS?` may be there or not;
- `~3` up to three ideas in between, none of them a negation or an end of a clause; `~3-COME|GO` also none of these;
- `~~3` up to three ideas in between, negations and commas allowed, but no end of a sentence;
- `A <3> B` short for `A ~3 B` or `B ~3 A`, as the whole pattern;
- `!NOT` the next idea is not this one; `^` and `$` are the ends of a clause.

Every repetition is bounded and over single characters, so matching takes linear time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

FIRST_IDEA_CHARACTER: Final = 0xE000
"""The private use area of Unicode: a character for each idea, none of them with a meaning in a regular expression."""

_BOTH_ORDERS: Final = re.compile(r"(\S+) <(\d+)> (\S+)")
_GAP: Final = re.compile(r"(~~?)(\d+)(?:-(\S+))?")


class Patterns:
    """The compiler for a list of ideas and groups of ideas.

    `negations` and `commas` close the gap `~`, `stops` both gaps; all three are names of ideas.
    Raises ValueError when an idea stands twice.
    """

    def __init__(
        self, ideas: list[str], groups: Mapping[str, str], negations: list[str], commas: list[str], stops: list[str]
    ) -> None:
        if len(set(ideas)) < len(ideas):
            raise ValueError("each idea must stand once")
        self.characters: Final = {idea: chr(FIRST_IDEA_CHARACTER + index) for index, idea in enumerate(ideas)}
        self._groups = groups
        self._closed = {
            "~": "".join(self.characters[idea] for idea in (*negations, *commas, *stops)),
            "~~": "".join(self.characters[idea] for idea in stops),
        }
        marks = "".join(self.characters[idea] for idea in (*commas, *stops))
        self._ends = {"^": f"(?:^|(?<=[{marks}]))", "$": f"(?=[{marks}]|$)"}

    def compile(self, *patterns: str) -> re.Pattern[str]:
        """One expression that finds any of `patterns`. Raises KeyError for an idea that does not exist."""
        return re.compile("|".join(f"(?:{part})" for pattern in patterns for part in self._both_orders(pattern)))

    def triggers(self, *patterns: str) -> frozenset[str]:
        """Characters of which a text must have one for any of `patterns` to be in it."""
        return frozenset(character for pattern in patterns for character in min(self._needed(pattern), key=len))

    def _needed(self, pattern: str) -> list[str]:
        return [
            self.ideas_of(part)
            for part in pattern.split()
            if part not in ("^", "$") and part[0] not in "~<!" and not part.endswith("?")
        ]

    def ideas_of(self, name: str) -> str:
        """The characters of `A|B|GROUP`."""
        return "".join(
            self.characters[idea] for part in name.split("|") for idea in self._groups.get(part, part).split()
        )

    def _both_orders(self, pattern: str) -> list[str]:
        if match := _BOTH_ORDERS.fullmatch(pattern):
            first, gap, second = match.groups()
            return [self._expression(f"{first} ~{gap} {second}"), self._expression(f"{second} ~{gap} {first}")]
        return [self._expression(pattern)]

    def _expression(self, pattern: str) -> str:
        return "".join(self._part(part) for part in pattern.split())

    def _part(self, part: str) -> str:
        if part in ("^", "$"):
            return self._ends[part]
        if match := _GAP.fullmatch(part):
            kind, width, without = match.groups()
            closed = self._closed[kind] + (self.ideas_of(without) if without else "")
            return f"[^{closed}]{{0,{width}}}"
        if part.startswith("!"):
            return f"(?![{self.ideas_of(part[1:])}])"
        if part.endswith("?"):
            return f"[{self.ideas_of(part[:-1])}]?"
        return f"[{self.ideas_of(part)}]"
