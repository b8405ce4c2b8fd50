"""ClickHouse users of the help desks: each sees the rows of its own substation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree

USER_PREFIX: Final = "desk_"
_SUBSTATION_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,100}")


def desk_users_xml(password_sha256_hex: Mapping[str, str]) -> str:
    """A file for `users.d` with one user `desk_<substation_id>` for each substation of the mapping.

    The values are the SHA-256 of the passwords, in hex. A desk reads its complaints (the text too: it must call back),
    their status events, the minutes of its substation, the nodes below it, and the outages of those and of its incomer.
    Filters hold for tables and for views over them.
    Raises ValueError for a substation id that is not of letters, digits, `_` and `-`.
    """
    root = ElementTree.Element("clickhouse")
    users = ElementTree.SubElement(root, "users")
    for substation_id, digest in sorted(password_sha256_hex.items()):
        if not _SUBSTATION_ID.fullmatch(substation_id):
            raise ValueError("a substation id must be of letters, digits, `_` and `-` to name a user")
        _add_user(users, substation_id, digest)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _add_user(users: ElementTree.Element, substation_id: str, digest: str) -> None:
    user = ElementTree.SubElement(users, USER_PREFIX + substation_id)
    ElementTree.SubElement(user, "password_sha256_hex").text = digest
    ElementTree.SubElement(ElementTree.SubElement(user, "networks"), "ip").text = "::/0"
    ElementTree.SubElement(user, "profile").text = "complaints_reader"
    ElementTree.SubElement(user, "quota").text = "complaints_reader"
    ElementTree.SubElement(ElementTree.SubElement(user, "grants"), "query").text = "GRANT complaints_desk"
    own = f"substation_id = '{substation_id}'"
    nodes = f"SELECT arrayJoin([node_id, toString(incomer_id)]) FROM complaints.reference_nodes WHERE {own}"
    filters = {
        "complaints": own,
        "complaints_by_time": own,
        "reference_nodes": own,
        "outages": f"node_id IN ({nodes})",
        "network_events": f"node_id IN ({nodes})",
        "complaint_status": f"complaint_id IN (SELECT complaint_id FROM complaints.complaints WHERE {own})",
        "status_by_time": f"complaint_id IN (SELECT complaint_id FROM complaints.complaints WHERE {own})",
    }
    database = ElementTree.SubElement(ElementTree.SubElement(user, "databases"), "complaints")
    for table, condition in filters.items():
        ElementTree.SubElement(ElementTree.SubElement(database, table), "filter").text = condition
