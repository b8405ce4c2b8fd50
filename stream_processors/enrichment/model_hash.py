"""The hash of the model that this version was made with; written by the training."""

from __future__ import annotations

from typing import Final

MODEL_SHA256: Final = "157ffcdec59e490288bad47152025061a8b4626c69679c73621bef73e9c36649"
