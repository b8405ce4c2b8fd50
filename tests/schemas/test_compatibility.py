"""`incompatible_changes` catches every kind of change that breaks a writer or a reader, and lets the others pass."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from schemas.compatibility import incompatible_changes
from schemas.json_schemas import Direction, published_schemas

Schema = dict[str, Any]
Change = Callable[[Schema], object]
INPUT, OUTPUT = Direction.INPUT, Direction.OUTPUT


def schema() -> Schema:
    return {
        "$defs": {
            "Kind": {"enum": ["a", "b"], "type": "string"},
            "Place": {
                "type": "object",
                "properties": {"name": {"type": "string", "maxLength": 10}, "latitude": {"type": "number"}},
                "required": ["name"],
            },
        },
        "type": "object",
        "properties": {
            "kind": {"$ref": "#/$defs/Kind"},
            "text": {"anyOf": [{"type": "string", "minLength": 1, "maxLength": 100}, {"type": "null"}]},
            "count": {"type": "integer", "minimum": 0, "maximum": 9},
            "code": {"type": "string", "pattern": "^[a-z]+$"},
            "place": {"anyOf": [{"$ref": "#/$defs/Place"}, {"type": "null"}]},
            "tags": {"type": "array", "items": {"type": "string"}},
        },
        "required": ["kind", "text"],
    }


def changed(change: Change) -> Schema:
    result = schema()
    change(result)
    return result


def field(name: str, value: Schema) -> Change:
    return lambda s: s["properties"].update({name: value})


NARROWER: dict[str, Change] = {
    "new required field": lambda s: (s["properties"].update(new={"type": "string"}), s["required"].append("new")),
    "field made required": lambda s: s["required"].append("count"),
    "nested field made required": lambda s: s["$defs"]["Place"]["required"].append("latitude"),
    "enum value gone": lambda s: s["$defs"]["Kind"].update(enum=["a"]),
    "enum where there was none": field("code", {"type": "string", "pattern": "^[a-z]+$", "enum": ["x"]}),
    "shorter": lambda s: s["properties"]["text"]["anyOf"][0].update(maxLength=99),
    "minimum length up": lambda s: s["properties"]["text"]["anyOf"][0].update(minLength=2),
    "nested shorter": lambda s: s["$defs"]["Place"]["properties"]["name"].update(maxLength=9),
    "null no longer taken": field("text", {"type": "string", "minLength": 1, "maxLength": 100}),
    "maximum down": lambda s: s["properties"]["count"].update(maximum=8),
    "minimum up": lambda s: s["properties"]["count"].update(minimum=1),
    "items narrower": lambda s: s["properties"]["tags"].update(items={"type": "string", "maxLength": 3}),
    "a rule over several fields": lambda s: s.update(anyOf=[{"required": ["code"]}]),
    "closed": lambda s: s.update(additionalProperties=False),
    "a format": field("code", {"type": "string", "pattern": "^[a-z]+$", "format": "uuid"}),
}
BOTH_WAYS: dict[str, Change] = {
    "field removed": lambda s: s["properties"].pop("count"),
    "nested field removed": lambda s: s["$defs"]["Place"]["properties"].pop("latitude"),
    "type changed": field("count", {"type": "string"}),
    "pattern changed": field("code", {"type": "string", "pattern": "^[a-m]+$"}),
    "enum value renamed": lambda s: s["$defs"]["Kind"].update(enum=["a", "c"]),
}
HARMLESS: dict[str, Change] = {
    "nothing": lambda _: None,
    "optional field": field("new", {"type": "string"}),
    "words": lambda s: s["properties"]["code"].update(description="other words", title="T", examples=["x"]),
    "definition renamed": lambda s: (
        s["$defs"].update(Sort=s["$defs"].pop("Kind")),
        s["properties"].update(kind={"$ref": "#/$defs/Sort"}),
    ),
}


@pytest.mark.parametrize("name", NARROWER)
def test_narrower_breaks_writers_and_its_reverse_breaks_readers(name: str) -> None:
    narrower = changed(NARROWER[name])
    assert incompatible_changes(schema(), narrower, INPUT)
    assert incompatible_changes(narrower, schema(), OUTPUT)


@pytest.mark.parametrize("name", [name for name in NARROWER if name != "new required field"])
def test_wider_input_and_narrower_output_are_fine(name: str) -> None:
    narrower = changed(NARROWER[name])
    assert incompatible_changes(narrower, schema(), INPUT) == []
    assert incompatible_changes(schema(), narrower, OUTPUT) == []


@pytest.mark.parametrize("name", BOTH_WAYS)
@pytest.mark.parametrize("direction", Direction)
def test_breaks_in_either_direction(name: str, direction: Direction) -> None:
    assert incompatible_changes(schema(), changed(BOTH_WAYS[name]), direction)


@pytest.mark.parametrize("name", HARMLESS)
@pytest.mark.parametrize("direction", Direction)
def test_harmless(name: str, direction: Direction) -> None:
    assert incompatible_changes(schema(), changed(HARMLESS[name]), direction) == []


def test_integer_may_become_number_for_writers_only() -> None:
    wider = changed(field("count", {"type": "number", "minimum": 0, "maximum": 9}))
    assert incompatible_changes(schema(), wider, INPUT) == []
    assert incompatible_changes(schema(), wider, OUTPUT)


def test_says_where() -> None:
    found = incompatible_changes(schema(), changed(NARROWER["nested shorter"]), INPUT)
    assert found == ["place.name: maxLength"]


@pytest.mark.parametrize("published", published_schemas(), ids=lambda published: str(published.name))
def test_each_published_schema_is_compatible_with_itself_only_as_far_as_its_fields_go(published: Any) -> None:
    document = published.document
    assert incompatible_changes(document, deepcopy(document), published.direction) == []
    for name in document["properties"]:
        less = deepcopy(document)
        del less["properties"][name]
        less["required"] = [kept for kept in less.get("required", []) if kept != name]
        assert any(change.startswith(name) for change in incompatible_changes(document, less, published.direction))


small = st.recursive(
    st.one_of(
        st.builds(
            lambda low, more: {"type": "integer", "minimum": low, "maximum": low + more},
            st.integers(-2, 2),
            st.integers(0, 3),
        ),
        st.builds(lambda n: {"type": "string", "maxLength": n}, st.integers(0, 3)),
        st.builds(
            lambda values: {"type": "string", "enum": sorted(values)}, st.sets(st.sampled_from("abc"), min_size=1)
        ),
        st.just({"type": "null"}),
    ),
    lambda inner: st.one_of(
        st.builds(lambda items: {"type": "array", "items": items}, inner),
        st.builds(lambda choices: {"anyOf": choices}, st.lists(inner, min_size=1, max_size=2)),
        st.builds(
            lambda fields, required: {
                "type": "object",
                "properties": fields,
                "required": sorted(required & fields.keys()),
            },
            st.dictionaries(st.sampled_from("xy"), inner, max_size=2),
            st.sets(st.sampled_from("xy")),
        ),
    ),
    max_leaves=4,
)
values = st.recursive(
    st.one_of(st.none(), st.integers(-3, 6), st.text("abcd", max_size=4)),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(st.sampled_from("xy"), inner, max_size=2)),
    max_leaves=4,
)


@settings(deadline=None)
@given(small, small, values)
def test_what_it_lets_pass_really_is_taken(old: Schema, new: Schema, value: object) -> None:
    taken_before, taken_now = (Draft202012Validator(each).is_valid(value) for each in (old, new))
    # A field that is new in the wider schema may hold anything in the narrower one, so those pairs are left out.
    if incompatible_changes(old, new, INPUT) == [] and _fields(new) <= _fields(old):
        assert taken_now or not taken_before
    if incompatible_changes(old, new, OUTPUT) == [] and _fields(old) <= _fields(new):
        assert taken_before or not taken_now


def _fields(part: object) -> set[str]:
    if isinstance(part, dict):
        own = set(part.get("properties", {}))
        return own.union(*(_fields(inner) for inner in part.values()), set())
    return set().union(*map(_fields, part)) if isinstance(part, list) else set()
