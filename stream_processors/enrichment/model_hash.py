"""The hash of the model that this version was made with; written by the training."""

from __future__ import annotations

from typing import Final

MODEL_SHA256: Final = "2402c53f04e5c1e943a043a46f9819ab7179002b6fd48f834a4111a7a07b60d1"
