"""How the OpenAPI document is made: summaries, null as a type, and the problems of each status."""

from collections.abc import Iterator, Mapping
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import force_instance
from rest_framework.serializers import CharField

from agencies.refusals import Refusal
from agencies.web.problems import KINDS

Json = dict[str, Any]
# What no text of ours may hold, because PostgreSQL stores none.
WITHOUT_NULL = r"^[^\u0000]*$"


class ApiSchema(AutoSchema):
    """drf-spectacular's, with a summary of each operation: the first sentence of its description."""

    def get_summary(self) -> str | None:
        first, _, _ = self.get_description().partition("\n")
        return first.partition(". ")[0].rstrip(".") or None

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> Json:
        schema: Json = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]
        if direction == "request":
            fields = force_instance(serializer).fields  # type: ignore[no-untyped-call]
            for name, part in schema.get("properties", {}).items():
                if isinstance(fields[name], CharField) and "string" in part.get("type", ()):
                    part.setdefault("pattern", WITHOUT_NULL)
        return schema

    def _is_list_view(self, serializer: Any = None) -> bool:
        """Judged by the answer with status 200; drf-spectacular takes the one whose key sorts first."""
        found = self.get_response_serializers() if serializer is None else serializer
        if isinstance(found, dict):
            rows = found.get(200, found.get((200, "application/json")))
            return rows is not None and super()._is_list_view(rows)
        return super()._is_list_view(found)


def null_as_a_type(result: Json, **_kwargs: Any) -> Json:
    """Write what may be null as OpenAPI 3.1 does; a hook of drf-spectacular."""
    for schema in _mappings(result):
        if schema.pop("nullable", False):
            schema["type"] = [schema["type"], "null"]
    return result


def kinds_of_problems(result: Json, **_kwargs: Any) -> Json:
    """Give each problem its status and the types that come with it; a hook of drf-spectacular."""
    components = result["components"]["schemas"]
    for status, kinds in _kinds_by_status().items():
        for name in (f"Problem{status}", f"Conflict{status}"):
            if schema := components.get(name):
                schema["properties"]["status"] = {"type": "integer", "const": status}
                schema["properties"]["type"] = {
                    "type": "string",
                    "enum": [f"/problems/{kind}" for kind in sorted(kinds)],
                }
    return result


def _kinds_by_status() -> Mapping[int, set[str]]:
    kinds = {status: {kind} for status, kind in KINDS.items()}
    for refusal in _refusals(Refusal):
        kinds.setdefault(refusal.status, set()).add(refusal.kind)
    return kinds


def _refusals(parent: type[Refusal]) -> Iterator[type[Refusal]]:
    """Every refusal that is defined; those whose status changes with the case count with their usual one."""
    for refusal in parent.__subclasses__():
        yield refusal
        yield from _refusals(refusal)


def _mappings(part: Any) -> Iterator[Json]:
    if isinstance(part, dict):
        yield part
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _mappings(inner)
