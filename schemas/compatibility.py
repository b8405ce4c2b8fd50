"""Which changes of a published schema break those who write or read by the old one. Pure.

A version may only grow in ways that nobody notices who does not want to. What others write to us must go on being
taken: nothing that the old schema accepts may be refused by the new one. What we write to others must go on being
readable: nothing that the new schema accepts may be refused by the old one. And no field may go away in either case.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from schemas.json_schemas import Direction

Schema = dict[str, Any]

_NOTES: Final = frozenset(
    {"$schema", "$id", "$defs", "$ref", "title", "description", "examples", "default", "deprecated", "$comment"}
)
"""Keywords that accept and refuse nothing by themselves."""
_UPPER: Final = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
_LOWER: Final = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_HANDLED: Final = frozenset(
    {"type", "enum", "const", "properties", "required", "items", "anyOf", "oneOf", *_UPPER, *_LOWER}
)


def incompatible_changes(old: Schema, new: Schema, direction: Direction) -> list[str]:
    """Every change from `old` to `new` that breaks a writer (input) or a reader (output): `path: what changed`.

    Knows the keywords that the published schemas use; a change in any other keyword counts as breaking, to be on the
    safe side.
    """
    before, after = _Side(old), _Side(new)
    found = list(_removed(before, after, old, new, ""))
    if direction is Direction.INPUT:
        found += _narrowed(before, after, old, new, "")
    else:
        found += _narrowed(after, before, new, old, "")
    return list(dict.fromkeys(found))


class _Side:
    """One of the two documents, to look references up in."""

    def __init__(self, document: Schema) -> None:
        self._document = document

    def resolve(self, schema: Schema) -> Schema:
        if "$ref" not in schema:
            return schema
        target: Any = self._document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        return {**self.resolve(target), **{name: value for name, value in schema.items() if name != "$ref"}}

    def alternatives(self, schema: Schema) -> list[Schema]:
        """The plain schemas of which a value must fit one; a list of types is taken apart."""
        schema = self.resolve(schema)
        choices = next((schema[name] for name in ("anyOf", "oneOf") if name in schema and "type" not in schema), None)
        if choices is not None:
            return [plain for choice in choices for plain in self.alternatives(choice)]
        kinds = schema.get("type")
        return [{**schema, "type": kind} for kind in kinds] if isinstance(kinds, list) else [schema]

    def object_of(self, schema: Schema) -> Schema | None:
        return next((plain for plain in self.alternatives(schema) if "properties" in plain), None)


def _removed(before: _Side, after: _Side, old: Schema, new: Schema, path: str) -> Iterator[str]:
    was, now = before.object_of(old), after.object_of(new)
    for name, field in (was or {}).get("properties", {}).items():
        below = f"{path}.{name}" if path else name
        kept = (now or {}).get("properties", {}).get(name)
        if kept is None:
            yield f"{below}: field removed"
        else:
            yield from _removed(before, after, field, kept, below)


def _narrowed(wide: _Side, narrow: _Side, accepted: Schema, by: Schema, path: str) -> Iterator[str]:
    """Where something that `accepted` accepts is refused `by` the other schema."""
    choices = narrow.alternatives(by)
    for plain in wide.alternatives(accepted):
        fitting = [choice for choice in choices if _same_kind(plain, choice)]
        if not fitting:
            yield f"{path}: type {plain.get('type', 'any')} against {_kinds(choices)}"
            continue
        tries = [list(_narrowed_plain(wide, narrow, plain, choice, path)) for choice in fitting]
        yield from min(tries, key=len)


def _narrowed_plain(wide: _Side, narrow: _Side, accepted: Schema, by: Schema, path: str) -> Iterator[str]:
    for name in _UPPER:
        if name in by and (name not in accepted or accepted[name] > by[name]):
            yield f"{path}: {name}"
    for name in _LOWER:
        if name in by and (name not in accepted or accepted[name] < by[name]):
            yield f"{path}: {name}"
    allowed, values = _values(by), _values(accepted)
    if allowed is not None and (values is None or not set(values) <= set(allowed)):
        yield f"{path}: allowed values"
    for name in sorted(set(by.get("required", [])) - set(accepted.get("required", []))):
        yield f"{f'{path}.{name}' if path else name}: required"
    for name in sorted((accepted.keys() | by.keys()) - _NOTES - _HANDLED):
        if name in by and accepted.get(name) != by[name]:
            yield f"{path}: {name}"
    for name in ("anyOf", "oneOf"):
        if name in by and "type" in by and accepted.get(name) != by[name]:
            yield f"{path}: {name}"
    if "items" in by:
        yield from _narrowed(wide, narrow, accepted.get("items", {}), by["items"], f"{path}[]")
    for name, field in by.get("properties", {}).items():
        if name in accepted.get("properties", {}):
            below = f"{path}.{name}" if path else name
            yield from _narrowed(wide, narrow, accepted["properties"][name], field, below)


def _same_kind(accepted: Schema, by: Schema) -> bool:
    if "type" not in by:
        return True
    return accepted.get("type") == by["type"] or (accepted.get("type"), by["type"]) == ("integer", "number")


def _values(schema: Schema) -> list[Any] | None:
    return [schema["const"]] if "const" in schema else schema.get("enum")


def _kinds(choices: list[Schema]) -> str:
    return "/".join(str(choice.get("type", "any")) for choice in choices)
