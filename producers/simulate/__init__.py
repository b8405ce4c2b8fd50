"""A simulated city: what fails in it, customers who complain of it, and what the channels make of that."""

from producers.simulate.scenarios import Scenario
from producers.simulate.simulation import Simulated, simulate

__all__ = ["Scenario", "Simulated", "simulate"]
