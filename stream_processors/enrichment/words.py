"""The vocabulary: what callers write, in any script, for each idea that the rules speak of.

Each idea stands with its spellings, parted by spaces. `first_second` stands for two words in a row; `=word` counts
only as written and not by its sound. Spellings that sound alike (`romanise.key_of`) need to stand only once, in
either script. Some ideas are in no rule: `TALK` and a few more hold common words, so that these are taken neither
for a place nor for a slip of another word.
"""

from __future__ import annotations

from typing import Final

from stream_processors.enrichment.words_network import NETWORK_WORDS
from stream_processors.enrichment.words_service import SERVICE_WORDS
from stream_processors.enrichment.words_supply import SUPPLY_WORDS

WORDS: Final = {**SUPPLY_WORDS, **NETWORK_WORDS, **SERVICE_WORDS}
"""Idea -> spellings. Where two ideas claim one sound, the first in this order has it."""

FILLERS: Final = frozenset({"POLITE"})
"""Ideas that say nothing: words of politeness."""

GROUPS: Final = {
    "SUPPLY": "LIGHT POWER CURRENT",
    "ARRIVE": "COME CAME",
    "NEG": "NOT NO NOBODY",
    "WIRES": "WIRE CABLE JUMPER",
    "BURNS": "BURN BURNING",
}
"""A name for several ideas."""
