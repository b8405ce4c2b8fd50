"""The scenarios as data: what kind of day, how much breaks, how people are. The README has the sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Scenario(StrEnum):
    """What happens."""

    CALM = "calm"
    EVENING = "evening"
    STORM = "storm"
    CRISIS = "crisis"
    REPORTED = "reported"


class Weather(StrEnum):
    """What breaks things: it decides the causes and when in the span faults begin."""

    FAIR = "fair"
    STORM = "storm"
    HEAT = "heat"


@dataclass(frozen=True, slots=True)
class Plan:
    """One scenario. Numbers of things are means for all Kanpur; a smaller pack gets its share by nodes of the kind."""

    first_hour: int
    """Hour of the clock, Indian time, at which the span begins."""
    hours: int
    weather: Weather
    transformers: float = 0.0
    """Transformer faults of all causes."""
    feeders: float = 0.0
    substations: float = 0.0
    incomers: float = 0.0
    load_shedding: float = 0.0
    """Cuts of a feeder for about an hour that nobody announced, several feeders at the same minute."""
    momentary: float = 0.0
    """Trips of a feeder that close again within three minutes."""
    slowness: float = 1.0
    """Factor on all lengths of faults."""
    again: float = 0.05
    """Chance that a restored feeder, substation or incomer trips again within the hour, and so on."""
    nested: float = 0.15
    """Chance that something below a restored feeder, substation or incomer stays dead or fails on its return."""
    mood: float = 1.0
    """Factor on everybody's readiness to complain."""
    repeats: float = 0.35
    """Mean chance that one who complained does so once more while it stays dark."""
    wakes: float = 0.4
    """Share of sleepers whom the stopped fan wakes."""
    everyday: float = 0.0006
    """Everyday complaints an hour for each consumer, in the mean of the span."""
    squall: float = 1.0
    """Factor on everyday trouble with wires in the three hours after a storm's front."""
    weak_pockets: float = 0.0
    """Overloaded transformers that stay on with low voltage."""
    pole_faults: float = 0.0
    """Faults of one pole, with a few houses dark, an hour."""
    telemetry: float = 0.0
    """Share of feeders, substations and incomers whose switches report by telemetry when nothing else is asked."""
    sent_twice: float = 0.003
    """Share of events that their source sends a second time."""
    desk_offline: float = 0.15
    """Chance that a help desk loses its connection for a while and delivers what it took down afterwards."""


PLANS: Final[Mapping[Scenario, Plan]] = {
    Scenario.CALM: Plan(
        first_hour=0,
        hours=24,
        weather=Weather.FAIR,
        transformers=7,
        feeders=4,
        substations=0.5,
        incomers=0.15,
        momentary=12,
        mood=0.9,
        wakes=0.25,
        everyday=0.0003,
        weak_pockets=3,
        pole_faults=0.5,
    ),
    Scenario.EVENING: Plan(
        first_hour=17,
        hours=7,
        weather=Weather.FAIR,
        transformers=24,
        feeders=11,
        substations=1.4,
        incomers=0.4,
        momentary=15,
        again=0.08,
        everyday=0.0008,
        weak_pockets=12,
        pole_faults=3,
    ),
    Scenario.STORM: Plan(
        first_hour=18,
        hours=8,
        weather=Weather.STORM,
        transformers=70,
        feeders=58,
        substations=4,
        incomers=1.6,
        momentary=60,
        slowness=1.5,
        again=0.12,
        nested=0.3,
        mood=0.9,
        wakes=0.3,
        everyday=0.0006,
        squall=3.5,
        weak_pockets=5,
        pole_faults=6,
    ),
    Scenario.CRISIS: Plan(
        first_hour=19,
        hours=9,
        weather=Weather.HEAT,
        transformers=110,
        feeders=85,
        substations=6,
        incomers=2.5,
        load_shedding=75,
        momentary=60,
        slowness=0.9,
        again=0.4,
        nested=0.2,
        mood=2.3,
        repeats=0.55,
        wakes=0.75,
        everyday=0.001,
        weak_pockets=40,
        pole_faults=8,
    ),
    Scenario.REPORTED: Plan(
        first_hour=18,
        hours=5,
        weather=Weather.FAIR,
        transformers=8.4,
        momentary=7,
        again=0.0,
        nested=0.0,
        everyday=0.001,
        telemetry=0.6,
        sent_twice=0.0,
        desk_offline=0.0,
    ),
}
