"""Who really complained of a fault, whatever the channels made of their words and their place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from producers.simulate.channels import Contact
from producers.simulate.city import City
from producers.simulate.faults import Fault
from schemas.vocabulary import Category


def complainers(city: City, faults: Iterable[Fault], contacts: Iterable[Contact]) -> Mapping[str, int]:
    """Outage id to the number of customers below it who spoke to a channel because of the dark, while it lasted."""
    by_node: dict[str, list[Fault]] = defaultdict(list)
    for fault in faults:
        by_node[fault.node_id].append(fault)
    customers: dict[str, set[str]] = defaultdict(set)
    for contact in contacts:
        wish = contact.wish
        if wish.until is None or wish.says is Category.RESTORED_CONFIRMATION:
            continue
        customer = wish.household.customer
        for node_id in city.nodes[customer.transformer_id].path:
            for fault in by_node.get(node_id, ()):
                if fault.starts <= contact.said_at <= fault.back.get(customer.transformer_id, fault.ends):
                    customers[fault.outage_id].add(customer.account_no)
    return defaultdict(int, {outage_id: len(heard) for outage_id, heard in customers.items()})
