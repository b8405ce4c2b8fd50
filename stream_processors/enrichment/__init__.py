"""Pure enrichment: text, category, place and consequence of one complaint, as plain functions on plain values."""

from stream_processors.enrichment.enrich import ENRICHER_REVISION, ENRICHER_VERSION, enrich
from stream_processors.enrichment.pseudonym import Pseudonymiser, mask_numbers

__all__ = ["ENRICHER_REVISION", "ENRICHER_VERSION", "Pseudonymiser", "enrich", "mask_numbers"]
