from datetime import datetime

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from agencies.codes import AgencyCodeField
from agencies.models import Agency, Resource, Room, Service, SiteDay, Who
from agencies.models.resources import same_resource
from agencies.validators import validate_https
from bookings.models.groups import GroupMeeting
from bookings.models.parties import Newcomer, Party
from bookings.models.rules import Track
from interpreters.models import Interpreter


class Chain(models.Model):  # type: ignore[django-manager-missing]  # the model of `changes` is made at run time
    """A party's day at a site: its meetings, in order, with one interpreter or none."""

    class State(models.TextChoices):
        BOOKED = "booked", _("booked")
        DONE = "done", _("past")
        CANCELLED = "cancelled", _("cancelled")

    class Outside(models.TextChoices):
        ORDERED = "ordered", _("interpreter ordered outside")
        CONFIRMED = "confirmed", _("interpreter from outside confirmed")

    reference = models.CharField(_("reference"), max_length=7, unique=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    party = models.ForeignKey(Party, models.PROTECT, related_name="chains", verbose_name=_("party"))
    number = models.PositiveSmallIntegerField(_("number among the party's days"), default=1, editable=False)
    site_day = models.ForeignKey(SiteDay, models.PROTECT, related_name="+", verbose_name=_("site day"))
    track = models.ForeignKey(Track, models.PROTECT, related_name="+", verbose_name=_("track"))
    interpreter = models.ForeignKey(
        Interpreter, models.PROTECT, related_name="+", verbose_name=_("interpreter"), null=True
    )
    outside_interpreter = models.CharField(
        _("interpreter from outside"), max_length=9, choices=Outside, blank=True, default=""
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.BOOKED)
    waiting_minutes = models.PositiveSmallIntegerField(_("waiting in minutes"))
    left_out = ArrayField(
        AgencyCodeField(),
        verbose_name=_("agencies without a desk there"),
        default=list,
        blank=True,
    )
    must_move = models.BooleanField(_("has to be moved"), default=False, editable=False)
    proposal = models.CharField(_("digest of the proposal"), max_length=64)
    booked_at = models.DateTimeField(_("booked"))
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("booked by")
    )
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancel_reason = models.CharField(_("reason for cancelling"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("chain")
        verbose_name_plural = _("chains")
        ordering = ["-booked_at", "-pk"]
        indexes = [models.Index(fields=["site_day"], name="chain_by_site_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["party"],
                condition=Q(state="booked"),
                name="chain_one_booked_per_party",
                violation_error_message=_("This party already has a day."),
            ),
            models.UniqueConstraint(
                fields=["party", "number"],
                name="chain_number_once_per_party",
                violation_error_message=_("A proposal is booked once."),
            ),
            models.CheckConstraint(
                condition=Q(outside_interpreter="") | Q(interpreter=None),
                name="chain_has_one_interpreter",
                violation_error_message=_("A chain has an interpreter of ours or one from outside."),
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False) & ~Q(cancel_reason="")
                | ~Q(state="cancelled") & Q(cancelled_at=None, cancel_reason=""),
                name="chain_is_cancelled_with_a_reason",
                violation_error_message=_("A chain is cancelled with a reason."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def state_at(self, at: datetime) -> "Chain.State":
        """The state; a booked day that has passed is so even before the hourly task has written it down."""
        is_past = self.state == self.State.BOOKED and self.site_day.closes_at <= at
        return self.State.DONE if is_past else self.State(self.state)


class Meeting(models.Model):  # type: ignore[django-manager-missing]  # the model of `changes` is made at run time
    """A chain's meeting with one agency, whose caseworker holds it; of one adult alone, or of all the others."""

    class Attendance(models.TextChoices):
        EXPECTED = "expected", _("expected")
        ARRIVED = "arrived", _("arrived")
        BEGAN = "began", _("has begun")
        DONE = "done", _("is over")
        LATE = "late", _("comes later")
        NO_SHOW = "no_show", _("did not come")
        LEFT = "left", _("has left")

    class Form(models.TextChoices):
        ON_SITE = "on_site", _("at the place")
        TELEPHONE = "telephone", _("by telephone")
        VIDEO = "video", _("by video")

    chain = models.ForeignKey(Chain, models.CASCADE, related_name="meetings", verbose_name=_("chain"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    person = models.ForeignKey(
        Newcomer, models.RESTRICT, related_name="+", verbose_name=_("met alone"), null=True, blank=True
    )
    service = models.ForeignKey(Service, models.PROTECT, related_name="+", verbose_name=_("service"))
    caseworker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("caseworker")
    )
    room = models.ForeignKey(Room, models.PROTECT, related_name="+", verbose_name=_("room"), null=True)
    who = models.CharField(_("who must come"), max_length=10, choices=Who)
    form = models.CharField(_("form"), max_length=9, choices=Form, default=Form.ON_SITE, db_default="on_site")
    tool = models.URLField(
        _("address of the video meeting"), blank=True, default="", db_default="", validators=[validate_https]
    )
    group = models.ForeignKey(
        GroupMeeting,
        models.PROTECT,
        related_name="+",
        verbose_name=_("group information"),
        null=True,
        blank=True,
    )
    together_with = models.ForeignKey(
        "self", models.SET_NULL, related_name="+", verbose_name=_("held together with"), null=True, blank=True
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    attendance = models.CharField(
        _("attendance"), max_length=10, choices=Attendance, default=Attendance.EXPECTED, editable=False
    )
    checked_in_at = models.DateTimeField(_("checked in"), null=True, blank=True)
    checked_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("checked in by"),
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["caseworker", "starts_at"], name="meeting_by_caseworker")]
        constraints = [
            models.UniqueConstraint(
                fields=["chain", "agency", "person"],
                name="meeting_once_per_agency_and_person",
                nulls_distinct=False,
                violation_error_message=_(
                    "A chain meets each agency once, and once more whoever is met alone."
                ),
            ),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")),
                name="meeting_starts_before_it_ends",
                violation_error_message=_("A meeting starts before it ends."),
            ),
            models.CheckConstraint(
                condition=Q(attendance__in=["began", "done"], checked_in_at__isnull=False)
                | Q(attendance__in=["expected", "arrived", "late", "no_show"], checked_in_at=None)
                | Q(attendance="left"),
                name="meeting_began_with_a_check_in",
                violation_error_message=_("A meeting begins when the party is checked in."),
            ),
            models.CheckConstraint(
                condition=Q(form="on_site") | Q(form__in=["telephone", "video"], room=None),
                name="meeting_at_a_distance_takes_no_room",
                violation_error_message=_("A meeting by telephone or video takes no room."),
            ),
            models.CheckConstraint(
                condition=Q(tool="") & ~Q(form="video") | Q(form="video", tool__startswith="https://"),
                name="meeting_by_video_has_an_address",
                violation_error_message=_("A meeting by video has an address that begins with https://."),
            ),
            models.CheckConstraint(
                condition=Q(together_with=None) | Q(form="on_site", group=None) & ~Q(together_with=F("pk")),
                name="meeting_together_is_at_the_place",
                violation_error_message=_("What is held together is at the place, and of one day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.starts_at}"


class Claim(models.Model):
    """A resource held by a meeting or a group for a half-open period; the exclusion constraint forbids two at once."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="claims", verbose_name=_("meeting"), null=True
    )
    group = models.ForeignKey(
        GroupMeeting, models.CASCADE, related_name="+", verbose_name=_("group information"), null=True
    )
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="+", verbose_name=_("resource"))
    period = DateTimeRangeField(_("period"))
    starts_at = models.GeneratedField(
        expression=Func("period", function="lower"),
        output_field=models.DateTimeField(_("starts")),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        indexes = [models.Index(fields=["resource", "starts_at"], name="claim_by_resource")]
        constraints = [
            ExclusionConstraint(
                name="claim_never_overlaps",
                expressions=[
                    (same_resource("resource"), RangeOperators.OVERLAPS),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Somebody else has just taken that time."),
            ),
            models.CheckConstraint(
                condition=Q(meeting=None, group__isnull=False) | Q(meeting__isnull=False, group=None),
                name="claim_of_a_meeting_or_a_group",
                violation_error_message=_("A claim is a meeting's or a group's."),
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__lower_inf=False, period__upper_inf=False),
                name="claim_has_a_beginning_and_an_end",
                violation_error_message=_("A claim has a beginning and an end."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.period}"
