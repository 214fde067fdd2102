from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Room, SiteDay
from agencies.spoken import NEED_NO_INTERPRETER
from interpreters.models import Interpreter, InterpreterOrder

CONDITIONS = 4
FEWEST, MOST = 2, 12  # parties


class GroupCondition(models.Model):
    """One of the four conditions under which parties are informed together, as the secretariat words it."""

    number = models.PositiveSmallIntegerField(_("number"), primary_key=True)
    text = models.CharField(_("condition"), max_length=200)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    said_at = models.DateTimeField(_("written down"))

    class Meta:
        verbose_name = _("condition of group information")
        verbose_name_plural = _("conditions of group information")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__range=(1, CONDITIONS)) & ~Q(text=""),
                name="group_condition_is_one_of_four",
                violation_error_message=_("There are four conditions."),
            )
        ]

    def __str__(self) -> str:
        return self.text


class GroupMeeting(models.Model):
    """An agency's meeting with several parties at once, in one language; it holds one desk, and a room, an interpreter.

    `order`: the one whose interpreter comes from outside; one of the pool is `interpreter`, and known by the claims.
    `conditions`: the four texts that were ticked when it was opened. Which parties come stands in their meetings.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CANCELLED = "cancelled", _("cancelled")

    reference = models.CharField(_("reference"), max_length=7, unique=True)
    site_day = models.ForeignKey(SiteDay, models.PROTECT, related_name="+", verbose_name=_("site day"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    caseworker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("caseworker")
    )
    room = models.ForeignKey(Room, models.PROTECT, related_name="+", verbose_name=_("room"), null=True)
    interpreter = models.ForeignKey(
        Interpreter, models.PROTECT, related_name="+", verbose_name=_("interpreter"), null=True
    )
    order = models.ForeignKey(
        InterpreterOrder,
        models.PROTECT,
        related_name="+",
        verbose_name=_("interpreter order"),
        null=True,
        blank=True,
    )
    language = models.CharField(_("language"), max_length=3)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    capacity = models.PositiveSmallIntegerField(_("most parties"))
    conditions = ArrayField(models.CharField(max_length=200), verbose_name=_("conditions"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("opened by")
    )
    opened_at = models.DateTimeField(_("opened"))
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)

    class Meta:
        verbose_name = _("group information")
        verbose_name_plural = _("group information")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["site_day"], name="group_by_site_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")),
                name="group_starts_before_it_ends",
                violation_error_message=_("A meeting starts before it ends."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__range=(FEWEST, MOST)),
                name="group_is_small",
                violation_error_message=_("A group is of two to twelve parties."),
            ),
            models.CheckConstraint(
                condition=Q(conditions__len=CONDITIONS),
                name="group_meets_its_four_conditions",
                violation_error_message=_("All four conditions are to be met."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", cancelled_at=None)
                | Q(state="cancelled", cancelled_at__isnull=False),
                name="group_is_cancelled_at_a_time",
                violation_error_message=_("A cancelled group has the time at which that was done."),
            ),
            models.CheckConstraint(
                condition=Q(order=None) | Q(interpreter=None),
                name="group_has_one_interpreter",
                violation_error_message=_("A group has an interpreter of ours or one from outside."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_interpreted(self) -> bool:
        """Whether it needs an interpreter: one of the pool, or one from outside."""
        return self.interpreter_id is not None or self.language not in NEED_NO_INTERPRETER
