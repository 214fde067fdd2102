"""The API's figures: one measure, divided in one way."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from agencies.codes import known_codes
from agencies.languages import LANGUAGES
from agencies.models import Site
from agencies.spoken import spoken_languages
from agencies.web.api import ApiView
from agencies.web.known_names import KnownNames
from agencies.web.problem_schema import problems
from agencies.web.requests import ApiRequest
from motesplats.followup.dashboard.attained import ATTAINMENT, attained_rows
from motesplats.followup.dimensions import AGES, MODES, SEXES, TRACKS
from motesplats.followup.figures.choose import BY_PLACE, PARTED, Choice, choose
from motesplats.followup.figures.period import Period, month_of, year_to
from motesplats.followup.figures.rows import FigureRow, load, rows_of
from motesplats.followup.measures import MEASURES, Measure

SOURCES = ("counted", "reported", "imported")


class MonthField(serializers.CharField):
    """A month as "2026-11", or a day in it; figures are told by whole months."""

    default_error_messages = {"invalid": _("Write a month as 2026-11.")}

    def to_internal_value(self, data: Any) -> date:  # type: ignore[override]  # a month is a date
        try:
            return month_of(super().to_internal_value(data))
        except ValueError:
            self.fail("invalid")


class AskedFiguresSerializer(KnownNames):
    measure = serializers.ChoiceField(choices=[(code, code) for code in (*MEASURES, ATTAINMENT.code)])
    by = serializers.ChoiceField(choices=[(word, word) for word in (*BY_PLACE, *PARTED)], required=False)
    site = serializers.SlugRelatedField("code", queryset=Site.objects.all(), required=False, default=None)
    track = serializers.ChoiceField(choices=list(TRACKS), required=False)
    sex = serializers.ChoiceField(choices=list(SEXES), required=False)
    age = serializers.ChoiceField(choices=list(AGES), required=False)
    mode = serializers.ChoiceField(choices=list(MODES), required=False)
    agency = serializers.CharField(max_length=5, required=False)
    language = serializers.CharField(max_length=3, required=False)

    def get_fields(self) -> dict[str, Any]:
        # `from` is a word of Python.
        return {**super().get_fields(), "from": MonthField(required=False), "to": MonthField(required=False)}

    def validate_agency(self, code: str) -> str:
        return _known(code, code in known_codes())

    def validate_language(self, code: str) -> str:
        return _known(code, code in LANGUAGES or code in spoken_languages())

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:
        usual = year_to(timezone.localdate())
        last = asked.pop("to", max(usual.last, asked.get("from", usual.last)))
        period = Period(asked.pop("from", date(last.year, 1, 1)), last)
        if period.first > period.last:
            raise serializers.ValidationError({"to": _("The period ends before it begins.")})
        return asked | {"period": period}


def _known(code: str, is_known: bool) -> str:
    """The code; raises ValidationError: of one that nobody has there would be no rows, as if nothing had happened."""
    if not is_known:
        raise serializers.ValidationError(_("There is no such code."))
    return code


class FigureRowSerializer(serializers.Serializer[Any]):
    key = serializers.CharField(help_text="A year, a month, a site's code, or a part of `by`")
    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name
    value = serializers.FloatField(
        allow_null=True, help_text="A share as a part of 1; null where it is hidden"
    )
    suppressed = serializers.BooleanField(
        help_text="Fewer than six, or hidden so that such a figure cannot be worked out"
    )
    source = serializers.ChoiceField(choices=SOURCES)  # type: ignore[assignment]  # a field of that name


class FiguresSerializer(serializers.Serializer[Any]):
    measure = serializers.CharField()
    definition = serializers.CharField()
    unit = serializers.CharField()
    rows = FigureRowSerializer(many=True)

    def get_fields(self) -> dict[str, Any]:
        months = {name: serializers.CharField(help_text="A month") for name in ("from", "to")}
        return {**super().get_fields(), **months}


class FigureList(ApiView):
    permission_classes = (IsAuthenticated,)
    pagination_class = None

    @extend_schema(
        operation_id="figures",
        parameters=[AskedFiguresSerializer],
        responses={200: FiguresSerializer, **problems(404, 422)},
    )
    def get(self, request: ApiRequest) -> Response:
        """A measure by year, month, site or part; of the own site whole, of all others without those of fewer than six.

        A period is whole months, by default this year's. Parts of two months are told together, in the first days
        of the next one.
        """
        asked = self.validated_query(AskedFiguresSerializer)
        measure, is_attainment = asked.pop("measure"), False
        if measure == ATTAINMENT.code:
            measure, is_attainment = "participants", True
        choice = choose(
            measure=measure,
            by=asked.pop("by", ""),
            period=asked.pop("period"),
            site=asked.pop("site"),
            only=asked,
        )
        if is_attainment:
            return Response(_body(ATTAINMENT, choice, attained_rows(choice, request.user)))
        return Response(_body(choice.measure, choice, rows_of(choice, load(choice, request.user))))


def _body(measure: Measure, choice: Choice, rows: list[FigureRow]) -> dict[str, Any]:
    return {
        "measure": measure.code,
        "definition": str(measure.definition),
        "unit": str(measure.unit),
        "from": f"{choice.period.first:%Y-%m}",
        "to": f"{choice.period.last:%Y-%m}",
        "rows": [
            {
                "key": row.key,
                "label": row.label,
                "value": None if row.figure.value is None else float(row.figure.value),
                "suppressed": row.figure.is_hidden,
                "source": row.figure.source,
            }
            for row in rows
        ],
    }
