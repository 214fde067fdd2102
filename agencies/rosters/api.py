"""A site's open days and the shifts on them; rosters as files."""

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.dates import clock
from agencies.models import Location, Shift, SiteDay
from agencies.refusals import Refusal
from agencies.rosters.change import remove_shift
from agencies.rosters.held import Booked
from agencies.rosters.import_file import COLUMNS
from agencies.rosters.import_roster import import_roster
from agencies.rosters.lists import days_at, file_rows, in_order, row_of, shifts_seen_by
from agencies.rosters.permissions import CoordinatorsWrite, EditorsWrite
from agencies.rosters.shifts import DayNotOpened, open_day
from agencies.web.api import ApiView
from agencies.web.codes import agency_field
from agencies.web.csv_answers import CsvToo, FormatSerializer, csv_answer, wants_csv
from agencies.web.csv_file import csv_file
from agencies.web.problem_schema import ProblemSerializer, problems
from agencies.web.requests import ApiRequest
from agencies.web.whole_file import FileNotUsable


class SiteFilterSerializer(FormatSerializer):
    site = serializers.SlugField(help_text="The site's code")
    date = serializers.DateField(required=False, help_text="One day only")


class NewSiteDaySerializer(serializers.Serializer[Any]):
    site = serializers.SlugField(help_text="The site's code")
    location = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        max_length=100,
        help_text="Its name; the main place unless told",
    )
    date = serializers.DateField()
    opens = serializers.TimeField()
    closes = serializers.TimeField()


class SiteDaySerializer(serializers.Serializer[SiteDay]):
    """`notice_days`: how many days ahead it was opened, null of days opened before that was recorded."""

    site = serializers.CharField(source="location.site.code")
    location = serializers.CharField(source="location.own_name")
    date = serializers.DateField()
    opens = serializers.SerializerMethodField()
    closes = serializers.SerializerMethodField()
    notice_days = serializers.IntegerField(allow_null=True)
    short_notice = serializers.SerializerMethodField(help_text="Opened nearer than the site's notice")
    merges_into = serializers.DateField(
        allow_null=True, help_text="The day to which whoever is booked is asked to move; nobody new is booked"
    )

    def get_opens(self, day: SiteDay) -> str:
        return clock(day.opens_at)

    def get_closes(self, day: SiteDay) -> str:
        return clock(day.closes_at)

    def get_short_notice(self, day: SiteDay) -> bool:
        return day.notice_days is not None and day.notice_days < day.location.site.minimum_notice_days


class ShiftSerializer(serializers.Serializer[Shift]):
    """A shift by the columns of the file; `user` is a user name, or an interpreter's reference."""

    id = serializers.IntegerField()
    date = serializers.DateField()
    site = serializers.CharField()
    location = serializers.CharField(help_text="Empty at the main place")
    agency = agency_field(help_text="Empty of interpreters")
    user = serializers.CharField()
    starts = serializers.CharField(help_text="HH:MM in Stockholm")
    ends = serializers.CharField(help_text="HH:MM in Stockholm")
    break_starts = serializers.CharField(help_text="HH:MM, or empty")
    break_ends = serializers.CharField(help_text="HH:MM, or empty")
    remote = serializers.BooleanField()
    state = serializers.ChoiceField(Shift.State.choices)

    def to_representation(self, shift: Shift) -> dict[str, Any]:
        return {"id": shift.pk, **row_of(shift), "state": shift.state}


class ImportSerializer(serializers.Serializer[Any]):
    file = serializers.FileField(help_text=f"CSV with the header {';'.join(COLUMNS)}", allow_empty_file=True)
    dry_run = serializers.BooleanField(
        required=False, default=False, help_text="Only say what would come of it"
    )


class RowErrorSerializer(serializers.Serializer[Any]):
    row = serializers.IntegerField(help_text="The header is row 1")
    column = serializers.CharField(help_text="Empty: the whole row")
    message = serializers.CharField()


class ImportedSerializer(serializers.Serializer[Any]):
    """How many shifts were created and changed; `errors` is empty."""

    created = serializers.IntegerField()
    changed = serializers.IntegerField()
    errors = RowErrorSerializer(many=True)  # type: ignore[assignment]  # as in ProblemSerializer


class ImportProblemSerializer(ProblemSerializer):
    """Of a file with mistakes `errors` are its rows, at most 200, of any other fault messages by field."""

    created = serializers.IntegerField(required=False)
    changed = serializers.IntegerField(required=False)
    errors = serializers.JSONField()  # type: ignore[assignment]  # a list or an object


class BookedProblemSerializer(ProblemSerializer):
    """`chains`: references where you may see them, elsewhere the day's numbers on the board.

    `other_days`: the place's next days on which the agency has free time for them.
    """

    chains = serializers.ListField(child=serializers.CharField(), required=False)
    other_days = serializers.ListField(child=serializers.DateField(), required=False)


class SiteDayList(CsvToo, ApiView):
    permission_classes = (IsAuthenticated, CoordinatorsWrite)

    @extend_schema(
        operation_id="site_days",
        parameters=[SiteFilterSerializer],
        responses={
            (200, "application/json"): SiteDaySerializer(many=True),
            (200, "text/csv"): OpenApiTypes.STR,
            **problems(422),
        },
    )
    def get(self, request: Request) -> HttpResponseBase:
        """A site's open days, in order."""
        asked = self.validated_query(SiteFilterSerializer)
        days = days_at(asked["site"])
        if "date" in asked:
            days = days.filter(date=asked["date"])
        if wants_csv(request):
            rows = self.serialized(SiteDaySerializer, days.order_by("date", "location_id"), many=True)
            return csv_answer("site-days", SiteDaySerializer, rows)
        return self.page_of(days, SiteDaySerializer)

    @extend_schema(
        operation_id="open_site_day",
        request=NewSiteDaySerializer,
        responses={201: SiteDaySerializer, **problems(400, 403, 404, 413, 415, 422)},
    )
    def post(self, request: ApiRequest) -> Response:
        """Open a location of one of your sites on a day. Short notice is recorded, and told in the answer."""
        said = self.validated(NewSiteDaySerializer)
        location = _location(said["site"], said["location"])
        hours = {"day": said["date"], "opens": said["opens"], "closes": said["closes"]}
        day = open_day(location=location, **hours, by=request.user, at=timezone.now(), short_notice=True)
        where = f"{request.path}?site={said['site']}&date={said['date']}"
        return self.created(self.serialized(SiteDaySerializer, day), at=where)


def _location(site: str, name: str) -> Location:
    """Raises DayNotOpened, beside the field."""
    places = Location.objects.filter(site__code=site).select_related("site")
    found = [place for place in places if place.own_name == name]
    if len(found) != 1:
        field = "location" if places else "site"
        message = _("There is no such location.") if places else _("There is no site with this code.")
        raise DayNotOpened(message, errors={field: [message]})
    return found[0]


class ShiftList(CsvToo, ApiView):
    @extend_schema(
        operation_id="shifts",
        parameters=[SiteFilterSerializer],
        responses={
            (200, "application/json"): ShiftSerializer(many=True),
            (200, "text/csv"): OpenApiTypes.STR,
            **problems(422),
        },
    )
    def get(self, request: ApiRequest) -> HttpResponseBase:
        """The shifts at one of your sites: all for its coordinator and host, else those of your agency's people."""
        asked = self.validated_query(SiteFilterSerializer)
        shifts = in_order(shifts_seen_by(request.user).filter(site_day__location__site__code=asked["site"]))
        if "date" in asked:
            shifts = shifts.filter(site_day__date=asked["date"])
        if wants_csv(request):
            return csv_file("shifts", [COLUMNS, *file_rows(shifts)])
        return self.page_of(shifts, ShiftSerializer)


class ShiftImport(ApiView):
    permission_classes = (IsAuthenticated, EditorsWrite)
    parser_classes = (MultiPartParser,)

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        """Take a file, as no other address does; it is kept in memory and no larger than any body."""
        request.upload_handlers = [MemoryFileUploadHandler(request)]
        return super().initialize_request(request, *args, **kwargs)

    @extend_schema(
        operation_id="import_shifts",
        request={"multipart/form-data": ImportSerializer},
        responses={
            200: ImportedSerializer,
            **problems(400, 403, 413, 415),
            **problems(409),
            **problems(422, shape=ImportProblemSerializer),
        },
    )
    def post(self, request: ApiRequest) -> Response:
        """Put on shift whom the file names: all or nobody. The same person's other hours that day are changed."""
        said = self.validated(ImportSerializer)
        created, changed = import_roster(
            content=said["file"].read(), by=request.user, at=timezone.now(), dry_run=said["dry_run"]
        )
        return Response({"created": created, "changed": changed, "errors": []})

    def problem_extras(self, refusal: Refusal) -> dict[str, Any]:
        if not isinstance(refusal, FileNotUsable):
            return {}
        errors = RowErrorSerializer(refusal.rows, many=True).data
        return {"created": 0, "changed": 0, "errors": errors}


class ShiftDetail(ApiView):
    permission_classes = (IsAuthenticated, EditorsWrite)

    @extend_schema(
        operation_id="remove_shift",
        responses={204: None, **problems(403, 404, 422), **problems(409, shape=BookedProblemSerializer)},
    )
    def delete(self, request: ApiRequest, number: int) -> Response:
        """Remove a shift against which nothing is booked."""
        seen = shifts_seen_by(request.user).select_related("site_day__location__site")
        shift = seen.filter(pk=number).first()
        if shift is None:
            raise Http404
        remove_shift(shift=shift, by=request.user, at=timezone.now())
        return Response(status=204)

    def problem_extras(self, refusal: Refusal) -> dict[str, Any]:
        if not isinstance(refusal, Booked):
            return {}
        return {"chains": refusal.chains, "other_days": [day.isoformat() for day in refusal.other_days or ()]}
