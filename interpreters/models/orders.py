from datetime import datetime

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Sex, SiteDay
from agencies.models.resources import same_resource
from agencies.validators import validate_plain
from interpreters.models.agreements import Agreement, Form
from interpreters.models.interpreters import Interpreter, Level, validate_spoken

LONGEST_WHY = 200


class InterpreterOrder(models.Model):
    """An interpreter asked for on a site day, for some hours, under an agreement; it names no party.

    `interpreter` is empty while nobody of the pool is named: the supplier sends whom it will.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        RECEIVED = "received", _("received")
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")
        CANCELLED = "cancelled", _("cancelled")
        DONE = "done", _("past")  # never in the table: a confirmed order is so when its hours are over

    OPEN = (State.ASKED, State.RECEIVED)
    HELD = (*OPEN, State.CONFIRMED)

    reference = models.CharField(_("reference"), max_length=7, unique=True)
    request = models.UUIDField(_("request"), unique=True, null=True, editable=False)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+", verbose_name=_("agreement"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("ordering agency"))
    site_day = models.ForeignKey(SiteDay, models.PROTECT, related_name="+", verbose_name=_("site day"))
    language = models.CharField(_("language"), max_length=3, validators=[validate_spoken])
    form = models.CharField(_("form"), max_length=6, choices=Form)
    level = models.CharField(_("level"), max_length=2, choices=Level)
    sex = models.CharField(_("interpreter of this sex"), max_length=1, choices=Sex, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    travel_minutes = models.PositiveSmallIntegerField(_("travel in minutes"), default=0)
    travel_km = models.PositiveSmallIntegerField(_("travel in kilometres"), default=0)
    interpreter = models.ForeignKey(
        Interpreter, models.PROTECT, related_name="+", verbose_name=_("interpreter"), null=True, blank=True
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.ASKED)
    former = models.OneToOneField(
        "self",
        models.PROTECT,
        related_name="successor",
        verbose_name=_("the order that was declined before"),
        null=True,
        blank=True,
    )
    asked_at = models.DateTimeField(_("asked for at"))
    cancellation_ore = models.PositiveIntegerField(
        _("cost of cancelling in öre"), null=True, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("interpreter order")
        verbose_name_plural = _("interpreter orders")
        ordering = ["starts_at", "reference"]
        indexes = [models.Index(fields=["site_day", "starts_at"], name="order_by_site_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")),
                name="order_starts_before_it_ends",
                violation_error_message=_("An order starts before it ends."),
            ),
            models.CheckConstraint(
                condition=Q(language__regex=r"^[a-z]{3}$"),
                name="order_is_of_a_spoken_language",
                violation_error_message=_("Write one of the three-letter codes of ISO 639-3."),
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancellation_ore__isnull=False)
                | ~Q(state="cancelled") & Q(cancellation_ore=None),
                name="order_is_cancelled_at_a_cost",
                violation_error_message=_("A cancelled order says what that costs, and no other."),
            ),
            models.CheckConstraint(
                condition=~Q(state="done"),
                name="order_is_past_by_the_clock",
                violation_error_message=_("That an order is past is told by the clock."),
            ),
            ExclusionConstraint(
                name="order_of_an_interpreter_never_overlaps",
                expressions=[
                    (same_resource("interpreter"), RangeOperators.OVERLAPS),
                    (
                        Func(
                            "starts_at",
                            "ends_at",
                            RangeBoundary(),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(interpreter__isnull=False, state__in=["asked", "received", "confirmed"]),
                violation_error_message=_("The interpreter is already ordered for a part of that time."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def state_at(self, at: datetime) -> "InterpreterOrder.State":
        """The state; a confirmed order is past when its hours are over."""
        is_past = self.state == self.State.CONFIRMED and self.ends_at <= at
        return self.State.DONE if is_past else self.State(self.state)

    @property
    def ordered_minutes(self) -> int:
        """From start to end."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


class OrderEvent(models.Model):
    """What somebody did with an order, never changed; a complaint says what was wrong."""

    class Kind(models.TextChoices):
        ASKED = "asked", _("Asked for")
        RECEIVED = "received", _("Received by the supplier")
        CONFIRMED = "confirmed", _("Confirmed")
        DECLINED = "declined", _("Declined by the supplier")
        CANCELLED = "cancelled", _("Cancelled")
        COMPLAINED = "complained", _("Complaint made")

    class Fault(models.TextChoices):
        LATE = "late", _("came late")
        ABSENT = "absent", _("did not come")
        LANGUAGE = "language", _("wrong language or dialect")
        SKILL = "skill", _("not understood")
        CONDUCT = "conduct", _("not impartial, or did not keep to the role")
        LINE = "line", _("telephone or picture failed")

    order = models.ForeignKey(
        InterpreterOrder, models.PROTECT, related_name="events", verbose_name=_("order")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    fault = models.CharField(_("what was wrong"), max_length=8, choices=Fault, blank=True)
    why = models.CharField(
        _("why"), max_length=LONGEST_WHY, blank=True, validators=[validate_plain], help_text=_("Name nobody.")
    )
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))

    class Meta:
        verbose_name = _("event of an order")
        verbose_name_plural = _("events of orders")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="complained") & ~Q(fault="") | ~Q(kind="complained") & Q(fault=""),
                name="order_complaint_says_what_was_wrong",
                violation_error_message=_("A complaint says what was wrong, and nothing else does."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"
