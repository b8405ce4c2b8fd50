"""The hash of the model that this version was made with; written by the training."""

from __future__ import annotations

from typing import Final

MODEL_SHA256: Final = "819e24ee13fe52fea43b9fa2c468fbc6e4b7387159c9431897d82f54f1c2bfc3"
