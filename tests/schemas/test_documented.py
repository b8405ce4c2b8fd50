"""`docs/events.md` names every topic, field, reason and event type that there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from schemas import examples
from schemas.complaint import Call, ComplaintRegistered, HelpDesk, Location, Web
from schemas.json_schemas import published_schemas
from schemas.network import NetworkEvent
from schemas.status import StatusChanged
from schemas.topics import CATALOGUE, Topic
from schemas.vocabulary import ComplaintStatus, DeadLetterStage, RefusalReason

PAGE = (Path(__file__).parent.parent.parent / "docs" / "events.md").read_text()
PROSE = re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL)
MARKED = {word for span in re.findall(r"`([^`]+)`", PROSE) for word in span.split()}

FIELDS = {
    name
    for model in (ComplaintRegistered, Location, Call, Web, HelpDesk, StatusChanged, NetworkEvent)
    for name in model.model_fields
}


@pytest.mark.parametrize("word", sorted({*FIELDS, *RefusalReason, *DeadLetterStage, *ComplaintStatus}))
def test_every_word_is_explained(word: str) -> None:
    assert word in MARKED


@pytest.mark.parametrize("topic", CATALOGUE, ids=lambda topic: str(topic.name))
def test_every_topic_is_listed_as_it_is(topic: Topic) -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{topic.name}` |"))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    kept = f"{topic.retention_ms // 86_400_000} days" if topic.cleanup == "delete" else "compacted"
    assert cells[2:4] == [str(topic.partitions), kept]


def test_every_event_type_and_header_is_named() -> None:
    types = {
        published.name.removesuffix(".data") for published in published_schemas() if published.name.endswith("data")
    }
    assert types <= MARKED
    assert examples.DEAD_LETTER_HEADERS.keys() <= MARKED
