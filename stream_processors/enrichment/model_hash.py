"""The hash of the model that this version was made with; written by the training."""

from __future__ import annotations

from typing import Final

MODEL_SHA256: Final = "974f09a6834c9cfba75c8164d49648847c4f6804ce99a49d7255af5c5fdf951f"
