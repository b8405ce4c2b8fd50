"""The hash of the model that this version was made with; written by the training."""

from __future__ import annotations

from typing import Final

MODEL_SHA256: Final = "299aac0388aa9a410d2db8453d189bca17d79242199b03e254e75768004163cf"
