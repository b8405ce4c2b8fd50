"""Crashes at chosen and at random points of the whole pipeline; afterwards every complaint is there once."""
