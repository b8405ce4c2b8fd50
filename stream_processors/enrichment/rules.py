"""The rules that decide what a complaint is about, in the order in which they count.

The order is the contract's "most urgent first": dangers, then faults of the network, then what one house can have, then
money and service, then the bare "no light", then questions.
"""

from __future__ import annotations

from typing import Final

from stream_processors.enrichment.rules_danger import DANGERS, NOT_OURS
from stream_processors.enrichment.rules_service import ASKED, MONEY, QUERIES
from stream_processors.enrichment.rules_supply import HOUSE, NETWORK, NO_LIGHT, REST

RULES: Final = (*NOT_OURS, *DANGERS, *NETWORK, *HOUSE, *ASKED, *MONEY, *NO_LIGHT, *QUERIES, *REST)
"""Every rule; the first that fits decides."""
