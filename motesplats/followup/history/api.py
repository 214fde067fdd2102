"""The API's list of imported figures."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.web.api import ApiView
from agencies.web.problem_schema import problems
from motesplats.followup.history.queries import imported_figures
from motesplats.models import ImportedFigure


class ImportedFigureSerializer(serializers.Serializer[ImportedFigure]):
    """A figure as a report prints it; `value` is it as a number, null where it is none."""

    name = serializers.CharField()
    period = serializers.CharField(help_text="As printed, as 2017 or 2016-2018")
    scope = serializers.CharField(help_text="Of what, as printed")
    printed = serializers.CharField(help_text="Empty: the report has no value")
    value = serializers.DecimalField(16, 4, source="number", allow_null=True, coerce_to_string=False)
    is_approximate = serializers.BooleanField(help_text="Printed as ca")
    unit = serializers.CharField()
    report = serializers.SerializerMethodField(help_text="Which report")
    section = serializers.CharField()
    note = serializers.CharField()
    source = serializers.SerializerMethodField(  # type: ignore[assignment]  # a row's source, as in all figures
        help_text="Always imported: it counts no persons of ours"
    )

    def get_report(self, figure: ImportedFigure) -> str:
        return figure.source

    def get_source(self, _figure: ImportedFigure) -> str:
        return "imported"


class FigureResultList(ApiView):
    @extend_schema(
        operation_id="figures_results",
        responses={200: ImportedFigureSerializer(many=True), **problems(422)},
    )
    def get(self, request: Request) -> Response:
        """What the reports have published, as printed; not based on persons, so it cannot be divided."""
        return self.page_of(imported_figures(), ImportedFigureSerializer)
