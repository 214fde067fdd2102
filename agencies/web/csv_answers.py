"""A list of the API as a CSV file, for `Accept: text/csv` or `?format=csv`."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from agencies.web.csv_file import csv_file


class Csv(BaseRenderer):
    """Lets a client send `Accept: text/csv`; the view answers with the file itself."""

    media_type = "text/csv"
    format = "csv"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        raise NotImplementedError


class FormatSerializer(serializers.Serializer[Any]):
    """The query parameter of a list that is also a file."""

    format = serializers.ChoiceField(["json", "csv"], required=False, help_text="csv: the rows as a file")


class CsvToo(APIView):
    """A view whose GET gives a file as well; what the address asks for counts more than the header."""

    def get_renderers(self) -> list[BaseRenderer]:
        files = [Csv()] if self.request.method in SAFE_METHODS else []
        return [JSONRenderer(), *files]

    def perform_content_negotiation(self, request: Request, force: bool = False) -> tuple[BaseRenderer, str]:
        named = request.query_params.get("format", "")
        found = next((one for one in self.get_renderers() if one.format == named), None)
        if found is None or found.media_type is None:
            return super().perform_content_negotiation(request, force)
        return found, found.media_type


def wants_csv(request: Request) -> bool:
    """Whether the address or else the header asks for the file."""
    return str(request.accepted_renderer.format) == "csv"


def csv_answer(
    name: str, serializer_class: type[serializers.Serializer[Any]], rows: Iterable[Mapping[str, Any]]
) -> HttpResponse:
    """All the serialized rows, under the names of the serializer's fields."""
    columns = list(serializer_class().fields)
    return csv_file(name, [columns, *([_cell(row[column]) for column in columns] for row in rows)])


def _cell(value: Any) -> object:
    """As in the rosters' file: true and false, lists with blanks between, nothing for null."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return " ".join(map(str, value))
    return "" if value is None else value
