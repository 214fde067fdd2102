"""A field of the API that holds one of a few codes."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.plumbing import build_choice_field
from rest_framework.serializers import CharField, ChoiceField

from agencies.codes import CODE
from agencies.languages import LANGUAGES


class CodeField(CharField):
    """Lists its codes in the OpenAPI document; what is none of them is refused by the verb, in the reader's words."""

    def __init__(self, choices: Iterable[Any], **kwargs: Any) -> None:
        """`choices` as of a ChoiceField: codes, or pairs of a code and its label."""
        super().__init__(**kwargs)
        self.choices = list(choices)


def language_field(**kwargs: Any) -> CodeField:
    """A language in which letters are written."""
    return CodeField(LANGUAGES, **kwargs)


class AgencyField(CharField):
    """An agency's code. Which there are is data, so the document gives their form and where they are listed."""


def agency_field(**kwargs: Any) -> AgencyField:
    """An agency's code; KOM is every municipality's."""
    return AgencyField(**kwargs)


class CodeFieldExtension(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]  # it registers itself
    """Describes a CodeField to drf-spectacular."""

    target_class = CodeField

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        field = ChoiceField(choices=self.target.choices, allow_null=self.target.allow_null)
        described: dict[str, Any] = build_choice_field(field)
        return described


class AgencyFieldExtension(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]  # as above
    """Describes an AgencyField to drf-spectacular."""

    target_class = AgencyField

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        return {
            "type": "string",
            "pattern": CODE,
            "description": "An agency's code, as /api/v1/agencies/ lists them; every municipality's is KOM",
        }
