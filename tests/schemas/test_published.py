"""The published files are what the models give, accept the examples, and refuse what the models refuse."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]

from schemas import examples, publish
from schemas.complaint import complaint_event
from schemas.enriched import ComplaintEnriched
from schemas.envelope import COMPLAINT_REGISTERED, StructuredEvent, structured
from schemas.json_schemas import Direction, event_name, published_schemas
from schemas.network import NetworkEventAccepted, network_event
from schemas.outage import OutageStateChanged
from schemas.refusal import Refusal
from schemas.status import StatusAccepted, status_changed
from schemas.vocabulary import Channel
from tests.schemas.events import registered

SCHEMAS = {published.name: published for published in published_schemas()}


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(SCHEMAS[name].document, format_checker=FormatChecker())


def test_files_are_what_the_models_give() -> None:
    assert publish.differing_files() == []


def test_nothing_published_changes_incompatibly() -> None:
    assert publish.incompatibilities() == []
    assert {path.stem for path in publish.BASELINE_DIR.glob("*.json")} == SCHEMAS.keys()


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_valid_and_accepts_its_example(name: str) -> None:
    document = SCHEMAS[name].document
    Draft202012Validator.check_schema(document)
    for example in document["examples"]:
        validator(name).validate(example)


def test_examples_pass_the_models() -> None:
    complaint_event(structured(json.dumps(examples.REGISTERED).encode()), Channel.CALL)
    status_changed(structured(json.dumps(examples.STATUS).encode()))
    network_event(structured(json.dumps(examples.NETWORK).encode()))
    ComplaintEnriched.model_validate(examples.ENRICHED)
    OutageStateChanged.model_validate(examples.OUTAGE)
    StatusAccepted.model_validate(examples.STATUS_ACCEPTED)
    NetworkEventAccepted.model_validate(examples.NETWORK_ACCEPTED)
    StructuredEvent.model_validate_json(json.dumps(examples.REGISTERED))


@pytest.mark.parametrize(
    "event",
    [
        registered(id=...),
        registered(source=""),
        registered(source="a\nb"),
        registered(specversion="0.3"),
        registered(type="something.else"),
        registered(channel=...),
        registered(channel="fax"),
        registered(text=None),
        registered(text=...),
        registered(text="  \n", category=" "),
        registered(text="x" * 4001),
        registered(text=5),
        registered(data=[]),
        registered(data=...),
    ],
)
def test_schema_and_model_refuse_the_same(event: dict[str, Any]) -> None:
    assert not validator(event_name(COMPLAINT_REGISTERED)).is_valid(event)
    with pytest.raises(Refusal):
        complaint_event(structured(json.dumps(event).encode()), Channel.CALL)


def test_asyncapi_names_every_topic_and_its_references_lead_somewhere() -> None:
    document = json.loads((publish.PUBLISHED_DIR / "asyncapi.json").read_bytes())

    def references(part: object) -> list[str]:
        if isinstance(part, dict):
            own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
            return own + [found for inner in part.values() for found in references(inner)]
        if isinstance(part, list):
            return [found for inner in part for found in references(inner)]
        return []

    for reference in references(document):
        if reference.startswith("#/"):
            target: Any = document
            for step in reference[2:].split("/"):
                target = target[step]
        else:
            assert (publish.PUBLISHED_DIR / reference).is_file()
    sent = {name for name in document["operations"] if name.startswith("send.")}
    assert len(document["channels"]) == len(document["operations"]) == 13
    assert len(sent) == 8
    assert {published.direction for published in SCHEMAS.values()} == {Direction.INPUT, Direction.OUTPUT}
