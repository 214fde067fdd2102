from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Site


class ReportReminder(models.Model):
    """That somebody was reminded of a site's report: a day's that is missing, or a tertial's that is due or overdue.

    `of`: the day, or the tertial's first day. `number`: which time. `sent_at`: when it left by e-mail.
    """

    class Kind(models.TextChoices):
        DAY = "day", _("day report")
        COMING = "coming", _("tertial report, due soon")
        OVERDUE = "overdue", _("tertial report, overdue")

    site = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name=_("site"))
    kind = models.CharField(_("of what"), max_length=7, choices=Kind)
    of = models.DateField(_("day, or first day of the tertial"))
    number = models.PositiveSmallIntegerField(_("which time"), default=1)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who is reminded")
    )
    at = models.DateTimeField(_("when"))
    sent_at = models.DateTimeField(_("sent by e-mail"), null=True, blank=True)

    class Meta:
        verbose_name = _("reminder of a report")
        verbose_name_plural = _("reminders of reports")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "of", "kind", "number", "user"],
                name="report_reminder_once_each",
                violation_error_message=_("Each is reminded once."),
            ),
            models.CheckConstraint(
                condition=Q(kind="day", number__range=(1, 2)) | (~Q(kind="day") & Q(number=1)),
                name="report_reminder_comes_twice_at_most",
                violation_error_message=_("A day's report is reminded of twice, a tertial's once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site_id} {self.kind} {self.of} {self.number}"
