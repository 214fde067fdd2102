"""Day reports over the API: read, typed or corrected, locked."""

import datetime
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.models import Site, User
from agencies.refusals import Refusal
from agencies.web.api import ApiView
from agencies.web.problem_schema import problems
from agencies.web.requests import ApiRequest
from agencies.web.roles import AGENCY_ROLES, require_role
from motesplats.followup.reports.correct import correct_report
from motesplats.followup.reports.lock import lock_report
from motesplats.followup.reports.numbers import DIMENSIONS
from motesplats.followup.reports.own_sites import own_site
from motesplats.followup.reports.queries import report_of, reports
from motesplats.followup.reports.save import save_report
from motesplats.followup.reports.serializers import (
    DayReportSerializer,
    LockSerializer,
    NewDayReportSerializer,
    ReportFilterSerializer,
    ReportProblemSerializer,
    numbers_in,
)
from motesplats.followup.reports.write import ReportChanged
from motesplats.models import DayReport


class ReportsDays(BasePermission):
    """A site's own staff; the secretariat reads figures instead."""

    def has_permission(self, request: ApiRequest, view: APIView) -> bool:  # type: ignore[override]  # IsAuthenticated comes first
        require_role(request.user, *AGENCY_ROLES, message=_("The day's staff writes its report."))
        return True


class ReportView(ApiView):
    permission_classes = (IsAuthenticated, ReportsDays)

    def report(self, user: User, site: str, date: datetime.date) -> DayReport:
        """The day's report. Raises Http404."""
        found = report_of(own_site(user, site), date)
        if found is None:
            raise Http404
        return found

    def problem_extras(self, refusal: Refusal) -> dict[str, Any]:
        return {"version": refusal.version} if isinstance(refusal, ReportChanged) else {}


class DayReportList(ReportView):
    @extend_schema(
        operation_id="day_reports",
        parameters=[ReportFilterSerializer],
        responses={200: DayReportSerializer(many=True), **problems(403, 404, 422)},
    )
    def get(self, request: ApiRequest) -> Response:
        """The day reports of your sites, the last day first."""
        asked = self.validated_query(ReportFilterSerializer)
        found = reports()
        if "site" in asked:
            found = found.filter(site=own_site(request.user, asked["site"]))
        for name, lookup in (("from", "date__gte"), ("to", "date__lte")):
            if name in asked:
                found = found.filter(**{lookup: asked[name]})
        return self.page_of(found, DayReportSerializer)

    @extend_schema(
        operation_id="save_day_report",
        request=NewDayReportSerializer,
        responses={
            200: DayReportSerializer,
            201: DayReportSerializer,
            **problems(400, 403, 404, 413, 415, 422),
            **problems(409, shape=ReportProblemSerializer),
        },
    )
    def post(self, request: ApiRequest) -> Response:
        """Report a day, or change its report. A day has one report; with its `version` it is changed."""
        said = self.validated(NewDayReportSerializer)
        site = own_site(request.user, said["site"])
        try:
            report = self._written(request.user, site, said)
        except Refusal as refusal:
            refusal.errors = below_people(refusal.errors)
            raise
        found = self.report(request.user, site.code, report.date)
        body = self.serialized(DayReportSerializer, found)
        if said["version"]:
            return Response(body)
        return self.created(body, at=f"{request.path}{site.code}/{report.date}/")

    def _written(self, by: User, site: Site, said: dict[str, Any]) -> DayReport:
        """Saved, or corrected if the report of that version is locked."""
        at, numbers, version = timezone.now(), numbers_in(said), said["version"]
        former = report_of(site, said["date"]) if version else None
        if former and former.locked_at:
            return correct_report(report=former, numbers=numbers, version=version, by=by, at=at)
        return save_report(site=site, date=said["date"], numbers=numbers, version=version, by=by, at=at)


class DayReportDetail(ReportView):
    @extend_schema(operation_id="day_report", responses={200: DayReportSerializer, **problems(403, 404)})
    def get(self, request: ApiRequest, site: str, date: datetime.date) -> Response:
        """The report of one of your sites for a day."""
        return Response(self.serialized(DayReportSerializer, self.report(request.user, site, date)))


class LockDayReport(ReportView):
    @extend_schema(
        operation_id="lock_day_report",
        request=LockSerializer,
        responses={
            200: DayReportSerializer,
            **problems(400, 403, 404, 413, 415, 422),
            **problems(409, shape=ReportProblemSerializer),
        },
    )
    def post(self, request: ApiRequest, site: str, date: datetime.date) -> Response:
        """Lock the day's report: from then on it counts in the figures."""
        said = self.validated(LockSerializer)
        report = self.report(request.user, site, date)
        version = said.get("version", report.version)
        lock_report(report=report, version=version, by=request.user, at=timezone.now())
        return Response(self.serialized(DayReportSerializer, self.report(request.user, site, date)))


def below_people(errors: Any) -> dict[str, Any]:
    """The errors by field, those of persons below `people`."""
    inner = {name: told for name, told in errors.items() if name in DIMENSIONS}
    return {name: told for name, told in errors.items() if name not in DIMENSIONS} | (
        {"people": inner} if inner else {}
    )
