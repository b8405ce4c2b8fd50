"""What a rule is."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.vocabulary import Category


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: it fits when one of `any_of` is found, each of `needs` is found too and none of `unless`.

    The patterns are those of `pattern`, over the ideas of `words`. `confidence` is how sure the rule is by itself;
    `hazard` marks a present danger from the network or the wiring.
    """

    name: str
    category: Category
    any_of: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...] = ()
    unless: tuple[str, ...] = ()
    hazard: bool = False
    confidence: float = 0.9
