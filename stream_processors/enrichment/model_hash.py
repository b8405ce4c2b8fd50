"""The hash of the model that this version was made with; written by the training."""

from __future__ import annotations

from typing import Final

MODEL_SHA256: Final = "c59fb8ad922bfee7f608383c81eda8d15297f7ccdf94d7fefa265eb858449cc4"
