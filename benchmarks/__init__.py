"""Measurements, each a folder with what it measures, how to run it and the committed result."""
