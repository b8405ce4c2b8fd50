"""Who lives behind a connection: when somebody is there and awake, what they know, how ready they are to complain."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

from producers.simulate.city import Customer
from producers.simulate.dice import Dice
from producers.simulate.faults import MINUTE
from schemas.vocabulary import Channel

_EMPTY_BY_DAY: Final = 0.3
_SHOP_OPENS, _SHOP_CLOSES = 10.0, 21.0
_INVERTER: Final = 0.3
_CANNOT: Final = 0.22
"""Share that never complains: no number known, no balance, no trust."""
_ALWAYS, _AT_TIMES, _HARDLY = (0.7, 0.04), (0.2, 0.2), 0.015
"""Readiness of those who nearly always complain, who do at times, each with its share, and of all others."""
_PATIENCE_MEDIAN, _PATIENCE_SIGMA = 11 * MINUTE, 0.7
_BY_PHONE, _BY_PORTAL = 0.6, 0.2

_OTHER_PHONE: Final = 0.2
_OLD_ACCOUNT, _WRONG_ACCOUNT, _LETTERS_IN_ACCOUNT, _OTHER_HOUSE = 0.25, 0.05, 0.004, 0.01
"""How a household writes its account number: the old one, with a slip, with letters, that of another house it owns."""


class Household(NamedTuple):
    """A connection and its people. Hours are of the clock; `to_bed` may pass 24, as 24.5 for half past midnight."""

    customer: Customer
    shop: bool
    leaves: float
    returns: float
    to_bed: float
    gets_up: float
    inverter: bool
    readiness: float
    patience: float
    again: float
    channel: Channel
    phone: str
    account: str

    def awake(self, hour: float) -> bool:
        """Somebody would be up at this hour if nothing happened."""
        night = hour if hour >= 12 else hour + 24
        return not self.to_bed <= night < self.gets_up + 24

    def there(self, hour: float) -> bool:
        """Somebody is on the premises, awake or not."""
        return not self.leaves <= hour < self.returns if not self.shop else _SHOP_OPENS <= hour < _SHOP_CLOSES

    def hours_until_there(self, hour: float) -> float:
        """Hours until somebody comes, 0 when somebody is there."""
        if self.there(hour):
            return 0.0
        return ((_SHOP_OPENS if self.shop else self.returns) - hour) % 24

    def hours_until_up(self, hour: float) -> float:
        """Hours until somebody gets up, 0 when somebody is up."""
        return 0.0 if self.awake(hour) else (self.gets_up - hour) % 24


def household(customer: Customer, others: Sequence[Customer], repeats: float, dice: Dice) -> Household:
    """The people of one connection. `others`: whose account numbers it may give; `repeats`: mean chance to repeat."""
    shop = customer.kind == "commercialIndustrial"
    empty = not shop and dice.chance(_EMPTY_BY_DAY)
    temper = dice.between(0, 1)
    readiness = _HARDLY
    if temper < _ALWAYS[1] + _AT_TIMES[1]:
        readiness = _ALWAYS[0] if temper < _ALWAYS[1] else _AT_TIMES[0]
    if dice.chance(_CANNOT):
        readiness = 0.0
    channel = dice.between(0, 1)
    return Household(
        customer,
        shop,
        leaves=dice.between(8, 11) if empty else math.inf,
        returns=dice.between(17, 21) if empty else math.inf,
        to_bed=dice.lognormal(23.0, 0.045),
        gets_up=dice.lognormal(5.9, 0.12),
        inverter=dice.chance(_INVERTER),
        readiness=readiness,
        patience=dice.lognormal(_PATIENCE_MEDIAN, _PATIENCE_SIGMA),
        again=min(0.9, repeats * dice.between(0.3, 1.7)),
        channel=Channel.CALL
        if channel < _BY_PHONE
        else Channel.WEB
        if channel < _BY_PHONE + _BY_PORTAL
        else Channel.HELPDESK,
        phone=_phone(customer, dice),
        account=_account(customer, others, dice),
    )


def _phone(customer: Customer, dice: Dice) -> str:
    """The ten digits that this household calls from."""
    if customer.phone and not dice.chance(_OTHER_PHONE):
        return customer.phone[-10:]
    return str(dice.whole(6_000_000_000, 10_000_000_000))


def _account(customer: Customer, others: Sequence[Customer], dice: Dice) -> str:
    number = customer.account_no
    if customer.old_account_no and dice.chance(_OLD_ACCOUNT):
        number = customer.old_account_no
    if others and dice.chance(_OTHER_HOUSE):
        number = dice.pick(others).account_no
    if dice.chance(_WRONG_ACCOUNT):
        at = dice.whole(0, len(number))
        number = number[:at] + str((int(number[at]) + dice.whole(1, 10)) % 10) + number[at + 1 :]
    return f"KN{number[2:]}" if dice.chance(_LETTERS_IN_ACCOUNT) else number
