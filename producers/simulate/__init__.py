"""A simulated evening: faults of a reported day, customers who complain of them, and what the channels make of it."""

from producers.simulate.simulation import Scenario, Simulated, simulate

__all__ = ["Scenario", "Simulated", "simulate"]
