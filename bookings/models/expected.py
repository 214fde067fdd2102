from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Room, Sex, SiteDay, Who
from bookings.models.chains import Chain, Meeting
from bookings.models.groups import GroupMeeting
from bookings.models.parties import Newcomer, Party
from interpreters.models import Interpreter


class ExpectedParty(models.Model):
    """A database view: a meeting that the viewer's agency expects at its sites, with the party's needs but no names.

    `interpreter_language` is empty where the identity is protected and the party another agency's.
    `person` is not in it: a query may put somebody there whose name the viewer may read; `form` as well: how a meeting
    at a distance is held, `together`: agencies that meet the party at once, and `group`: with whom it is met.
    """

    person: Newcomer | None = None
    form = ""
    together: Sequence[str] = ()
    group: GroupMeeting | None = None
    meeting = models.OneToOneField(Meeting, models.DO_NOTHING, primary_key=True, related_name="+")
    chain_id = models.BigIntegerField()
    party_id = models.BigIntegerField()
    chain_reference = models.CharField(_("reference"), max_length=7)
    party_reference = models.CharField(_("reference"), max_length=7)
    state = models.CharField(_("state"), max_length=10, choices=Chain.State)
    agency = models.ForeignKey(Agency, models.DO_NOTHING, related_name="+")
    owner = models.ForeignKey(Agency, models.DO_NOTHING, related_name="+")
    site_day = models.ForeignKey(SiteDay, models.DO_NOTHING, related_name="+")
    caseworker = models.ForeignKey(settings.AUTH_USER_MODEL, models.DO_NOTHING, related_name="+")
    room = models.ForeignKey(Room, models.DO_NOTHING, related_name="+", null=True)
    interpreter = models.ForeignKey(Interpreter, models.DO_NOTHING, related_name="+", null=True)
    who = models.CharField(_("who must come"), max_length=10, choices=Who)
    date = models.DateField(_("date"))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    attendance = models.CharField(_("attendance"), max_length=10, choices=Meeting.Attendance)
    checked_in_at = models.DateTimeField(_("checked in"), null=True)
    language = models.CharField(_("language"), max_length=3)
    step_free = models.BooleanField(_("step-free"))
    extra_time = models.BooleanField(_("extra time"))
    caseworker_sex = models.CharField(_("caseworkers of this sex"), max_length=1, choices=Sex)
    interpreter_sex = models.CharField(_("interpreter of this sex"), max_length=1, choices=Sex)
    interpreter_language = models.CharField(_("language of the interpreter"), max_length=3)
    needs_interpreter = models.BooleanField(_("needs an interpreter"))
    outside_interpreter = models.CharField(
        _("interpreter from outside"), max_length=9, choices=Chain.Outside, blank=True
    )
    infants = models.IntegerField(_("0–5 years"))
    children = models.IntegerField(_("6–17 years"))
    adults = models.IntegerField(_("18–64 years"))
    seniors = models.IntegerField(_("65 years and older"))
    adult = models.IntegerField(_("number of the adult who is met alone"), null=True)
    alone_id = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "expected_parties"
        ordering = ["starts_at", "meeting_id"]

    def __str__(self) -> str:
        return self.chain_reference

    @property
    def key(self) -> str:
        """What means this meeting alone among the chain's with the agency."""
        return f"{self.agency.code}:{self.adult or 0}"

    @property
    def size(self) -> int:
        return self.infants + self.children + self.adults + self.seniors

    @property
    def called(self) -> str:
        """Who must come, in words: no children are called where there are none."""
        if self.who != Who.EVERYONE or self.infants or self.children:
            return str(Who(self.who).label)
        return str((Who.ONE_ADULT if self.size == 1 else Who.ADULTS).label)


class OccupiedDesk(models.Model):
    """A database view: which desk of the viewer's sites is occupied when, and how the party comes to it.

    Hosts and coordinators see every desk, caseworkers and managers those of their agency and of its own parties.
    `chain_reference` where the meeting or the party is of the viewer's agency; elsewhere `board_number`, the party's
    for that day at that site, which leads to no reference. `outside_interpreter`, `step_free` and how many come (None
    elsewhere) stand beside a reference, and beside each number for whoever is of no agency. `interpreter_language` and
    `interpreter` are empty where the identity is protected and the party another agency's.
    """

    meeting = models.OneToOneField(Meeting, models.DO_NOTHING, primary_key=True, related_name="+")
    chain_reference = models.CharField(_("reference"), max_length=7)
    board_number = models.CharField(_("board number"), max_length=4)
    agency = models.ForeignKey(Agency, models.DO_NOTHING, related_name="+")
    site_day = models.ForeignKey(SiteDay, models.DO_NOTHING, related_name="+")
    caseworker = models.ForeignKey(settings.AUTH_USER_MODEL, models.DO_NOTHING, related_name="+")
    room = models.ForeignKey(Room, models.DO_NOTHING, related_name="+", null=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    checked_in_at = models.DateTimeField(_("checked in"), null=True)
    outside_interpreter = models.CharField(
        _("interpreter from outside"), max_length=9, choices=Chain.Outside, blank=True
    )
    attendance = models.CharField(_("attendance"), max_length=10, choices=Meeting.Attendance)
    is_here = models.BooleanField(_("has come to a meeting of the day"))
    is_in_meeting = models.BooleanField(_("is in a meeting"))
    lacks_interpreter = models.BooleanField(_("lacks an interpreter"))
    interpreter = models.ForeignKey(Interpreter, models.DO_NOTHING, related_name="+", null=True)
    language = models.CharField(_("language"), max_length=3)
    interpreter_language = models.CharField(_("language of the interpreter"), max_length=3)
    step_free = models.BooleanField(_("step-free"))
    adults = models.IntegerField(_("18 years and older"), null=True)
    children = models.IntegerField(_("0–17 years"), null=True)

    class Meta:
        managed = False
        db_table = "occupied_desks"
        ordering = ["starts_at", "meeting_id"]

    def __str__(self) -> str:
        return self.party

    @property
    def party(self) -> str:
        """What the board calls the party: its chain's reference or its number."""
        return self.chain_reference or self.board_number


class MeetingOnBoard(models.Model):
    """A database view for hosts and coordinators: the meetings that stand on the boards of their sites."""

    meeting = models.OneToOneField(Meeting, models.DO_NOTHING, primary_key=True, related_name="+")
    site_day = models.ForeignKey(SiteDay, models.DO_NOTHING, related_name="+")
    caseworker = models.ForeignKey(settings.AUTH_USER_MODEL, models.DO_NOTHING, related_name="+")
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        managed = False
        db_table = "board_meetings"

    def __str__(self) -> str:
        return f"{self.meeting_id}"


def at_hand(party: str) -> models.Func:
    """A condition for queries: not a party of the viewer's agency at other sites. `party`: the field of its key."""
    return models.Func(party, function="is_at_hand", output_field=models.BooleanField())


def at_own_sites(site: str) -> models.Func:
    """A condition for queries: one of the viewer's sites. `site`: the field of its key."""
    template = "%(expressions)s = ANY(viewer_sites())"
    return models.Func(models.F(site), template=template, output_field=models.BooleanField())


class PartyHere(models.Model):
    """A database view: the parties of the viewer's agency at the viewer's sites, and those opened from elsewhere.

    A party may be in it more than once; `is_listed` is false for one that is only opened.
    """

    party = models.OneToOneField(Party, models.DO_NOTHING, primary_key=True, related_name="+")
    is_listed = models.BooleanField()
    registered_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "parties_here"

    def __str__(self) -> str:
        return f"{self.party_id}"
