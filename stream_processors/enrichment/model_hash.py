"""The hash of the model that this version was made with; written by the training."""

from __future__ import annotations

from typing import Final

MODEL_SHA256: Final = "c515d6bd62f14ea74319fc128704cf263fe6e4035ab5f4f01b405a80f6c1938b"
