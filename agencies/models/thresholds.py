from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class ThresholdKind:
    """What a threshold counts, the least and the most that it may be, and what it is until somebody says otherwise."""

    unit: "StrOrPromise"
    least: int
    most: int
    at_first: int
    meaning: "StrOrPromise"


class ThresholdCode(models.TextChoices):
    """Which threshold."""

    LINK_DAYS = "link_days", _("how long a newcomer's link opens")
    ARRIVE_BEFORE = "arrive_before", _("how early a party is asked to come")
    ALARM_HOURS = "alarm_hours", _("how long before a lacking interpreter is an alarm")
    THIN_HOURS = "thin_hours", _("when a day is thin")
    THIN_UNSAID = "thin_unsaid", _("how far ahead a day without a forecast is judged")
    UNUSUAL_PEOPLE = "unusual_people", _("how many people are never unusual to read")
    UNUSUAL_TIMES = "unusual_times", _("how many times the usual is unusual to read")
    SPOT_CHECKS = "spot_checks", _("how many readings a spot check has")
    OWN_CHOICE = "own_choice", _("until when a family may choose another day itself")
    TERTIAL_DUE = "tertial_due", _("when a tertial report is due")
    TERTIAL_REMIND = "tertial_remind", _("how long before that a site's managers are reminded")


KINDS: Mapping[ThresholdCode, ThresholdKind] = {
    ThresholdCode.LINK_DAYS: ThresholdKind(
        _("days after the day"),
        1,
        365,
        30,
        _("Of links for days from then on; an issued link keeps its end."),
    ),
    ThresholdCode.ARRIVE_BEFORE: ThresholdKind(
        _("minutes"), 0, 60, 15, _("In letters written from then on; never before the place opens.")
    ),
    ThresholdCode.ALARM_HOURS: ThresholdKind(_("hours"), 1, 336, 48, _("Told on the coordinator's pages.")),
    ThresholdCode.THIN_HOURS: ThresholdKind(
        _("staff hours for each person"), 1, 40, 6, _("A day that takes more, travel included, is thin.")
    ),
    ThresholdCode.THIN_UNSAID: ThresholdKind(
        _("days"), 0, 90, 21, _("So near it is judged by what is booked, if nobody has said who is expected.")
    ),
    ThresholdCode.UNUSUAL_PEOPLE: ThresholdKind(
        _("people in a day"), 50, 5000, 200, _("Whoever is shown more may have to answer for it.")
    ),
    ThresholdCode.UNUSUAL_TIMES: ThresholdKind(
        _("usual days"), 2, 20, 3, _("Whoever is shown more people than that raises an alarm to the manager.")
    ),
    ThresholdCode.SPOT_CHECKS: ThresholdKind(
        _("readings"), 5, 100, 20, _("Of an agency and a month, for its manager to sign.")
    ),
    ThresholdCode.OWN_CHOICE: ThresholdKind(
        _("days before the day"), 0, 60, 3, _("0: never; then the caseworker gets a task.")
    ),
    ThresholdCode.TERTIAL_DUE: ThresholdKind(
        _("days after the tertial ends"),
        1,
        90,
        15,
        _("Of tertials that end from then on; on a day off the next working day counts."),
    ),
    ThresholdCode.TERTIAL_REMIND: ThresholdKind(
        _("days before the report is due"), 1, 60, 14, _("Once, and once more when it is overdue.")
    ),
}


class Threshold(models.Model):  # type: ignore[django-manager-missing]  # the model of `changes` is made at run time
    """What a threshold is from a day on."""

    code = models.CharField(_("threshold"), max_length=20, choices=ThresholdCode)
    value = models.PositiveIntegerField(_("value"))
    valid_from = models.DateField(_("valid from"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"), editable=False
    )

    class Meta:
        verbose_name = _("threshold")
        verbose_name_plural = _("thresholds")
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="threshold_once_from_a_day",
                violation_error_message=_("There is already a value from that day."),
            ),
            models.CheckConstraint(
                condition=reduce(
                    or_,
                    (
                        Q(code=code.value, value__range=(kind.least, kind.most))
                        for code, kind in KINDS.items()
                    ),
                ),
                name="threshold_within_its_limits",
                violation_error_message=_("The value is too small or too large."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.value}"
