"""Rule sets: every number the detector decides by, as data. The name of the set is stored with each outage."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Self

MINUTE: Final = 60.0


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All values are settings of ours, tuned on simulated cities; none is published by a utility.

    Tuples by kind are in the order incomer, substation, feeder, transformer. Scores are natural logarithms of odds.
    """

    name: str
    ages_minutes: tuple[float, ...] = (4.0, 9.0, 20.0, 45.0, 80.0, 130.0)
    """How long ago a node may have died."""
    feeder_age_odds: tuple[float, ...] = (0.0, 0.0, -0.7, -1.2, -1.5, -2.0)
    """Log odds of each of these ages of a feeder. A dead feeder is soon known by many: on the tuning days, with outages
    opened from a score one lower, 15 of 4,497 were false that were explained best by up to 9 minutes, and 45 of 345 by
    more, mostly after trips."""
    shares: tuple[float, ...] = (0.015, 0.03, 0.06, 0.12)
    """Which share of its customers complains in the end."""
    low_shares: tuple[float, ...] = (0.0025, 0.006)
    """The same below a substation or an incomer, where few may do. Below a feeder so few complain after a trip too."""
    low_share_odds: float = -4.0
    """Log odds of each of these against each of `shares`: what two feeders and some transformers explain as well is
    theirs."""
    trip_share: float = 0.0035
    """Share that complains though the node, a feeder or above, was dark for moments only. On the tuning days 2.5 in
    1,000 do within 25 minutes of a trip (95th percentile 5 to 12), against 10 or more of 1,000 below 95 % of the
    feeders that stay dark."""
    readiness_share: float = 0.0165
    """Share of a dead feeder's customers who complain within `readiness_minutes` of the first where people are as ready
    to complain as the shares above suppose: the median of the tuning days. Elsewhere all these are multiplied."""
    readiness_minutes: float = 12.0
    readiness_outages: float = 5.0
    """As many outages of just that share stand beside those that were found."""
    readiness_range: tuple[float, float] = (0.2, 1.35)
    """The least and the most of the factor."""
    readiness_of_trips: float = 1.4
    """The power of the factor for `trip_share`. Of a trip few complain where few complain, and fewer yet: against dead
    feeders a tenth of the share in the simulated city, a twentieth in one by another hand."""
    trip_odds: tuple[float, float, float] = (-7.0, -7.0, -2.0)
    """Log odds of such a trip against an outage of the node, by kind but for transformers. A substation or
    incomer seldom trips for moments, and its outage must not be held back."""
    trip_dispersion: float = 4.0
    """Size parameter of the negative binomial of a transformer's complaints after a trip: they lie more evenly than
    those of a dead one."""
    again_minutes: float = 8.0
    """A customer who reports so long after his first report reports again: he is still without supply."""
    again_share: float = 0.3
    again_half_minutes: float = 30.0
    """Share of a dead node's customers who report again in the end, and when half of them have. On the tuning days 21 %
    do within an hour, after a trip 1 %, of single houses 4 %."""
    again_after_trip: float = 3.0
    """Log of how much likelier a customer reports again when the node stays dark than after a trip."""
    again_single: float = 1.0
    again_most: float = 3.0
    """The same against trouble of single houses, as it counts for a transformer, and the most of it in all."""
    half_reported_minutes: float = 18.0
    """When half of those who complain have done so; after w minutes w / (w + this)."""
    dispersion: float = 1.0
    """Size parameter of the negative binomial of a dead transformer's complaints: small is uneven."""
    ordinary_dispersion: float = 2.0
    """The same for the complaints of an ordinary hour."""
    ordinary_per_hour: float = 0.0004
    """Complaints about supply an hour and consumer when nothing is down; the day's own rate takes over above it."""
    few_houses_per_hour: float = 0.0001
    """Chance an hour that some houses below a transformer lose their supply together."""
    few_houses_next: float = 0.35
    """Chance that after one of those houses another complains."""
    prior: tuple[float, float, float, float] = (-6.0, -5.5, -4.0, -5.5)
    """Log odds that a node of the kind died within the longest age."""
    area_said: float = 5.0
    """How much likelier a report speaks of more than one house when a node is down than for one house's own trouble."""
    single_said: float = 0.35
    """The same for a report that says that only one house is out."""
    transformer_said: float = 25.0
    """The same for a report of a fault of the transformer. On the tuning days these are 12 % of reports of dead ones
    and 1 % of those for which a live one was taken for dead."""
    other_said: float = 0.06
    """The same for a report of trouble that a dead node does not cause, or seldom: a fuse of one's own, bad voltage, a
    broken line or pole. On the tuning days these are 2 % of what few customers say below dead transformers and 43 % of
    what three or more say below live ones; in a second simulated city 1 % and 48 %."""
    coarse_share: float = 0.1
    """Share of the reports that are tied to a feeder or substation only."""
    coarse_most: float = 2.0
    """What such reports may add to a score."""
    open_at: tuple[float, float, float, float] = (4.5, 4.5, 4.4, 3.0)
    """A score from which an outage is opened."""
    least_customers: tuple[int, int, int, int] = (5, 4, 4, 2)
    """Distinct customers without whom no outage is opened, whatever the score."""
    aftermath_minutes: float = 25.0
    aftermath_score: float = 3.0
    """While its newest report was made so soon after a restoration above it a node must score so much more: late
    reports go on coming in."""
    parent_margin: float = 1.5
    """By how much a node must beat its children together."""
    wait_margin: float = 4.0
    """An ancestor, or what the children explain together, is almost as likely when it is this much behind: wait."""
    wait_seconds: float = 200.0
    """So long after the third report at most."""
    settled_minutes: float = 15.0
    """After this an open outage is no longer taken over by its parent."""
    takeover_margin: float = 1.0
    """By how much more a parent must win when an outage below it is open already."""
    silence_minutes_at_ten: float = 75.0
    silence_power: float = -0.477
    """Silence before closing: 75 minutes with 10 reporters, 25 with 100."""
    silence_minutes: tuple[float, float] = (20.0, 120.0)
    """The least and the most of it."""
    partial_minutes: float = 20.0
    partial_customers: int = 5
    partial_chance: float = 0.001
    """Recent complaints below one node only are a partial restoration when chance would do it this seldom."""
    burst_minutes: tuple[float, ...] = (4.0, 8.0)
    """Windows in which so many customers at once may report that a new outage must be behind them."""
    lull_minutes: float = 15.0
    lull_least_minutes: float = 6.0
    """The minutes before that they are set against, at most and at least."""
    burst_after_minutes: float = 4.0
    """A lull begins no earlier after the detection: until then reports still grow."""
    burst_customers: int = 4
    burst_one_place: float = 0.85
    """The least customers of a burst, and the most of them at one place: one lane may call all at once."""
    burst_chance: tuple[float, float, float, float] = (0.005, 0.005, 0.005, 0.001)
    """A burst is what chance does more seldom. A few houses that call again are soon a burst below a transformer."""
    trip_minutes: float = 4.0
    """A switch that telemetry shows open this long is no momentary trip."""
    telemetry_score: float = 6.0
    """What an open switch adds to a node's score before that, and what a closed one takes from it."""
    planned_grace_minutes: float = 20.0
    """Complaints so near a planned shutdown belong to it."""
    planned_overrun_minutes: float = 120.0
    """Planned work whose switch stays open becomes an outage so long after its announced end; until then who asks when
    supply comes back means that work."""
    keep_minutes: float = 180.0
    """How long a report is kept; a customer silent for longer is a new reporter."""

    def at_readiness(self, readiness: float) -> Self:
        """The same where all shares of those who complain are multiplied by a factor."""
        return replace(
            self,
            shares=tuple(share * readiness for share in self.shares),
            low_shares=tuple(share * readiness for share in self.low_shares),
            trip_share=self.trip_share * readiness**self.readiness_of_trips,
        )


NORMAL: Final = RuleSet("normal")
STORM: Final = replace(NORMAL, name="storm")
"""The numbers of NORMAL were tuned on storms and crises and serve there; a set apart was not measured."""

RULE_SETS: Final = {rules.name: rules for rules in (NORMAL, STORM)}
