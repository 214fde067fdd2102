"""A board as the API shows it."""

from typing import Any

from rest_framework import serializers

from agencies.web.codes import agency_field
from bookings.board.queries import Board
from bookings.board.standing import Standing, Stood
from bookings.models import Meeting


class BoardMeetingSerializer(serializers.Serializer[Any]):
    """A meeting; `number` is the party's for that day, or its chain's reference where your agency may know it."""

    number = serializers.CharField()
    agency = agency_field()
    desk = serializers.CharField(allow_blank=True)
    caseworker = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    language = serializers.CharField(help_text="Of the letter")
    state = serializers.ChoiceField(choices=[standing.value for standing in Standing])
    why = serializers.CharField(allow_blank=True, help_text="Why it is late or takes longer")
    minutes = serializers.IntegerField(help_text="How late, or over the time")
    lacks_interpreter = serializers.BooleanField()
    form = serializers.ChoiceField(choices=Meeting.Form.values)


class DeskSerializer(serializers.Serializer[Any]):
    """A caseworker's shift."""

    agency = agency_field()
    caseworker = serializers.CharField()
    desk = serializers.CharField(allow_blank=True)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    remote = serializers.BooleanField()


class InterpreterOnBoardSerializer(serializers.Serializer[Any]):
    """An interpreter's shift."""

    name = serializers.CharField()
    languages = serializers.ListField(child=serializers.CharField(), help_text="ISO 639-3")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    remote = serializers.BooleanField()


class BoardSerializer(serializers.Serializer[Any]):
    """A location's day as it stands `now`; a place that is not open has empty lists."""

    now = serializers.DateTimeField()
    site = serializers.CharField()
    location = serializers.CharField()
    desks = DeskSerializer(many=True)
    interpreters = InterpreterOnBoardSerializer(many=True)
    meetings = BoardMeetingSerializer(many=True)


class ArrivalSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(max_length=40, help_text="The reference on the letter, typed or scanned")


class ArrivedSerializer(serializers.Serializer[Any]):
    """Who has come, and where to."""

    was_here = serializers.BooleanField(help_text="The code was read before; nothing has changed")
    meeting = BoardMeetingSerializer()


def board_data(board: Board) -> dict[str, Any]:
    """The board as its serializer shows it."""
    resources = {one.resource_id: one for one in board.interpreters}
    hours = [
        (shift, {"starts_at": shift.starts_at, "ends_at": shift.ends_at, "remote": shift.remote})
        for shift in board.shifts
    ]
    return {
        "now": board.at,
        "site": board.location.site.code,
        "location": board.location.name,
        "desks": [
            {"agency": user.agency.code, "caseworker": str(user), "desk": shift.desk} | times
            for shift, times in hours
            if (user := getattr(shift.resource, "caseworker", None)) and user.agency
        ],
        "interpreters": [
            {"name": one.name, "languages": [mastery.language for mastery in one.masteries.all()]} | times
            for shift, times in hours
            if (one := resources.get(shift.resource_id))
        ],
        "meetings": [meeting_on_board_data(stood) for stood in board.meetings],
    }


def meeting_on_board_data(stood: Stood) -> dict[str, Any]:
    """A meeting as its serializer shows it."""
    meeting = stood.meeting
    return {
        "number": meeting.party,
        "agency": meeting.agency,
        "desk": meeting.desk,
        "caseworker": meeting.caseworker,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "language": meeting.language,
        "state": stood.standing.value,
        "why": stood.why.value if stood.why else "",
        "minutes": stood.minutes,
        "lacks_interpreter": meeting.lacks_interpreter,
        "form": meeting.form or Meeting.Form.ON_SITE.value,
    }
