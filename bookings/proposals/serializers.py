"""How the API writes a meeting, proposed or booked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agencies.codes import KOM, agency_name, is_local
from agencies.models import Agency
from agencies.web.codes import agency_field
from bookings.availability.pauses import KINDS, Between
from bookings.models import ExpectedParty, GroupMeeting, Meeting
from bookings.proposals.opaque import opaque
from bookings.proposals.signed import Offer, Proposal
from interpreters.models import Interpreter


class MeetingSerializer(serializers.Serializer[dict[str, Any]]):
    """`desk` and `interpreter` are the same for the same one all through a site day, and say no more.

    `adult`: the number, by age, of the adult who is met alone; null for all others. Where one agency has several
    meetings of a chain, "AF:2" names that of adult 2 and "AF:0" that of the others; "AF" would be unclear.
    """

    agency = agency_field()
    municipality = serializers.CharField(allow_null=True, help_text="Its code, when the agency is KOM")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    desk = serializers.CharField()
    interpreter = serializers.CharField(allow_null=True)
    adult = serializers.IntegerField(allow_null=True)


class PauseSerializer(serializers.Serializer[Between]):
    """Time between two meetings; lunch is a rule of the site and no waiting."""

    kind = serializers.ChoiceField(choices=KINDS)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class LeftOutSerializer(serializers.Serializer[str]):
    """An agency that the rules ask for and that is not met; from its code."""

    agency = agency_field(source="*")
    reason = serializers.SerializerMethodField()
    detail = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(choices=["no-desk-there", "identity-not-checked-there"]))
    def get_reason(self, agency: str) -> str:
        return "no-desk-there" if is_local(agency) else "identity-not-checked-there"

    def get_detail(self, agency: str) -> str:
        if agency == KOM:
            return _(
                "The home municipality has no desk at this site and is not met there."
                " Its contact card is in the letter."
            )
        if not is_local(agency):
            return _("%(agency)s is not met there, because identity cannot be checked at this location.") % {
                "agency": agency_name(agency)
            }
        return _("%(agency)s has no desk at this site and is not met there.") % {
            "agency": agency_name(agency)
        }


class GroupSerializer(serializers.Serializer[GroupMeeting]):
    """Group information: one meeting with several parties, at the time and with the agency of the party's meeting."""

    reference = serializers.CharField()
    language = serializers.CharField(help_text="ISO 639-3")
    capacity = serializers.IntegerField(help_text="How many parties come at most")


class BookedMeetingSerializer(MeetingSerializer):
    attendance = serializers.ChoiceField(choices=Meeting.Attendance.choices)
    checked_in_at = serializers.DateTimeField(allow_null=True)
    form = serializers.ChoiceField(
        choices=Meeting.Form.choices, help_text="At the place, in a room there, or by telephone or video"
    )
    together_with = agency_field(
        allow_null=True,
        help_text="The agency that meets the party at once in the same room; of several the first by its code",
    )
    group = GroupSerializer(allow_null=True, help_text="The group in which the party is met, if it is")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a booked meeting is held; `together` are the codes of the agencies that meet the party at once."""

    form: str = Meeting.Form.ON_SITE
    together: Sequence[str] = ()
    group: GroupMeeting | None = None

    @property
    def data(self) -> dict[str, Any]:
        group = GroupSerializer(self.group).data if self.group else None
        return {"form": self.form, "together_with": min(self.together, default=None), "group": group}


def manner_in(meeting: Meeting, meetings: Sequence[Meeting]) -> Manner:
    """How the meeting is held, which is one of these, its chain's."""
    hosts = {one.pk: one.together_with_id or one.pk for one in meetings}
    beside = [one for one in meetings if one != meeting and hosts[one.pk] == hosts[meeting.pk]]
    return Manner(meeting.form, [one.agency.code for one in beside], meeting.group)


def offer_data(offer: Offer, proposal: Proposal, agency: Agency) -> dict[str, Any]:
    """A proposed meeting, for MeetingSerializer."""
    data = _data(offer, agency, proposal.site_day, desk=offer.desk, interpreter=proposal.interpreter)
    return data | {"adult": offer.adult}


def meeting_data(
    meeting: Meeting | ExpectedParty,
    *,
    site_day: int,
    interpreter: Interpreter | None,
    adult: int | None,
    manner: Manner,
) -> dict[str, Any]:
    """A booked meeting, for BookedMeetingSerializer; a group's interpreter is its own."""
    interpreter = manner.group.interpreter if manner.group else interpreter
    desk = meeting.caseworker.resource_id
    assert desk is not None
    resource = None if interpreter is None else interpreter.resource_id
    data = _data(meeting, meeting.agency, site_day, desk=desk, interpreter=resource)
    facts = {"adult": adult, "attendance": meeting.attendance, "checked_in_at": meeting.checked_in_at}
    return data | facts | manner.data


def _data(
    meeting: Offer | Meeting | ExpectedParty,
    agency: Agency,
    site_day: int,
    *,
    desk: int,
    interpreter: int | None,
) -> dict[str, Any]:
    return {
        "agency": agency.code,
        "municipality": agency.municipality.code if agency.municipality else None,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "desk": opaque(site_day, desk),
        "interpreter": interpreter and opaque(site_day, interpreter),
    }
