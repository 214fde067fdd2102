"""The board of a day, and arrivals by the letter's code."""

import datetime

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import SAFE_METHODS, BasePermission, IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.models import Location, Role
from agencies.web.api import ApiView
from agencies.web.csv_answers import CsvToo, FormatSerializer, csv_answer, wants_csv
from agencies.web.limits import require_within
from agencies.web.problem_schema import problems
from agencies.web.requests import ApiRequest
from agencies.web.roles import AGENCY_ROLES, DESK_OVERVIEW_ROLES, require_role
from bookings.board.pages import location_of
from bookings.board.queries import load_board
from bookings.board.record import arrive
from bookings.board.serializers import (
    ArrivalSerializer,
    ArrivedSerializer,
    BoardMeetingSerializer,
    BoardSerializer,
    board_data,
    meeting_on_board_data,
)
from bookings.chains.book import NotBooked

LOCATION = OpenApiParameter("location", str, description="A location of the site; else the main place")


class RunsTheDay(BasePermission):
    """Whoever works at a site looks at its board; hosts and coordinators record on it."""

    def has_permission(self, request: ApiRequest, view: APIView) -> bool:  # type: ignore[override]  # IsAuthenticated comes first
        looks = request.method in SAFE_METHODS
        roles = (*AGENCY_ROLES, Role.HOST) if looks else DESK_OVERVIEW_ROLES
        require_role(request.user, *roles, message=_("Hosts and coordinators record this on the board."))
        return True


class BoardView(ApiView):
    permission_classes = (IsAuthenticated, RunsTheDay)

    def location(self, request: ApiRequest, site: str) -> Location:
        """The location that the request names. Raises Http404."""
        return location_of(request.user, site, request.query_params.get("location", ""))


class BoardOfDay(CsvToo, BoardView):
    @extend_schema(
        operation_id="board",
        description="The board of a location's day. Hosts and coordinators see every desk, others their agency's desks "
        "and its own parties. As a file its meetings alone.",
        parameters=[LOCATION, FormatSerializer],
        responses={
            (200, "application/json"): BoardSerializer,
            (200, "text/csv"): OpenApiTypes.STR,
            **problems(404, 422),
        },
    )
    def get(self, request: ApiRequest, site: str, date: datetime.date) -> HttpResponseBase:
        self.validated_query(FormatSerializer)
        board = load_board(self.location(request, site), date, at=timezone.now())
        if wants_csv(request):
            meetings = BoardMeetingSerializer(board_data(board)["meetings"], many=True).data
            return csv_answer(f"{site}-{date}", BoardMeetingSerializer, meetings)
        return Response(BoardSerializer(board_data(board)).data)


class ArriveByCode(BoardView):
    @extend_schema(
        operation_id="arrive",
        description="Record that the party whose letter has this code has come, for its next meeting. "
        "The same code a second time changes nothing and is answered with `was_here`.",
        parameters=[LOCATION],
        request=ArrivalSerializer,
        responses={200: ArrivedSerializer, **problems(403, 404, 409, 422)},
    )
    def post(self, request: ApiRequest, site: str, date: datetime.date) -> Response:
        at, location = timezone.now(), self.location(request, site)
        require_within("arrivals", f"user:{request.user.pk}")
        code = self.validated(ArrivalSerializer)["code"]
        board = load_board(location, date, at=at)
        if board.site_day is None:
            raise NotBooked(_("This place is not open that day."))
        arrival = arrive(code=code, site_day=board.site_day, by=request.user, at=at)
        stood = load_board(location, date, at=at).keyed(arrival.meeting)
        data = {"was_here": arrival.was_here, "meeting": meeting_on_board_data(stood)}
        return Response(ArrivedSerializer(data).data)
