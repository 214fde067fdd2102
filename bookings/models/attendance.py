import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.models.chains import Meeting


class AttendanceEvent(models.Model):
    """What was recorded of a party at a meeting; a mistake is undone by a further row, in the order written."""

    class Kind(models.TextChoices):
        ARRIVED = "arrived", _("arrived")
        BEGAN = "began", _("has begun")
        DONE = "done", _("is over")
        LATE = "late", _("comes later")
        NO_SHOW = "no_show", _("did not come")
        LEFT = "left", _("has left")
        UNDONE = "undone", _("undone")

    # The database deletes the rows with their meeting, so that nobody needs to be let delete them.
    meeting = models.ForeignKey(
        Meeting,
        models.DO_NOTHING,
        related_name="attendance_events",
        verbose_name=_("meeting"),
        db_constraint=False,
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    undoes = models.OneToOneField(
        "self", models.PROTECT, related_name="+", verbose_name=_("what it undoes"), null=True, blank=True
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="undone", undoes__isnull=False) | ~Q(kind="undone") & Q(undoes=None),
                name="attendance_undoes_one",
                violation_error_message=_("What is undone is named, and nothing else."),
            )
        ]
        triggers = [pgtrigger.Protect(name="stays_as_it_was", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"
