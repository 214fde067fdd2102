"""The API's lists of goals and of series."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.web.api import ApiView
from agencies.web.problem_schema import problems
from motesplats.followup.goals.queries import goals
from motesplats.followup.goals.tables import current
from motesplats.models import Goal, Series, SeriesValue


class GoalSerializer(serializers.Serializer[Goal]):
    """A share of a series, or a number of persons; the other is null."""

    site = serializers.CharField(
        source="site.code", default=None, allow_null=True, help_text="Null: the country"
    )
    site_name = serializers.CharField(source="site.name", default=None, allow_null=True)
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True)
    percent = serializers.IntegerField(allow_null=True)
    series = serializers.CharField(source="series.code", default=None, allow_null=True, help_text="Its code")
    persons = serializers.IntegerField(allow_null=True)
    why = serializers.CharField()
    decided_by = serializers.CharField()


class SeriesValueSerializer(serializers.Serializer[SeriesValue]):
    """The number of a year or of its month, of the country or of where a site is."""

    year = serializers.IntegerField()
    month = serializers.IntegerField(allow_null=True, help_text="Null: the whole year")
    site = serializers.CharField(
        source="site.code", default=None, allow_null=True, help_text="Null: the country"
    )
    site_name = serializers.CharField(source="site.name", default=None, allow_null=True)
    value = serializers.IntegerField()
    is_approximate = serializers.BooleanField(help_text="Published as ca")
    published_by = serializers.CharField(source="source")
    fetched_on = serializers.DateField(allow_null=True)


class SeriesSerializer(serializers.Serializer[Series]):
    """Series count other people by other rules: never add them."""

    code = serializers.CharField()
    name = serializers.CharField()
    definition = serializers.CharField()
    exclusions = serializers.CharField()
    unit = serializers.CharField()
    is_default = serializers.BooleanField()
    values = serializers.SerializerMethodField()

    @extend_schema_field(SeriesValueSerializer(many=True))
    def get_values(self, series: Series) -> list[dict[str, Any]]:
        return [SeriesValueSerializer(row).data for row in current(series.numbers.all())]


class GoalList(ApiView):
    @extend_schema(operation_id="figures_goals", responses={200: GoalSerializer(many=True), **problems(422)})
    def get(self, request: Request) -> Response:
        """Every goal that holds, held or will hold, the country's first."""
        return self.page_of(goals(), GoalSerializer)


class SeriesList(ApiView):
    @extend_schema(
        operation_id="figures_series", responses={200: SeriesSerializer(many=True), **problems(422)}
    )
    def get(self, request: Request) -> Response:
        """The series that participants are compared with, and their numbers."""
        return self.page_of(Series.objects.prefetch_related("numbers__site"), SeriesSerializer)
